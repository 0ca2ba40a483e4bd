import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnswerPart } from '../../../../src/core/runs/parts';
import { isSpoiled, lineOf, readLine, readLines } from '../../../../src/core/history/lines';
import { recordOf, storedRun } from '../../../../src/core/history/stored';
import { anyText } from '../../../support/anyText';
import { aStart, finishedRun, aUsage, fold } from '../../../support/runRecords';
import { aStoredRun, somePrint } from '../../../support/storedRuns';

const options = { key: 'k', digest: (text: string) => `#${text.length}`, sent: somePrint };

describe('a line of the history', () => {
  it('holds nothing that was written or answered, nor who called', () => {
    const line = lineOf(aStoredRun());
    assert.doesNotMatch(line, /refund|profile dev/);
    assert.match(line, /"caller":"#11"/);
  });

  it('drops the words of a failure, which may quote the prompt', () => {
    const failure = { code: 'invalidRequest', detail: 'Found “secret plan”', requestId: 'r' } as const;
    const failed = fold(aStart(), { type: 'started', at: 0, modelId: 'm', identity: '' }, { type: 'failed', at: 5, failure });
    const run = storedRun(failed, options);
    assert.ok(run !== undefined);
    assert.doesNotMatch(lineOf(run), /secret/);
    assert.equal(recordOf(run).failure?.code, 'invalidRequest');
  });

  it('is not made of a run that goes on', () => {
    assert.equal(storedRun(fold(aStart()), options), undefined);
  });

  it('gives the run back as the panel knows it, without its answer', () => {
    const before = finishedRun(aUsage({ cacheRead: 1500 }), { row: 'Sample 1' });
    const run = storedRun(before, options);
    assert.ok(run !== undefined);
    const again = readLine(lineOf(run).trim());
    assert.ok(typeof again !== 'string');
    const after = recordOf(again);
    assert.equal(after.answer, '');
    assert.equal(after.restored, 'figures');
    for (const member of ['id', 'subject', 'row', 'modelName', 'usage', 'prices', 'caching', 'totalMs', 'stopReason'] as const)
      assert.deepEqual(after[member], before[member], member);
  });

  it('keeps texts only where they are given', () => {
    const texts = { request: '{}', answer: 'Yes.', reasoning: 'Hm', toolUses: [{ name: 'look_up', input: { id: 1 } }] };
    const again = readLine(lineOf(aStoredRun({}, texts)).trim());
    assert.ok(typeof again !== 'string');
    assert.equal(recordOf(again).answer, 'Yes.');
    assert.equal(recordOf(again).restored, 'whole');
    assert.deepEqual(recordOf(again).toolUses, texts.toolUses);
  });
});

describe('a line with the parts of an answer', () => {
  const bare = { request: '{}', answer: 'Yes.', reasoning: '', toolUses: [] };
  const parts: readonly AnswerPart[] = [
    { kind: 'citation', title: undefined, source: 'rules.pdf', cited: 'Four books.', place: { in: 'web', url: 'https://library.example' } },
    { kind: 'citation', title: 'Rules', source: undefined, cited: 'Four.', place: { in: 'searchResult', result: 0, start: 1, end: 2 } },
    { kind: 'toolResult', status: 'error', content: [{ text: 'no' }] },
    { kind: 'searchResult', title: 'Desk', source: 'desk', text: 'Open.' },
    { kind: 'image', format: 'png', bytes: 3 },
    { kind: 'hiddenReasoning' },
    {
      kind: 'guardrail',
      reason: undefined,
      findings: [
        { guardrail: 'g', side: 'input', policy: 'wordPolicy', name: 'custom', match: 'book', action: 'NONE', measure: undefined },
      ],
    },
    { kind: 'router', modelId: 'm' },
    { kind: 'fields', value: null },
    { kind: 'served', tier: 'flex', latency: undefined },
  ];

  it('gives them back, of every kind', () => {
    const again = readLine(lineOf(aStoredRun({}, { ...bare, parts })).trim());
    assert.ok(typeof again !== 'string');
    assert.deepEqual(JSON.parse(JSON.stringify(recordOf(again).parts)), JSON.parse(JSON.stringify(parts)));
  });

  it('is broken where one of them is none that could be shown', () => {
    const line = lineOf(aStoredRun({}, { ...bare, parts: parts.slice(0, 1) })).trim();
    for (const [from, to] of [
      ['"kind":"citation"', '"kind":"other"'],
      ['"cited":"Four books."', '"cited":4'],
      ['"in":"web"', '"in":"pages"'],
    ] as const)
      assert.equal(readLine(line.replace(from, to)), 'broken', to);
  });
});

describe('the lines of a file', () => {
  const [one, two] = [aStoredRun({ id: 'one' }), aStoredRun({ id: 'two' })];

  it('are read around one that was torn', () => {
    const torn = lineOf(one).slice(0, 300);
    const { runs, broken } = readLines(`${lineOf(two)}${torn}\n${lineOf(one)}`);
    assert.deepEqual(
      runs.map(({ id }) => id),
      ['two', 'one'],
    );
    assert.equal(broken, 1);
  });

  it('of a later version are counted and left alone', () => {
    const later = `${JSON.stringify({ ...one, v: 2, anything: true })}\n`;
    assert.deepEqual({ ...readLines(`${later}${lineOf(one)}`), runs: undefined }, { runs: undefined, later: 1, broken: 0 });
  });

  it('that were deleted are blank', () => {
    const { runs, broken } = readLines(`${' '.repeat(100)}\n${lineOf(one)}`);
    assert.equal(runs.length, 1);
    assert.equal(broken, 0);
  });

  it('spoil a file only when more of them are broken than can be read', () => {
    const spoiled = (text: string): boolean => isSpoiled(readLines(text));
    assert.equal(spoiled(lineOf(one).slice(0, 50)), false, 'one torn line');
    assert.equal(spoiled(`x\ny\n${lineOf(one)}${lineOf(two)}`), false);
    assert.equal(spoiled(`x\ny\n${lineOf(one)}`), true);
  });

  it('never fail, whatever a file holds, and give only runs that can be shown', () => {
    const member = fc.constantFrom(...Object.keys(one));
    fc.assert(
      fc.property(fc.array(fc.tuple(member, fc.jsonValue()), { maxLength: 3 }), anyText(), (changes, text) => {
        const changed = { ...one, ...Object.fromEntries(changes) };
        const { runs } = readLines(`${JSON.stringify(changed)}\n${text}`);
        for (const run of runs) assert.equal(typeof recordOf(run).subject, 'string');
      }),
      { numRuns: 300 },
    );
  });
});
