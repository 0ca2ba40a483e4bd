import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toFailure } from '../../../src/aws/runFailures';
import type { FailureContext } from '../../../src/aws/runFailures';
import { CertificatesError } from '../../../src/aws/network';
import { signInError } from '../../../src/aws/signInError';

const context: FailureContext = {
  modelId: 'm',
  region: 'us-east-1',
  address: 'https://example.invalid',
  profile: 'dev',
  timeoutMs: 5_000,
  midStream: false,
  attempts: 2,
};
const error = (members: object): Error => Object.assign(new Error('text'), members);
const codeOf = (thrown: unknown, changes: Partial<FailureContext> = {}): string => toFailure(thrown, { ...context, ...changes }).code;

describe('toFailure', () => {
  it('makes a failure of whatever is thrown', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), fc.boolean(), (thrown, midStream) => {
        const failure = toFailure(thrown, { ...context, midStream });
        assert.equal(typeof failure.code, 'string');
        assert.equal(typeof failure.detail, 'string');
      }),
    );
  });

  it('makes a failure of an error with any name, code, status and text', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('toString', 'constructor', '__proto__', 'TimeoutError', 'AccessDeniedException'));
    fc.assert(
      fc.property(names, fc.string(), fc.string(), fc.integer(), (name, code, message, httpStatusCode) => {
        assert.equal(typeof codeOf(Object.assign(new Error(message), { name, code, $metadata: { httpStatusCode } })), 'string');
      }),
    );
  });

  it('tells a refused connection from a limit although the handler names both TimeoutError', () => {
    const refused = { name: 'TimeoutError', code: 'ECONNREFUSED', syscall: 'connect' };
    assert.equal(codeOf(error(refused)), 'network');
    assert.equal(codeOf(error({ name: 'TimeoutError', code: 'ETIMEDOUT', syscall: 'connect' })), 'network');
    assert.equal(codeOf(error({ name: 'TimeoutError', code: 'ETIMEDOUT' })), 'timeout');
    assert.equal(codeOf(error({ name: 'TimeoutError' })), 'timeout');
    assert.equal(codeOf(error({ name: 'TimeoutError', message: 'the request socket did not establish a connection' })), 'network');
  });

  it('tells a call that may have arrived from one that surely has not', () => {
    for (const members of [
      { code: 'ECONNRESET', message: 'socket hang up' },
      { code: 'ECONNRESET', syscall: 'read' },
      { code: 'EPIPE', syscall: 'write' },
      { code: 'ETIMEDOUT', syscall: 'read' },
      { code: 'EHOSTUNREACH', syscall: 'read' },
    ]) {
      const failure = toFailure(error(members), context);
      assert.ok(failure.code === 'unanswered' && failure.cause === members.code && failure.endpoint === context.address);
      assert.equal(codeOf(error(members), { midStream: true }), 'interrupted');
    }
    assert.equal(codeOf(error({ code: 'ECONNRESET', syscall: 'connect' })), 'network');
    const handshake = 'Client network socket disconnected before secure TLS connection was established';
    assert.equal(codeOf(error({ code: 'ECONNRESET', message: handshake })), 'network');
  });

  it('says that a key or token cannot stand in a header', () => {
    const failure = toFailure(error({ name: 'TypeError', code: 'ERR_INVALID_CHAR' }), context);
    assert.ok(failure.code === 'credentials' && failure.reason === 'malformed');
  });

  it('calls what is not HTTP an answer of another kind', () => {
    const failure = toFailure(error({ code: 'HPE_INVALID_CONSTANT' }), context);
    assert.ok(failure.code === 'otherAnswer' && failure.answer === 'notHttp');
  });

  for (const code of [
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'EPROTO',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ]) {
    it(`calls ${code} a network failure before the reply and an interruption in it`, () => {
      const failure = toFailure(error({ code }), context);
      assert.ok(failure.code === 'network' && failure.cause === code && failure.endpoint === context.address);
      assert.equal(codeOf(error({ code }), { midStream: true }), 'interrupted');
    });
  }

  it('says which source gave no keys, and that there are none where even the metadata service has none', () => {
    const failure = toFailure(signInError('sso', 'revoked', 'corp', 'UnauthorizedException'), context);
    assert.deepEqual(failure, {
      code: 'signIn',
      source: 'sso',
      reason: 'revoked',
      subject: 'corp',
      profile: 'dev',
      detail: 'UnauthorizedException',
      requestId: undefined,
      error: 'SignInError',
    });
    const nothing = toFailure(signInError('instance', 'unreachable'), { ...context, profile: undefined });
    assert.ok(nothing.code === 'credentials' && nothing.reason === 'missing');
    assert.equal(codeOf(signInError('instance', 'unreachable')), 'signIn', 'a profile names the instance');
  });

  it('names a file of certificates that cannot be used', () => {
    const failure = toFailure(new CertificatesError('AWS_CA_BUNDLE names a file that cannot be read: /a'), context);
    assert.ok(failure.code === 'network' && failure.cause.includes('AWS_CA_BUNDLE'));
  });
});
