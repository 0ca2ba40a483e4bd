import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { exampleIn } from '../../../tools/ruleExamples';
import { families, ruleFiles, ruleTable } from '../../../tools/ruleTable';
import { faultOfId, scaffoldModel } from '../../../tools/scaffoldModel';
import { faultOfCode, scaffoldRule, withSection } from '../../../tools/scaffoldRule';
import { readMarked } from '../../support/marked';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('a new rule', () => {
  for (const family of families) {
    const code = `${family}/wrong-thing`;
    const { files, section } = scaffoldRule(code);

    it(`of ${family} has its file, two fixtures and a section, each with its code`, () => {
      const paths = Object.keys(files);
      assert.deepEqual(paths.slice(0, 1), [`src/core/rules/${family}/wrongThing.ts`]);
      assert.equal(paths.filter((path) => path.startsWith(`test/fixtures/rules/${family}-wrong-thing/`)).length, 2);
      const [rule = '', shows = '', silent = ''] = Object.values(files);
      assert.ok(transformSync(rule, { loader: 'ts' }).code.includes(`code: "${code}"`));
      assert.deepEqual(
        readMarked(shows).marks.map((mark) => mark.code),
        [code],
      );
      assert.deepEqual(readMarked(silent).marks, []);
      assert.ok(exampleIn(section, 'Example') && exampleIn(section, 'Fixed'));
    });

    it(`of ${family} stands on the page after the others of its family`, () => {
      const page = withSection(read('docs/rules.md'), code, section);
      const titles = [...page.matchAll(/^## (\w+\/[a-z-]+)$/gm)].map(([, title = '']) => title);
      const at = titles.indexOf(code);
      assert.ok(titles[at - 1]?.startsWith(`${family}/`));
      assert.ok(!titles.slice(at + 1).some((title) => title.startsWith(`${family}/`)));
    });
  }

  it('is found by its file, and told apart from one of the same name in another family', () => {
    const table = ruleTable([
      { family: 'request', name: 'outputSchema', code: 'request/output-schema' },
      { family: 'cache', name: 'outputSchema', code: 'cache/output-schema' },
      { family: 'cache', name: 'wrongThing', code: 'cache/wrong-thing' },
    ]);
    assert.match(table, /'request\/output-schema': requestOutputSchema,\n {2}'cache\/output-schema': cacheOutputSchema,/);
    assert.match(table, /import \{ wrongThing \} from '\.\/cache\/wrongThing';/);
    assert.ok(ruleFiles(root).some(({ code }) => code === 'cache/below-minimum'));
  });

  it('has a code that says its family and what is found, and that no other has', () => {
    assert.equal(faultOfCode('cache/wrong-thing', []), undefined);
    for (const wrong of ['', 'cache', 'other/thing', 'cache/WrongThing', 'cache/wrong_thing', 'cache/'])
      assert.match(faultOfCode(wrong, []) ?? '', /^A code is/);
    assert.match(faultOfCode('cache/missing', ['cache/missing']) ?? '', /already/);
  });
});

describe('a new model', () => {
  const cases: readonly (readonly [id: string, path: string])[] = [
    ['anthropic.claude-example-1', 'src/core/models/claude.ts'],
    ['amazon.nova-9-v1:0', 'src/core/models/nova.ts'],
    ['google.gemma-9', 'src/core/models/uncached.ts'],
    ['acme.one', 'src/core/models/uncached.ts'],
  ];
  for (const [id, path] of cases)
    it(`${id} has an entry among those of its vendor`, () => {
      const made = scaffoldModel(id, read);
      assert.equal(made.path, path);
      assert.ok(transformSync(made.text, { loader: 'ts' }).code.includes(id.startsWith('a') ? id.slice(id.indexOf('.') + 1) : 'gemma-9'));
      assert.equal(made.text.length > read(path).length, true);
    });

  it('has an id of its own, without the prefix of a profile', () => {
    assert.equal(faultOfId('acme.one', []), undefined);
    assert.match(faultOfId('acme.one', ['acme.one']) ?? '', /already/);
    for (const wrong of ['', 'acme', 'Acme.one', 'acme.']) assert.match(faultOfId(wrong, []) ?? '', /^An id is/);
  });
});
