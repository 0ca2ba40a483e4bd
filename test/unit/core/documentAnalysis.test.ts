import assert from 'node:assert/strict';
import { analyze, analyzeWith, type DocumentAnalysis } from '../../../src/core/analysis';
import type { PromptEntry, Reading } from '../../../src/core/formats/format';
import { filesFrom, noFiles } from '../../../src/core/prompt/files';
import { onlyPrompt, type PromptId } from '../../../src/core/prompt/model';
import { defaultSettings } from '../../../src/core/settings';
import { span } from '../../../src/core/text/span';
import { parseOnly } from '../../support/onlyPrompt';
import { ruleFixtures } from '../../support/ruleFixtures';

const source = '# user:\nHello {{who}}.\n';

/** An entry whose prompt is that of `source`, and how often it was read. */
const entry = (id: PromptId, start: number, end: number): { readonly entry: PromptEntry; readonly times: () => number } => {
  let times = 0;
  const read = () => {
    times += 1;
    return parseOnly(source, 'bedrock-prompt', noFiles);
  };
  return { entry: { id, title: id, head: span(start, start), span: span(start, end), read }, times: () => times };
};

/** Analyzes `source` as if its format had read this in it. */
const analyzeAs = (reading: Partial<Reading>, settings = defaultSettings): DocumentAnalysis =>
  analyzeWith(() => ({ prompts: [], problems: [], files: [], ...reading }), source, 'bedrock-prompt', settings);

describe('the analysis of a document', () => {
  it('holds the one prompt of each of today’s formats, called by its name or by the kind of its file', () => {
    const titles = [
      analyze('---\nname: Desk\n---\n# user:\nHi.\n', 'bedrock-prompt', noFiles, defaultSettings),
      analyze('# user:\nHi.\n', 'bedrock-prompt', noFiles, defaultSettings),
      analyze('{ "messages": [] }', 'converse-json', noFiles, defaultSettings),
    ].map(({ reading }) => reading.prompts.map(({ id, title }) => [id, title]));
    assert.deepEqual(titles, [[['only', 'Desk']], [['only', 'Prompt']], [['only', 'Converse request']]]);
  });

  it('has exactly the problems of a document’s only prompt, and says whose they are', () => {
    let seen = 0;
    for (const { name, text, format, settings } of ruleFixtures().filter((_fixture, index) => index % 20 === 0)) {
      const document = analyze(text, format, noFiles, settings);
      const own = document.of(onlyPrompt)?.problems ?? [];
      seen += own.length;
      const expected = own.map((problem) => ({ ...problem, prompt: onlyPrompt }));
      assert.deepEqual(document.problems, expected, name);
    }
    assert.ok(seen > 5);
  });

  it('reads a prompt when it is asked for, and once', () => {
    const [first, second] = [entry('a', 0, 5), entry('b', 5, 9)];
    const document = analyzeAs({ prompts: [first.entry, second.entry] });
    assert.deepEqual([first.times(), second.times()], [0, 0]);
    assert.equal(document.of('b'), document.of('b'));
    assert.deepEqual([first.times(), second.times()], [0, 1]);
    assert.deepEqual(
      document.prompts.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.deepEqual([first.times(), second.times()], [1, 1]);
    assert.equal(document.of('c'), undefined);
  });

  it('finds the innermost prompt at an offset, and none between prompts', () => {
    const prompts = [entry('outer', 0, 12), entry('inner', 4, 8), entry('last', 15, 20)].map((one) => one.entry);
    const document = analyzeAs({ prompts });
    assert.deepEqual(
      [0, 5, 10, 13, 20, 21].map((offset) => document.at(offset)?.id),
      ['outer', 'inner', 'outer', undefined, 'last', undefined],
    );
  });

  it('says what two prompts share once, with the first of them', () => {
    const document = analyzeAs({ prompts: [entry('a', 0, 5).entry, entry('b', 5, 9).entry] });
    const alone = analyzeAs({ prompts: [entry('a', 0, 5).entry] });
    assert.ok(alone.problems.length > 0);
    assert.deepEqual(document.problems, alone.problems);
  });

  it('puts what is wrong outside of any prompt in the order of the text, by the same table of severities', () => {
    const problems = [{ code: 'syntax/json', span: span(8, 9), data: { detail: 'odd' } }] as const;
    const prompts = [entry('a', 0, 5).entry];
    const found = analyzeAs({ prompts, problems }).problems;
    assert.deepEqual(
      found.find(({ prompt }) => prompt === undefined),
      { ...problems[0], severity: 'error', prompt: undefined },
    );
    const starts = found.map((problem) => problem.span.start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    const severities = ['hint', 'off'] as const;
    assert.deepEqual(
      severities.map((severity) => {
        const settings = { ...defaultSettings, severity: { 'syntax/json': severity } };
        return analyzeAs({ problems }, settings).problems.map((problem) => problem.severity);
      }),
      [['hint'], []],
    );
  });

  it('knows the files of the document and of its prompts', () => {
    const text = '# user:\n{{> a.md}}\n';
    const document = analyze(text, 'bedrock-prompt', filesFrom({ 'a.md': 'A.' }), defaultSettings);
    assert.deepEqual(
      document.files.map(({ value }) => value),
      ['a.md'],
    );
    const files = [{ value: 'b.md', span: span(0, 1) }];
    assert.deepEqual(analyzeAs({ files }).files, files);
  });

  it('asks for each prompt’s own calibration', () => {
    const asked: PromptId[] = [];
    const document = analyze(source, 'bedrock-prompt', noFiles, defaultSettings, {
      calibrationOf: (id) => void asked.push(id),
    });
    assert.deepEqual(asked, []);
    document.of(onlyPrompt);
    assert.deepEqual(asked, [onlyPrompt]);
  });
});
