import assert from 'node:assert/strict';
import { entryLine, isSettled, readJournal, type EndEntry, type JournalEntry } from '../../../../src/core/rows/journal';
import { batchOf, resultOf } from '../../../support/batches';

const batch = batchOf([[], [], []]);
const send = (job: number): JournalEntry => ({ t: 'send', job, at: 5, usd: [0.1, 0.2] });
const done = (job: number): EndEntry => ({ t: 'end', job, at: 9, ok: true, result: resultOf('a') });
const textOf = (...entries: readonly JournalEntry[]): string => [batch, ...entries].map(entryLine).join('');
const kindsOf = (text: string): readonly string[] | undefined => readJournal(text)?.jobs.map(({ kind }) => kind);

describe('the journal of a batch', () => {
  it('tells what waits, what ended, and what is doubtful', () => {
    const text = textOf(send(0), done(0), send(1));
    assert.deepEqual(kindsOf(text), ['done', 'doubtful', 'waiting']);
    assert.deepEqual(readJournal(text)?.jobs[1], { kind: 'doubtful', usd: [0.1, 0.2] });
  });

  it('takes a torn line for none, at its end and where another line follows', () => {
    const text = textOf(send(0), done(0), send(1));
    assert.deepEqual(kindsOf(text.slice(0, -10)), ['done', 'waiting', 'waiting']);
    const line = entryLine(done(1));
    assert.deepEqual(kindsOf(`${text}${line.slice(0, 20)}\n${entryLine(send(2))}`), ['done', 'doubtful', 'doubtful']);
  });

  it('skips lines of a later version and what is no entry', () => {
    const later = `${JSON.stringify({ v: 2, t: 'end', job: 0, at: 1, ok: true })}\n`;
    const odd = ['null', '[]', '{"v":1}', '{"v":1,"t":"end","job":"0","at":1,"ok":false}', '{"v":1,"t":"end","job":0,"at":1,"ok":true}'];
    assert.deepEqual(kindsOf(`${textOf(send(0))}${later}${odd.join('\n')}\n`), ['doubtful', 'waiting', 'waiting']);
  });

  it('is none without its first line', () => {
    assert.equal(readJournal(entryLine(send(0))), undefined);
    assert.equal(readJournal(''), undefined);
    assert.equal(readJournal('{"v":1,"t":"batch","at":1,"id":"x"}\n'), undefined);
  });

  it('is not touched by entries for rows that are not there', () => {
    assert.deepEqual(kindsOf(textOf(send(9), done(-1))), ['waiting', 'waiting', 'waiting']);
  });

  it('takes a failed row that was sent again for what came of it', () => {
    const failed: EndEntry = { t: 'end', job: 0, at: 6, ok: false, code: 'timeout' };
    const record = readJournal(textOf(send(0), failed, send(0), done(0)));
    assert.equal(record?.jobs[0]?.kind, 'done');
    // The first may have been billed all the same.
    assert.deepEqual(record?.doubts, [[0.1, 0.2]]);
  });

  it('knows a batch that is over, and one that went on after its end', () => {
    const over: JournalEntry = { t: 'over', at: 9, how: 'canceled' };
    assert.equal(readJournal(textOf(send(0), done(0), over))?.over, 'canceled');
    assert.equal(readJournal(textOf(send(0), done(0), over, send(1)))?.over, undefined);
  });

  it('keeps a choice about a doubtful row', () => {
    const choice = (isSent: boolean): JournalEntry => ({ t: 'choice', job: 0, at: 8, send: isSent });
    assert.deepEqual(kindsOf(textOf(send(0), choice(false))), ['leftOut', 'waiting', 'waiting']);
    assert.deepEqual(kindsOf(textOf(send(0), choice(true))), ['waiting', 'waiting', 'waiting']);
  });

  it('is settled when nobody has to decide about anything', () => {
    const record = readJournal(textOf(send(0), done(0), send(1), done(1), send(2)));
    assert.ok(record !== undefined && !isSettled(record));
    const ended = readJournal(
      textOf(send(0), done(0), send(1), done(1), send(2), { t: 'end', job: 2, at: 1, ok: false, code: 'invalidRequest' }),
    );
    assert.ok(ended !== undefined && isSettled(ended));
  });
});
