import assert from 'node:assert/strict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { ageText, replayedText } from '../../../../src/core/messages/recordedText';
import type { WireCall } from '../../../../src/core/request/types';
import type { RunEvent } from '../../../../src/core/runs/events';
import {
  findAnswer,
  keyText,
  parseRecorded,
  recordedLimits,
  recording,
  replaying,
  withAnswer,
  type RecordedAnswer,
} from '../../../../src/core/runs/recorded';
import type { RunPort } from '../../../../src/core/runs/port';
import { reduceRun, startRecord } from '../../../../src/core/runs/record';
import { aStart } from '../../../support/runRecords';
import { panelOf } from '../../../support/panelStates';
import { localTarget, scripted, wholeRun } from '../../../support/scriptedRun';

const call: WireCall = { api: 'converse', modelId: 'm', body: { modelId: 'm' } };
const never = { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined };
const eventsOf = async (port: RunPort): Promise<readonly RunEvent[]> => {
  const events: RunEvent[] = [];
  for await (const event of port(call, localTarget, never)) events.push(event);
  return events;
};
const answer = (over: Partial<RecordedAnswer> = {}): RecordedAnswer => ({ key: 'k', subject: 's', at: 1_000, said: [], ...over });
const formats = numberFormats('en', 'UTC');

describe('a recorded answer', () => {
  it('is what a run said that ended well, its pieces joined, and the run goes on as it was', async () => {
    const kept: unknown[] = [];
    const events = await eventsOf(recording(scripted(wholeRun(0)), (said) => kept.push(said)));
    assert.deepEqual(events, wholeRun(0));
    assert.deepEqual(kept, [
      [
        { type: 'text', at: 5, delta: 'Hello' },
        { type: 'stopped', at: 7, reason: 'end_turn' },
      ],
    ]);
    const cut: string[] = [];
    const failure = { code: 'canceled', detail: '', requestId: undefined } as const;
    await eventsOf(recording(scripted([...wholeRun(0).slice(0, 3), { type: 'failed', at: 9, failure }]), () => cut.push('kept')));
    assert.deepEqual(cut, []);
  });

  it('is given again without any tokens, and marked as what it is', async () => {
    const said: RecordedAnswer['said'] = [
      { type: 'reasoning', at: 1, delta: 'Hm.' },
      { type: 'text', at: 5, delta: 'Hello' },
      { type: 'stopped', at: 7, reason: 'end_turn' },
    ];
    const events = await eventsOf(replaying(answer({ said }), () => 50));
    assert.deepEqual(
      events.map(({ type }) => type),
      ['started', 'replayed', 'reasoning', 'text', 'stopped', 'finished'],
    );
    const record = events.reduce(reduceRun, startRecord(aStart({ startedAt: 181_000 })));
    assert.deepEqual(
      [record.answer, record.reasoning, record.usage, record.replayedFrom, record.state],
      ['Hello', 'Hm.', undefined, 1_000, 'finished'],
    );
    const input = { file: 'a', records: [record], shown: [record.id], busy: false, locale: 'en', timeZone: 'UTC', now: 181_000 };
    const { runs, history } = panelOf({ ...input, service: { kind: 'aws', text: 'Amazon Bedrock' } });
    const [run] = runs;
    assert.equal(run?.status, 'Replayed, nothing was sent');
    assert.match(run?.replay?.text ?? '', /^Replayed: recorded 3 minutes ago .* no prompt cache was read or written\. A model samples, /);
    assert.equal(run?.replay?.label, 'Run for Real');
    assert.deepEqual([run?.usage, run?.remarks], [[], []]);
    assert.equal(history[0]?.hitRate, '–');
  });

  it('is bounded by number, size and age, and replaced by a newer one of the same request', () => {
    const day = 86_400_000;
    const many = Array.from({ length: 60 }, (_, at) => answer({ key: `k${at}`, at: 1_000 + at })).reduce(withAnswer, []);
    assert.equal(many.length, recordedLimits.answers);
    assert.equal(many[0]?.key, 'k59');
    const twice = withAnswer(withAnswer([], answer({ at: 1 })), answer({ at: 2 }));
    assert.deepEqual(
      twice.map(({ at }) => at),
      [2],
    );
    const big = (key: string) => answer({ key, said: [{ type: 'text', at: 0, delta: 'a'.repeat(600_000) }] });
    assert.equal([big('a'), big('b')].reduce(withAnswer, []).length, 1);
    assert.equal(withAnswer([answer()], answer({ key: 'z', at: 1_000 + 7 * day })).length, 1);
    assert.ok(findAnswer([answer()], 'k', 's', 1_000 + 7 * day - 1) !== undefined);
    assert.equal(findAnswer([answer()], 'k', 's', 1_000 + 7 * day), undefined);
    assert.equal(findAnswer([answer()], 'k', 'another prompt', 1_000), undefined);
    assert.equal(findAnswer([answer()], 'another request', 's', 1_000), undefined);
  });

  it('belongs to the very bytes, the operation, the Region, the identity and the model', () => {
    const place = { identity: 'profile dev', region: 'us-east-1', address: 'https://a' };
    const key = keyText(place, 'ConverseStream', 'm', '{"a":1, "b":[1, 2]}');
    assert.equal(keyText(place, 'ConverseStream', 'm', '{ "a": 1,\n"b": [1,2] }'), key);
    const others = [
      keyText(place, 'ConverseStream', 'm', '{"b":[1, 2], "a":1}'),
      keyText(place, 'ConverseStream', 'm', '{"a":1, "b":[2, 1]}'),
      keyText(place, 'ConverseStream', 'n', '{"a":1, "b":[1, 2]}'),
      keyText(place, 'Converse', 'm', '{"a":1, "b":[1, 2]}'),
      keyText({ ...place, identity: 'profile ops' }, 'ConverseStream', 'm', '{"a":1, "b":[1, 2]}'),
      keyText({ ...place, region: 'eu-west-1' }, 'ConverseStream', 'm', '{"a":1, "b":[1, 2]}'),
      keyText({ ...place, address: 'https://b' }, 'ConverseStream', 'm', '{"a":1, "b":[1, 2]}'),
      keyText(place, 'ConverseStream', 'm', 'no JSON'),
    ];
    assert.equal(new Set([key, ...others]).size, others.length + 1);
  });

  it('is read again as it was kept, and what has another shape is left out', () => {
    assert.deepEqual(parseRecorded(JSON.parse(JSON.stringify([answer()]))), [answer()]);
    for (const wrong of [undefined, {}, 'a', [1], [{ ...answer(), said: [1] }], [{ ...answer(), at: 'now' }]])
      assert.deepEqual(parseRecorded(wrong), []);
  });

  it('tells its age in words', () => {
    assert.deepEqual(
      [-5, 999, 1_000, 59_999, 60_000, 7_200_000, 86_400_000 * 3].map((ms) => ageText(ms, formats)),
      ['just now', 'just now', '1 second ago', '59 seconds ago', '1 minute ago', '2 hours ago', '3 days ago'],
    );
    assert.match(replayedText(0, formats), /Nothing was sent and nothing is billed/);
  });
});
