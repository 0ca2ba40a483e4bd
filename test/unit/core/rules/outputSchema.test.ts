import assert from 'node:assert/strict';
import { analyzeWith } from '../../../../src/core/analysis';
import type { PromptEntry } from '../../../../src/core/formats/format';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { describeProblem } from '../../../../src/core/rules/index';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { parseOnly } from '../../../support/onlyPrompt';
import { filler } from '../cache/prompts';

const schemaOf = (description: string): string =>
  JSON.stringify({ type: 'object', properties: { text: { type: 'string', description } }, additionalProperties: false });

const bodyOf = (system: string, description: string | undefined): string =>
  JSON.stringify({
    modelId: 'us.anthropic.claude-sonnet-4-6',
    system: [{ text: filler(1500) + system }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'Where is it?' }] }],
    ...(description === undefined
      ? {}
      : { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'a', schema: schemaOf(description) } } } } }),
  });

/** The problems of this rule in a document that holds these requests. */
const told = (bodies: readonly string[]) => {
  let reads = 0;
  const span = { start: 0, end: 0 };
  const prompts = bodies.map((body, at): PromptEntry => ({
    id: `line ${at + 1}`,
    title: '',
    head: span,
    span,
    read: () => {
      reads += 1;
      return parseOnly(body, 'converse-json', noFiles);
    },
  }));
  const reading = { prompts, problems: [], files: [] };
  const document = analyzeWith(() => reading, bodies[0] ?? '', 'converse-json', defaultSettings);
  const found = document.prompts.map(({ problems }) => problems.filter(({ code }) => code === 'cache/output-schema'));
  return { found, reads };
};

describe('output schemas of prompts that share a prefix', () => {
  it('are told where they differ, as information', () => {
    const [first = [], second = [], third = []] = told([
      bodyOf('', 'The answer'),
      bodyOf('', 'The reply'),
      bodyOf(' Else.', 'The reply'),
    ]).found;
    assert.deepEqual([first.length, second.length, third.length], [1, 1, 0]);
    const [only] = first;
    assert.ok(only);
    assert.equal(only.severity, 'information');
    assert.match(
      describeProblem(only, numberFormats('en')),
      /^Prompts of this file share this prefix and ask for 2 different forms of output\./,
    );
  });

  it('count one that asks for none among them, and are no problem where all are the same', () => {
    assert.deepEqual(
      told([bodyOf('', 'The answer'), bodyOf('', undefined)]).found.map(({ length }) => length),
      [1, 0],
    );
    assert.deepEqual(
      told([bodyOf('', 'The answer'), bodyOf('', 'The answer')]).found.map(({ length }) => length),
      [0, 0],
    );
  });

  it('are compared once for the document, and not at all where none is asked for', () => {
    const bodies = Array.from({ length: 6 }, () => bodyOf('', 'The answer'));
    assert.equal(told(bodies).reads, 12);
    assert.equal(told(bodies.map(() => bodyOf('', undefined))).reads, 6);
  });
});
