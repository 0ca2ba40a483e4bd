import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { numberFormats } from '../../../../src/core/figures/numbers';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { Target } from '../../../../src/core/runs/port';
import { failureNote } from '../../../../src/editor/runs/failureNote';

const target: Target = { service: 'aws', endpoint: undefined, region: 'us-east-1', profile: 'dev', timeoutMs: 1, maxAttempts: 1 };
const note = (failure: RunFailure): string => failureNote(failure, target, { engine: () => engine, formats: numberFormats('en', 'UTC') });

describe('a failure in a notification', () => {
  it('has the service’s words where the card would have them below', () => {
    const said = 'messages.0.content.1.text: Field required';
    const text = note({ code: 'invalidRequest', tooLong: false, detail: said, requestId: undefined });
    assert.ok(text.endsWith(`The service says: ${said}.`), text);
    assert.doesNotMatch(text, /below/);
  });

  it('has no more of them than can be read there, and nothing where there are none', () => {
    const long = note({ code: 'invalidRequest', tooLong: false, detail: 'x'.repeat(5_000), requestId: undefined });
    assert.ok(long.length < 700 && /x…/.test(long), long);
    const none = note({ code: 'invalidRequest', tooLong: false, detail: '', requestId: undefined });
    assert.doesNotMatch(none, /below|says/);
  });

  it('says what helps first', () => {
    const text = note({ code: 'throttled', midStream: false, attempts: 3, quota: 'minute', detail: 'wait', requestId: undefined });
    assert.match(text, /^Throttled\. .*Wait a minute, then run again/);
  });
});
