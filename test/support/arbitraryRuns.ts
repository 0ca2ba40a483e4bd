import fc from 'fast-check';
import type { RunEvent } from '../../src/core/runs/events';
import type { Usage } from '../../src/core/tokens/usage';
import type { RunFailure } from '../../src/core/runs/failure';
import { signInReasons, signInSources } from '../../src/core/runs/signIn';
import { anyText } from './anyText';

/** Any run's events in any order, sensible or not. */

const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });
const tokens = fc.oneof(fc.nat(20_000), fc.constantFrom(0, -1, 0.5, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER));
const at = fc.oneof(fc.nat(100_000), fc.constantFrom(-5, Number.NaN, 1e300));
const text = anyText({ maxLength: 12 });

export const anyUsage: fc.Arbitrary<Usage> = fc.record({
  input: tokens,
  output: tokens,
  cacheRead: optional(tokens),
  cacheWrite: optional(tokens),
  writes: fc.array(fc.record({ ttl: fc.constantFrom('5m', '1h', '30m', 'soon'), tokens }), { maxLength: 3 }),
});

const said = { detail: text, requestId: optional(text) };

export const anyFailure: fc.Arbitrary<RunFailure> = fc.oneof(
  fc.record({
    code: fc.constant('credentials' as const),
    reason: fc.constantFrom('missing', 'expired', 'invalid', 'clock', 'malformed'),
    profile: optional(text),
    ...said,
  }),
  fc.record({
    code: fc.constant('signIn' as const),
    source: fc.constantFrom(...signInSources),
    reason: fc.constantFrom(...signInReasons),
    subject: optional(text),
    profile: optional(text),
    ...said,
  }),
  fc.record({
    code: fc.constant('accessDenied' as const),
    modelId: text,
    reason: fc.constantFrom('iam', 'explicitDeny', 'scp', 'boundary', 'vpcEndpoint', 'modelAccess', 'marketplace', 'caching', 'unknown'),
    deniedIn: optional(text),
    ...said,
  }),
  fc.record({
    code: fc.constant('modelNotFound' as const),
    modelId: text,
    region: text,
    why: fc.constantFrom('unknown', 'retired', 'profileNeeded'),
    ...said,
  }),
  fc.record({
    code: fc.constant('modelFailed' as const),
    modelId: text,
    why: fc.constantFrom('notReady', 'timeout', 'error', 'stream'),
    ...said,
  }),
  fc.record({ code: fc.constant('invalidRequest' as const), tooLong: fc.boolean(), ...said }),
  fc.record({
    code: fc.constant('throttled' as const),
    midStream: fc.boolean(),
    attempts: fc.nat(5),
    quota: fc.constantFrom('minute', 'day', 'account'),
    ...said,
  }),
  fc.record({ code: fc.constant('unavailable' as const), status: optional(fc.nat(600)), ...said }),
  fc.record({ code: fc.constant('timeout' as const), afterMs: at, ...said }),
  fc.record({
    code: fc.constant('network' as const),
    endpoint: text,
    cause: text,
    trouble: fc.constantFrom('name', 'refused', 'authority', 'host', 'date', 'noTls', 'proxy', 'other'),
    ...said,
  }),
  fc.record({ code: fc.constant('unanswered' as const), endpoint: text, cause: text, ...said }),
  fc.record({
    code: fc.constant('otherAnswer' as const),
    endpoint: text,
    answer: fc.constantFrom('json', 'notJson', 'empty', 'otherType', 'notHttp', 'redirect', 'unknownOperation'),
    said: optional(text),
    ...said,
  }),
  fc.record({ code: fc.constantFrom('tooDeep', 'invalidRequest', 'interrupted', 'canceled', 'unexpected'), ...said }),
);

export const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({ type: fc.constant('started' as const), at, modelId: text, identity: text }),
  fc.record({ type: fc.constant('signedIn' as const), at, identity: text }),
  fc.record({ type: fc.constant('retrying' as const), at, attempt: fc.nat(9), reason: text, waitMs: at }),
  fc.record({ type: fc.constantFrom('text', 'reasoning'), at, delta: text }),
  fc.record({ type: fc.constant('toolUse' as const), at, name: text, input: fc.constantFrom('{"cut', null, 1, { a: [1] }) }),
  fc.record({ type: fc.constant('usage' as const), at, usage: anyUsage, latencyMs: optional(at) }),
  fc.record({
    type: fc.constant('stopped' as const),
    at,
    reason: fc.oneof(text, fc.constantFrom('end_turn', 'max_tokens', 'constructor', '__proto__')),
  }),
  fc.record({ type: fc.constant('finished' as const), at, requestId: optional(text), attempts: fc.nat(5) }),
  fc.record({ type: fc.constant('failed' as const), at, failure: anyFailure }),
);
