import assert from 'node:assert/strict';
import type * as analysisModule from '../../src/core/analysis';
import type { DocumentAnalysis } from '../../src/core/analysis';
import { filesFrom } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import { drawBy } from '../support/draw';
import { fixtures, samples } from '../support/fixtures';
import { ruleFixtures } from '../support/ruleFixtures';

/** Core with memory of its own: nothing that another copy has seen is remembered in it. */
const coreOfItsOwn = (): typeof analysisModule => {
  const ofCore = (): readonly string[] => Object.keys(require.cache).filter((path) => /[/\\]src[/\\]core[/\\]/.test(path));
  const before = ofCore().map((path) => [path, require.cache[path]] as const);
  for (const [path] of before) delete require.cache[path];
  const core = require('../../src/core/analysis') as typeof analysisModule;
  for (const path of ofCore()) delete require.cache[path];
  for (const [path, kept] of before) require.cache[path] = kept;
  return core;
};

/** What people see of an analysis, figures included. */
const shown = ({ problems, prompts, files }: DocumentAnalysis) =>
  JSON.parse(
    JSON.stringify({
      problems,
      files,
      prompts: prompts.map(({ plan, savings }) => ({
        blocks: plan.blocks.map(({ place, own, prefix, varies, breaks }) => ({ place, own, prefix, varies, breaks })),
        checkpoints: plan.checkpoints.map(({ number, ttl, prefix, verdict, reuse }) => ({ number, ttl, prefix, verdict, reuse })),
        total: plan.total,
        savings,
      })),
    }),
  ) as unknown;

const included = 'Answer in one sentence. Today is 2026-11-28.\n\nThe policy: {{tone}} and short.\n'.repeat(6);
const withInclude = {
  name: 'with an included file',
  format: 'bedrock-prompt',
  text: '# system:\nYou answer for the desk.\n\n{{> ./policy.md}}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n',
} as const;

const documents = [withInclude, ...samples, ...fixtures, ...ruleFixtures()].filter(({ text }) => text.length < 20_000);
const snippets = [
  'a',
  ' ',
  '\n',
  '\r\n',
  '{{name}}',
  '{{> ./policy.md}}',
  '<!-- cachePoint -->\n',
  '# user:\n',
  '```\n',
  '"',
  '}',
  '2026-11-28',
  'é',
  '😀',
];

/** One step of somebody who types, pastes, deletes or takes it back. */
const step = (draw: () => number, history: readonly string[]): string => {
  const text = history.at(-1) ?? '';
  const at = Math.floor(draw() * (text.length + 1));
  const kind = draw();
  if (kind < 0.2 && history.length > 1) return history[Math.floor(draw() * (history.length - 1))] ?? text;
  if (kind < 0.4) return text.slice(0, at) + text.slice(at + Math.ceil(draw() * 40));
  if (kind < 0.6) return text.slice(0, at) + text.slice(Math.floor(draw() * text.length)).slice(0, 300) + text.slice(at);
  return text.slice(0, at) + (snippets[Math.floor(draw() * snippets.length)] ?? '') + text.slice(at);
};

/** More of them take minutes: `EDIT_SCRIPTS=1000 npx mocha --import=tsx test/unit/core/incremental.test.ts`. */
const scripts = Number(process.env['EDIT_SCRIPTS'] ?? 100);

const [edited, fresh] = [coreOfItsOwn(), coreOfItsOwn()];

describe('an analysis after edits', function () {
  this.timeout(60_000 + scripts * 1_000);

  it('equals that of the same text which nobody edited, figures included', () => {
    const draw = drawBy(20261128);
    for (let script = 0; script < scripts; script += 1) {
      const document = documents[script % 4 === 0 ? 0 : Math.floor(draw() * documents.length)] ?? withInclude;
      const texts = [document.text];
      const files = [included];
      const filesNow = () => filesFrom({ 'policy.md': files.at(-1) ?? '' });
      const read = (core: typeof analysisModule) => core.analyze(texts.at(-1) ?? '', document.format, filesNow(), defaultSettings);
      let last = shown(read(edited));
      for (let count = 1 + Math.floor(draw() * 6); count > 0; count -= 1) {
        if (document === withInclude && draw() < 0.4) files.push(step(draw, files));
        else texts.push(step(draw, texts));
        last = shown(read(edited));
      }
      assert.deepEqual(last, shown(read(fresh)), `script ${script} on ${document.name}`);
    }
  });

  it('is made by copies of core that share no memory', () => {
    assert.notEqual(edited.analyze, fresh.analyze);
    assert.notEqual(edited.analyze, (require('../../src/core/analysis') as typeof analysisModule).analyze);
  });
});
