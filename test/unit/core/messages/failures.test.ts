import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFailure } from '../../../../src/core/messages/failures';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { actionLabels, panelActions } from '../../../../src/core/messages/failureText';
import type { Service } from '../../../../src/core/runs/events';
import type { RunFailure } from '../../../../src/core/runs/failure';
import { anyFailure } from '../../../support/arbitraryRuns';

const formats = numberFormats('en', 'UTC');
const describeOn = (service: Service, failure: RunFailure, answered = false) => describeFailure(failure, { service, formats, answered });
const quiet = { detail: '', requestId: undefined };

describe('failures in words', () => {
  it('says for every failure what happened, and offers something to do', () => {
    fc.assert(
      fc.property(anyFailure, fc.constantFrom<Service>('aws', 'emulator', 'custom'), (failure, service) => {
        const { title, text, steps, actions } = describeOn(service, failure);
        for (const sentence of [title, text, ...steps]) {
          assert.ok(sentence.trim().length > 0);
          assert.doesNotMatch(sentence, /undefined|NaN|\[object/);
        }
        assert.doesNotMatch(title, /[.!]$/);
        assert.equal(new Set(actions).size, actions.length);
        for (const action of actions) assert.ok(panelActions.includes(action));
        if (failure.code !== 'canceled') assert.ok(steps.length > 0);
        assert.ok(actions.length > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('offers the emulator to those without credentials, never to a run of the emulator', () => {
    const missing: RunFailure = { code: 'credentials', reason: 'missing', profile: undefined, ...quiet };
    assert.ok(describeOn('aws', missing).actions.includes('useEmulator'));
    assert.ok(!describeOn('emulator', { code: 'throttled', midStream: false, attempts: 1, ...quiet }).actions.includes('useEmulator'));
  });

  it('offers to start an emulator that does not answer', () => {
    const { title, actions } = describeOn('emulator', {
      code: 'network',
      endpoint: 'http://127.0.0.1:8787',
      cause: 'ECONNREFUSED',
      ...quiet,
    });
    assert.match(title, /emulator/);
    assert.equal(actions[0], 'useEmulator');
  });

  it('names the profile whose login ended', () => {
    const { text, steps } = describeOn('aws', { code: 'credentials', reason: 'expired', profile: 'dev', ...quiet });
    assert.match(text, /profile dev/);
    assert.match(steps[0] ?? '', /aws sso login --profile dev/);
  });

  it('tells a refused cache from a refused model', () => {
    const denied = (reason: 'caching' | 'iam') => describeOn('aws', { code: 'accessDenied', modelId: 'm', reason, ...quiet });
    assert.match(denied('caching').title, /caching/i);
    assert.match(denied('caching').steps.join(' '), /cache points/);
    assert.match(denied('iam').steps.join(' '), /bedrock:InvokeModelWithResponseStream/);
  });

  it('says that a partial answer is kept', () => {
    for (const failure of [{ code: 'interrupted' }, { code: 'canceled' }, { code: 'throttled', midStream: true, attempts: 1 }] as const) {
      assert.match(describeOn('aws', { ...failure, ...quiet }, true).text, /kept/);
      assert.doesNotMatch(describeOn('aws', { ...failure, ...quiet }, false).text, /kept/);
    }
  });

  it('says how long was waited and how often was tried', () => {
    assert.match(describeOn('aws', { code: 'timeout', afterMs: 120_000, ...quiet }).text, /2 min 0 s/);
    assert.match(describeOn('aws', { code: 'throttled', midStream: false, attempts: 3, ...quiet }).text, /3 attempts/);
  });

  it('has a label for every action', () => {
    for (const action of panelActions) assert.ok(actionLabels[action].length > 0);
  });
});
