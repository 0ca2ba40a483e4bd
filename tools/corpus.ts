import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectSettings, settingKeys, type Settings } from '../src/core/settings';
import { codeRuleFixtures } from '../test/support/codeRuleFixtures';
import { ruleFixtures } from '../test/support/ruleFixtures';
import { exampleIn } from './ruleExamples';

/** A prompt of the repository as a file of its own. */
interface Sample {
  readonly path: string;
  readonly text: string;
}

/** What of a fixture's settings a project can say. */
const projectFile = (path: string, settings: Settings): readonly Sample[] => {
  const said = projectSettings.map((name) => [settingKeys[name], settings[name]] as const);
  return [{ path: join(dirname(path), 'cachepoint.json'), text: JSON.stringify(Object.fromEntries(said)) }];
};

const fixtures = (): readonly Sample[] =>
  ruleFixtures().flatMap(({ name, text, settings }) => {
    // Each has settings of its own, so each has a folder.
    const path = join('fixtures', name.replaceAll(/[^\w/-]/g, '-'), name.slice(name.indexOf('/') + 1));
    return [{ path, text }, ...projectFile(path, settings)];
  });

const programs = (): readonly Sample[] => codeRuleFixtures().map(({ name, text }) => ({ path: join('fixtures', name), text }));

/** Examples of the page of rules, and what they are when they are fixed. */
const examples = (root: string): readonly Sample[] =>
  readFileSync(join(root, 'docs', 'rules.md'), 'utf8')
    .split(/^(?=## )/m)
    .slice(1)
    .flatMap((section) => {
      const code = section.slice('## '.length, section.indexOf('\n')).replace('/', '-');
      return (['Example', 'Fixed'] as const).flatMap((part) => {
        const example = exampleIn(section, part);
        return example === undefined ? [] : [{ path: join('rules.md', `${code}-${part.toLowerCase()}`, example.name), text: example.text }];
      });
    });

/** Writes the prompts of fixtures and of the page of rules, written out, into a folder: what a change of a rule is tried on. */
export const writeCorpus = (root: string, folder: string): void => {
  for (const { path, text } of [...fixtures(), ...programs(), ...examples(root)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};
