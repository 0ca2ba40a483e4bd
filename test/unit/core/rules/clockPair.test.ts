import assert from 'node:assert/strict';
import { fixesOf } from '../../../../src/core/analysis';
import { noFiles } from '../../../../src/core/prompt/files';
import type { FormatId } from '../../../../src/core/prompt/model';
import { clockPair } from '../../../../src/core/rules/clockPair';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';
import { span } from '../../../../src/core/text/span';
import { analyzeOnly } from '../../../support/onlyPrompt';

const model = 'us.anthropic.claude-opus-5';
const file = (system: string, messages = '# user:\nWhere is it?\n'): string =>
  `---\nmodelId: ${model}\n---\n# system:\n${system}\n<!-- cachePoint -->\n${messages}`;

/** The text with the pair written for the first `moment` in the system text; `undefined`: none is. */
const parted = (text: string, moment: string, format: FormatId = 'bedrock-prompt'): string | undefined => {
  const { prompt } = analyzeOnly(text, format, noFiles, defaultSettings);
  const [block] = prompt.system;
  assert.equal(block?.kind, 'text');
  const start = text.indexOf(moment);
  const edits = clockPair(prompt, block, span(start, start + moment.length), moment);
  return edits && applyEdits(text, edits);
};

describe('a date with a time of day', () => {
  it('keeps its day, and the line with the time opens the newest user turn', () => {
    const moment = '2026-11-28 14:05';
    assert.equal(
      parted(file(`Current time: ${moment}\nBe brief.`), moment),
      file('Current time: 2026-11-28\nBe brief.', `# user:\nCurrent time: ${moment}\nWhere is it?\n`),
    );
  });

  it('takes the word of the hour along, in the languages that have one', () => {
    const changed = parted(file('Heute ist der 28. November 2026, 14:05 Uhr.\nBe brief.'), '28. November 2026, 14:05');
    assert.match(changed ?? '', /# system:\nHeute ist der 28\. November 2026\.\nBe brief\./);
    assert.match(changed ?? '', /# user:\nHeute ist der 28\. November 2026, 14:05 Uhr\.\nWhere is it\?\n$/);
  });

  it('may have its day last', () => {
    assert.match(
      parted(file('It is 14:05 on 28 November 2026 now.'), '14:05 on 28 November 2026') ?? '',
      /# system:\nIt is 28 November 2026 now\.\n/,
    );
  });

  it('goes alone where its line says much more', () => {
    const moment = '2026-11-28 14:05';
    const long = `Current time: ${moment}, and ${'all that follows is to be read with it in mind, '.repeat(4)}please.`;
    assert.match(parted(file(long), moment) ?? '', /# user:\n2026-11-28 14:05\nWhere is it\?\n$/);
  });

  it('is parted in a request of JSON, too', () => {
    const moment = '2026-11-28T14:05:09Z';
    const text = JSON.stringify({
      modelId: model,
      system: [{ text: `Current time: ${moment}\nBe brief.` }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: 'Where is it?' }] }],
    });
    const changed = JSON.parse(parted(text, moment, 'converse-json') ?? '{}') as {
      system: readonly { text?: string }[];
      messages: readonly { content: readonly { text?: string }[] }[];
    };
    assert.equal(changed.system[0]?.text, 'Current time: 2026-11-28\nBe brief.');
    assert.match(JSON.stringify(changed.messages[0]?.content), /Current time: 2026-11-28T14:05:09Z/);
  });

  it('is left where it is without a newest user turn that takes a text', () => {
    const moment = '2026-11-28 14:05';
    const system = `Current time: ${moment}\nBe brief.`;
    assert.equal(parted(file(system, '# user:\nHi\n# assistant:\nHello\n'), moment), undefined);
    assert.equal(parted(file(system, '# user:\n![](scan.png)\n'), moment), undefined);
  });

  it('is no date without its year, and no time alone', () => {
    for (const moment of ['14:05', '28 November, 14:05'])
      assert.equal(parted(file(`Current time: ${moment}\nBe brief.`), moment), undefined, moment);
  });

  it('is offered at the problem, as a change', () => {
    const analysis = analyzeOnly(
      file(`${'A rule that stays. '.repeat(700)}\nCurrent time: 2026-11-28 14:05\n${'More rules that stay. '.repeat(400)}`),
      'bedrock-prompt',
      noFiles,
      defaultSettings,
    );
    const problem = analysis.problems.find(({ code }) => code === 'cache/volatile-prefix');
    assert.ok(problem);
    const kinds = fixesOf(analysis, problem).map(({ title, kind }) => `${kind}: ${title}`);
    assert.ok(
      kinds.some((line) => /^changes: .*day/i.test(line)),
      kinds.join('\n'),
    );
  });
});
