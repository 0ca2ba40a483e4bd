import assert from 'node:assert/strict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { describeFailure } from '../../../../src/core/messages/failures';
import type { SignInReason, SignInSource } from '../../../../src/core/runs/signIn';

const formats = numberFormats('en', 'UTC');
const say = (source: SignInSource, reason: SignInReason, subject?: string, profile: string | undefined = 'dev') =>
  describeFailure(
    { code: 'signIn', source, reason, subject, profile, detail: '', requestId: undefined },
    { service: 'aws', formats, answered: false },
  );

/** What can happen at each source, by what the wire tests see. */
const seen: readonly (readonly [SignInSource, SignInReason])[] = [
  ['profile', 'notFound'],
  ['profile', 'incomplete'],
  ['sso', 'expired'],
  ['sso', 'revoked'],
  ['sso', 'denied'],
  ['sso', 'throttled'],
  ['sso', 'unavailable'],
  ['sso', 'unreachable'],
  ['sso', 'certificate'],
  ['sso', 'timeout'],
  ['role', 'denied'],
  ['role', 'regionOff'],
  ['role', 'loop'],
  ['role', 'mfaMissing'],
  ['role', 'mfaRefused'],
  ['role', 'invalid'],
  ['webIdentity', 'notFound'],
  ['webIdentity', 'expired'],
  ['webIdentity', 'invalid'],
  ['process', 'version'],
  ['process', 'garbage'],
  ['process', 'failed'],
  ['process', 'notFound'],
  ['process', 'expired'],
  ['process', 'timeout'],
  ['container', 'denied'],
  ['container', 'incomplete'],
  ['environment', 'incomplete'],
];

describe('failures of signing in, in words', () => {
  it('are told apart, and all say that nothing was sent', () => {
    const texts = seen.map(([source, reason]) => say(source, reason, 'SUBJECT').text);
    assert.equal(new Set(texts).size, texts.length);
    for (const text of texts) assert.match(text, /^Nothing was sent\. [A-Z]/);
  });

  it('offer signing in only where it helps', () => {
    for (const reason of ['expired', 'revoked'] as const) assert.equal(say('sso', reason).actions[0], 'signIn');
    for (const reason of ['denied', 'unavailable', 'unreachable', 'throttled', 'certificate'] as const)
      assert.ok(!say('sso', reason).actions.includes('signIn'), reason);
    assert.ok(!say('process', 'expired').actions.includes('signIn'));
  });

  it('name the command that signs in', () => {
    assert.match(say('sso', 'expired').steps.join(), /`aws sso login --profile dev`/);
    assert.match(say('login', 'expired').steps.join(), /`aws login --profile dev`/);
  });

  it('name what is missing, refused or off', () => {
    assert.match(say('profile', 'notFound', 'dev').text, /has a profile dev\./);
    assert.match(say('profile', 'notFound', 'gone').text, /Profile dev takes its credentials from profile gone/);
    assert.match(say('role', 'regionOff', 'ap-east-1').text, /ap-east-1/);
    assert.equal(say('role', 'regionOff', 'ap-east-1').actions[0], 'chooseRegion');
    assert.match(say('sso', 'certificate', 'portal.example').steps.join(), /AWS_CA_BUNDLE/);
  });
});
