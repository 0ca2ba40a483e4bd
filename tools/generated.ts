import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog, catalogChecked } from '../src/core/models/catalog';
import { ruleCodes } from '../src/core/rules/index';
import { moveTexts, type Json, type ManifestTexts } from './manifestTexts';
import { families, ruleFiles, ruleTable } from './ruleTable';
import { withWhatIsSaid } from './whatIsSaid';
import { rulesPage } from './rulesPage';

/** A file of which a part, or all, is made from the code. */
export interface GeneratedFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Replaces what a pattern finds, which must be there. */
const replaced = (path: string, text: string, pattern: RegExp, by: string): string => {
  if (!pattern.test(text)) throw new Error(`${path} has no place for what is made: ${pattern.source}`);
  return text.replace(pattern, by);
};

const byFamily = families.flatMap((family) => ruleCodes.filter((code) => code.startsWith(`${family}/`)).toSorted());

/** The codes that a setting may name, where a JSON file lists them. */
const withCodes = (path: string, text: string): string =>
  replaced(path, text, /("enum": \[\n( +))"syntax\/[^\]]*?(\n +\])/, `$1${byFamily.map((code) => `"${code}"`).join(',\n$2')}$3`);

const withCounts = (path: string, text: string): string => {
  const counted = replaced(path, text, /\b\d+ (models|entries)(?=[,.]? (?:each with|compared with))/, `${catalog.length} $1`);
  return path === 'README.md'
    ? replaced(
        path,
        replaced(path, counted, /\[All \d+ rules\]/, `[All ${ruleCodes.length} rules]`),
        /(compared with their sources on )\d{4}-\d\d-\d\d/,
        `$1${catalogChecked}`,
      )
    : counted;
};

/** The id of each inference profile, and the model behind it. */
const profiles = (): string =>
  `${JSON.stringify(Object.fromEntries(catalog.flatMap((one) => one.profiles.map((prefix) => [`${prefix}.${one.id}`, one.id]))), null, 2)}\n`;

const json = (value: Json | ManifestTexts['texts']): string => `${JSON.stringify(value, null, 2)}\n`;

/** The manifest, and the texts in it that people read. */
const manifestFiles = (manifest: string, known: string): readonly GeneratedFile[] => {
  const moved = moveTexts(JSON.parse(withCodes('package.json', manifest)) as Json, JSON.parse(known) as ManifestTexts['texts']); // what JSON.parse gives
  return [
    { path: 'package.json', text: json(moved.manifest) },
    { path: 'package.nls.json', text: json(moved.texts) },
  ];
};

/** Every file that is made from the code, as it must be; `root` is the folder of the repository. */
export const generatedFiles = (root: string): readonly GeneratedFile[] => {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
  const made = (path: string, make: (path: string, text: string) => string): GeneratedFile => ({ path, text: make(path, read(path)) });
  return [
    { path: 'src/core/rules/table.ts', text: ruleTable(ruleFiles(root)) },
    { path: 'test/fixtures/models/profiles.json', text: profiles() },
    ...manifestFiles(read('package.json'), read('package.nls.json')),
    made('schemas/cachepoint.schema.json', withCodes),
    made('README.md', withCounts),
    made('docs/models.md', withCounts),
    made('docs/rules.md', (_path, text) => rulesPage(text)),
    made('CHANGELOG.md', (_path, text) => withWhatIsSaid(text)),
  ];
};
