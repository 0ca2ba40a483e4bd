import { serviceText } from '../core/messages/serviceText';
import type { SignInFault } from '../core/runs/signIn';
import type { DeniedBy, ModelTrouble, OtherAnswer, Quota, RunFailure } from '../core/runs/failure';
import { isConnecting, isPerDay, readError, troubleOf } from './errors';
import type { ErrorFacts } from './errors';
import { CertificatesError } from './network';
import { OtherAnswerError } from './replyCheck';
import { SignInError } from './signInError';
import { TooDeepError } from './wire';

/** What a failure's sentence needs and the error does not carry. */
export interface FailureContext {
  readonly modelId: string;
  readonly region: string;
  readonly address: string;
  readonly profile: string | undefined;
  readonly timeoutMs: number;
  /** The reply had begun. */
  readonly midStream: boolean;
  /** Tries so far. */
  readonly attempts: number;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A failure without the members that every failure has. */
type Kind = DistributiveOmit<RunFailure, 'detail' | 'requestId' | 'error'>;
type ToKind = (facts: ErrorFacts, context: FailureContext) => Kind;

const refusedCaching = /did not allow prompt caching/i;
const refusedKey = /api key|bearer token|authentication failed|security token/i;

/**
 * The service has one error name for all refusals: only its words tell them apart. First match wins. Sources: reports E2, E2b, E2c, E3; for who
 * denies, IAM user guide, Troubleshoot access denied error messages, 2026-10.
 */
const deniedBy: readonly { readonly text: RegExp; readonly reason: DeniedBy }[] = [
  { text: refusedCaching, reason: 'caching' },
  { text: /aws-marketplace|marketplace subscription/i, reason: 'marketplace' },
  { text: /(service|resource) control policy/i, reason: 'scp' },
  { text: /permissions boundary|session policy/i, reason: 'boundary' },
  { text: /vpc endpoint policy/i, reason: 'vpcEndpoint' },
  { text: /explicit deny/i, reason: 'explicitDeny' },
  { text: /is not authorized to perform/i, reason: 'iam' },
  { text: /access to the model|model access|use case details/i, reason: 'modelAccess' },
];

/** The Region of the resource that a refusal names. */
const regionIn = (message: string): string | undefined => /arn:aws[a-z-]*:bedrock:([a-z]{2,}(?:-[a-z]+)+-\d):/.exec(message)?.[1];

const credentials =
  (reason: 'missing' | 'expired' | 'invalid' | 'clock' | 'malformed'): ToKind =>
  ({ message }, { profile }) => ({
    code: 'credentials',
    reason: reason !== 'clock' && /\bexpired\b/i.test(message) ? 'expired' : reason,
    profile,
  });

const unavailable: ToKind = ({ status }) => ({ code: 'unavailable', status });
const throttled =
  (quota: Quota): ToKind =>
  ({ message }, { midStream, attempts }) => ({ code: 'throttled', midStream, attempts, quota: isPerDay(message) ? 'day' : quota });
const modelFailed =
  (why: ModelTrouble): ToKind =>
  (_, { modelId }) => ({ code: 'modelFailed', modelId, why });
const modelNotFound: ToKind = ({ message }, { modelId, region }) => ({
  code: 'modelNotFound',
  modelId,
  region,
  why: /end of its life/i.test(message) ? 'retired' : needsProfile.test(message) ? 'profileNeeded' : 'unknown',
});
const network: ToKind = (facts, { address }) => ({
  code: 'network',
  endpoint: address,
  cause: facts.code ?? facts.message,
  trouble: troubleOf(facts),
});
const unanswered: ToKind = ({ code, message }, { address }) => ({ code: 'unanswered', endpoint: address, cause: code ?? message });
/** The proxy's own words stay in the details. */
const proxyRefused: ToKind = (_, { address }) => ({
  code: 'network',
  endpoint: address,
  cause: serviceText.proxySignIn,
  trouble: 'proxy',
});
const otherAnswer =
  (answer: OtherAnswer, said?: string): ToKind =>
  (_, { address }) => ({ code: 'otherAnswer', endpoint: address, answer, said });
const redirected: ToKind = (facts, context) => otherAnswer('redirect', facts.location)(facts, context);
const interrupted: ToKind = () => ({ code: 'interrupted' });
const timeout: ToKind = (_, { timeoutMs }) => ({ code: 'timeout', afterMs: timeoutMs });

const accessDenied: ToKind = (facts, context) => {
  const reason = deniedBy.find(({ text }) => text.test(facts.message))?.reason;
  if (reason === undefined && refusedKey.test(facts.message)) return credentials('invalid')(facts, context);
  const region = regionIn(facts.message);
  const deniedIn = region === context.region ? undefined : region;
  return { code: 'accessDenied', modelId: context.modelId, reason: reason ?? 'unknown', deniedIn };
};

const needsProfile = /with on-demand throughput isn.t supported/i;

/** E20 and its like: more than the context window holds. */
const tooLong =
  /input tokens exceeded|prompt is too long|input is too long|too many (?:input )?tokens in|exceeds? (?:the )?(?:maximum )?context/i;

/** E1, E16 and E3 come as plain validation errors although the request's shape is not what is wrong. */
const validation: ToKind = (facts, context) => {
  const { message } = facts;
  if (/model identifier is invalid/i.test(message) || needsProfile.test(message)) return modelNotFound(facts, context);
  return refusedCaching.test(message) ? accessDenied(facts, context) : { code: 'invalidRequest', tooLong: tooLong.test(message) };
};

/** The service refuses a signature for its time in these words; the SDK has then corrected its clock once already. */
const clockWords = /signature (?:expired|not yet current)|request ?time ?too ?skewed|difference between the request time/i;
const signature: ToKind = (facts, context) => credentials(clockWords.test(facts.message) ? 'clock' : 'invalid')(facts, context);

/** A connection that failed: while it was made, while an answer was awaited, or in the middle of one. */
const lost: ToKind = (facts, context) => {
  if (context.midStream) return interrupted(facts, context);
  if (facts.code?.startsWith('HPE_')) return otherAnswer('notHttp')(facts, context);
  return isConnecting(facts) ? network(facts, context) : unanswered(facts, context);
};

/** The handler gives this name to its own limits and, misleadingly, to refused and reset connections. Those of the system have a `syscall`. */
const namedTimeout: ToKind = (facts, context) => {
  const ownLimit = facts.syscall === undefined && (facts.code === undefined || facts.code === 'ETIMEDOUT');
  return ownLimit && !isConnecting(facts) ? timeout(facts, context) : lost(facts, context);
};

const byName: Readonly<Record<string, ToKind>> = {
  ExpiredToken: credentials('expired'),
  ExpiredTokenException: credentials('expired'),
  RequestExpired: credentials('clock'),
  RequestTimeTooSkewed: credentials('clock'),
  UnrecognizedClientException: credentials('invalid'),
  InvalidClientTokenId: credentials('invalid'),
  InvalidSignatureException: signature,
  SignatureDoesNotMatch: signature,
  IncompleteSignatureException: credentials('invalid'),
  IncompleteSignature: credentials('invalid'),
  MissingAuthenticationToken: credentials('invalid'),
  MissingAuthenticationTokenException: credentials('invalid'),
  AccessDenied: accessDenied,
  AccessDeniedException: accessDenied,
  ValidationException: validation,
  SerializationException: validation,
  ResourceNotFoundException: modelNotFound,
  ThrottlingException: throttled('minute'),
  TooManyRequestsException: throttled('minute'),
  ServiceQuotaExceededException: throttled('account'),
  ModelNotReadyException: modelFailed('notReady'),
  ModelTimeoutException: modelFailed('timeout'),
  ModelErrorException: modelFailed('error'),
  UnknownOperationException: otherAnswer('unknownOperation'),
  InternalServerException: unavailable,
  InternalFailure: unavailable,
  ServiceUnavailable: unavailable,
  ServiceUnavailableException: unavailable,
  ModelStreamErrorException: modelFailed('stream'),
  TimeoutError: namedTimeout,
};

/** Error codes of Node's network and TLS layers. */
const isNetworkCode = (code: string): boolean =>
  /^(E(CONN|HOST|NET|ADDR|PIPE|TIMEDOUT|AI_|NOTFOUND|PROTO)|ERR_(TLS|SSL|SOCKET|PROXY)|HPE_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/.test(
    code,
  );

const byStatus = (status: number): ToKind | undefined => {
  if (status === 401) return credentials('invalid');
  if (status === 403) return accessDenied;
  if (status === 407) return proxyRefused;
  if (status >= 300 && status < 400) return redirected;
  if (status === 429) return throttled('minute');
  if (status === 404 || status === 405) return otherAnswer('unknownOperation');
  if (status === 400 || status === 413) return validation;
  return status >= 500 ? unavailable : undefined;
};

const chooseKind = (facts: ErrorFacts, context: FailureContext): ToKind => {
  const named = Object.hasOwn(byName, facts.name) ? byName[facts.name] : undefined;
  if (named !== undefined) return named;
  if (facts.code === 'ERR_INVALID_CHAR') return credentials('malformed');
  if (facts.code !== undefined && isNetworkCode(facts.code)) return lost;
  const refused = facts.status === undefined ? undefined : byStatus(facts.status);
  // A reply that began well and then cannot be decoded was cut or damaged on its way.
  return refused ?? (context.midStream || facts.status === 200 ? interrupted : () => ({ code: 'unexpected' }));
};

/** The metadata service is what the default chain asks last: where it has nothing either, there is nothing. */
const signIn =
  (fault: SignInFault): ToKind =>
  (_, { profile }) => {
    if (fault.reason === 'malformed') return { code: 'credentials', reason: 'malformed', profile };
    const isNothing = fault.source === 'instance' && profile === undefined && (fault.reason === 'unreachable' || fault.reason === 'denied');
    return isNothing ? { code: 'credentials', reason: 'missing', profile } : { code: 'signIn', profile, ...fault };
  };

/** What the log says of an error: never its words, which may quote the prompt. */
const nameOfError = ({ name, code, status }: ErrorFacts): string =>
  [name, code, status === undefined ? undefined : `HTTP ${status}`].filter((part) => part !== undefined).join(', ');

/** What this code throws itself. */
const ofOurs = (thrown: unknown): ToKind | undefined => {
  if (thrown instanceof SignInError) return signIn(thrown.fault);
  if (thrown instanceof CertificatesError) return network;
  if (thrown instanceof OtherAnswerError) return otherAnswer(thrown.answer, thrown.said);
  return thrown instanceof TooDeepError ? () => ({ code: 'tooDeep' }) : undefined;
};

/** Whatever was thrown, as a failure: by the error's name, then its code and status; its words only refine the reason. Never throws. */
export const toFailure = (thrown: unknown, context: FailureContext): RunFailure => {
  const facts = readError(thrown);
  const chosen = ofOurs(thrown) ?? chooseKind(facts, context);
  // An error without words of its own would be told by its name.
  const detail = thrown instanceof SignInError ? thrown.message : facts.message;
  return { ...chosen(facts, context), detail, requestId: facts.requestId, error: nameOfError(facts) };
};

/** The person ended the call. */
export const canceledFailure = (requestId?: string): RunFailure => ({ code: 'canceled', detail: serviceText.canceled, requestId });

/** The stream ended without an error, but before `messageStop` and `metadata`. */
export const interruptedFailure = (requestId: string | undefined): RunFailure => ({
  code: 'interrupted',
  detail: serviceText.interrupted,
  requestId,
});

/** Neither the setting nor the profile nor the environment names a region. */
export const regionMissingFailure = (profile: string | undefined): RunFailure => ({
  code: 'regionMissing',
  profile,
  detail: serviceText.noRegion(profile),
  requestId: undefined,
});
