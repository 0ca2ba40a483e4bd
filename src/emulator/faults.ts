import type { ErrorName, ServiceError } from './errors';
import { invalid, serviceError } from './errors';
import type { OperationName } from './operationName';
import type { StopReason } from './answer';
import { isCount, isStream } from './operationName';

/** How a stream or an answer goes wrong after it has begun. */
export type Break =
  /** `badFrame`: a frame whose checksum is wrong; `halfFrame`: the stream ends inside a frame; `headOnly`: nothing follows the head. */
  | { readonly how: 'cut' | 'stall' | 'reset' | 'badFrame' | 'halfFrame' | 'headOnly' | 'noMetadata' | 'noUsage' }
  /** The stream ends by an exception that the service model names, such as `throttlingException`. */
  | { readonly how: 'exception'; readonly type: string; readonly message: string }
  /** The stream ends by an error that no model names. */
  | { readonly how: 'error'; readonly code: string; readonly message: string };

/** A failure the emulator plays. */
export type Fault =
  | { readonly kind: 'refuse'; readonly error: ServiceError }
  /** The server's clock is ahead by this much; signatures of another time are refused, with the server's time in `Date`. */
  | { readonly kind: 'clockSkew'; readonly skewMs: number }
  /** The connection ends before any header. */
  | { readonly kind: 'reset' }
  /** Something between client and service answers in its place. */
  | { readonly kind: 'page'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string }
  /** The connection stays open and nothing is ever said. */
  | { readonly kind: 'hang' }
  /** The answer ends for this reason. */
  | { readonly kind: 'stop'; readonly reason: StopReason }
  /** This much more time passes before the first byte. */
  | { readonly kind: 'slowStart'; readonly delayMs: number }
  | { readonly kind: 'break'; readonly break: Break };

/** A fault as it was asked for: `name` or `name:number`. */
export interface FaultOrder {
  readonly name: FaultName;
  /** Attempts of one call that fail before it succeeds; for `slow-start` and `clock-skew` milliseconds. */
  readonly figure: number | undefined;
}

const refuse = (name: ErrorName, message: string): Fault => ({ kind: 'refuse', error: serviceError(name, message) });
type Plain = Exclude<Break['how'], 'exception' | 'error'>;
const breaks = (how: Plain): Fault => ({ kind: 'break', break: { how } });
const stops = (reason: StopReason): Fault => ({ kind: 'stop', reason });
const raises = (type: string, message: string): Fault => ({ kind: 'break', break: { how: 'exception', type, message } });

const hourMs = 3_600_000;
const tooManyTokens = 'Too many tokens, please wait before trying again.';
const unexpected = 'The system encountered an unexpected error during processing. Try your request again.';
const notAbleTo = 'Bedrock is unable to process your request.';
const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };
const mayNot = (resource: string, because: string): string =>
  'User: arn:aws:sts::111122223333:assumed-role/Developer/session is not authorized to perform: bedrock:InvokeModel on resource: ' +
  `arn:aws:bedrock:${resource} ${because}`;

/** Faults that any call can meet. Texts: error reports in public issue trackers and recorded answers, 2025 and 2026. */
const ofAnyCall = {
  throttle: () => refuse('ThrottlingException', tooManyTokens),
  'throttle-requests': () =>
    refuse(
      'ThrottlingException',
      'Too many requests, please wait before trying again. You have sent too many requests. Wait before trying again.',
    ),
  'throttle-day': () => refuse('ThrottlingException', 'Too many tokens per day, please wait before trying again.'),
  'access-denied': () => refuse('AccessDeniedException', "You don't have access to the model with the specified model ID."),
  'marketplace-denied': () =>
    refuse(
      'AccessDeniedException',
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions ' +
        '(aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    ),
  'iam-denied': () =>
    refuse(
      'AccessDeniedException',
      mayNot('us-east-1::foundation-model/*', 'because no identity-based policy allows the bedrock:InvokeModel action'),
    ),
  'scp-denied': () =>
    refuse('AccessDeniedException', mayNot('us-east-1::foundation-model/*', 'with an explicit deny in a service control policy')),
  'region-denied': () =>
    refuse('AccessDeniedException', mayNot('us-west-2::foundation-model/*', 'with an explicit deny in a service control policy')),
  'quota-exceeded': () => refuse('ServiceQuotaExceededException', 'The request exceeds a service quota of the account.'),
  'unknown-operation': () => refuse('UnknownOperationException', 'The operation is not known.'),
  'expired-token': () => refuse('ExpiredTokenException', 'The security token included in the request is expired'),
  'invalid-token': () => refuse('UnrecognizedClientException', 'The security token included in the request is invalid.'),
  'internal-error': () => refuse('InternalServerException', unexpected),
  'service-unavailable': () => refuse('ServiceUnavailableException', notAbleTo),
  cut: () => breaks('cut'),
  stall: () => breaks('stall'),
  reset: () => ({ kind: 'reset' }),
  hang: () => ({ kind: 'hang' }),
  redirect: () => ({ kind: 'page', status: 307, headers: { ...html, location: 'http://127.0.0.1:9/moved' }, text: '<p>Moved.</p>' }),
  'wrong-content-type': () => ({ kind: 'page', status: 200, headers: html, text: '<p>Please sign in to this network.</p>' }),
  'bad-gateway': () => ({ kind: 'page', status: 502, headers: html, text: '<p>502 Bad Gateway</p>' }),
  'gateway-timeout': () => ({ kind: 'page', status: 504, headers: html, text: '<p>504 Gateway Time-out</p>' }),
  'proxy-sign-in': () => ({ kind: 'page', status: 407, headers: html, text: '<p>407 Proxy Authentication Required</p>' }),
  'other-json': () => ({ kind: 'page', status: 200, headers: json, text: '{"message":"pong"}' }),
  'empty-answer': () => ({ kind: 'page', status: 200, headers: {}, text: '' }),
  'slow-start': (figure) => ({ kind: 'slowStart', delayMs: figure ?? 5_000 }),
  'clock-skew': (figure) => ({ kind: 'clockSkew', skewMs: figure ?? hourMs }),
} as const satisfies { readonly [name: string]: (figure: number | undefined) => Fault };

/** Faults of a call that reaches a model, which CountTokens does not. */
const ofModels = {
  'caching-denied': () =>
    refuse(
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    ),
  'model-not-ready': () => refuse('ModelNotReadyException', 'Model is not ready for inference. Wait and try your request again.'),
  'model-timeout': () => refuse('ModelTimeoutException', 'Model has timed out in processing the request. Try your request again.'),
  'model-error': () => refuse('ModelErrorException', unexpected),
} as const satisfies { readonly [name: string]: () => Fault };

/** Other ends of an answer than the usual one, in Converse's words, and one that tells nothing of what was used. */
const ofConverse = {
  'stop-max-tokens': () => stops('max_tokens'),
  'stop-guardrail': () => stops('guardrail_intervened'),
  'stop-filtered': () => stops('content_filtered'),
  'stop-context-window': () => stops('model_context_window_exceeded'),
  'stop-malformed-output': () => stops('malformed_model_output'),
  'stop-malformed-tool': () => stops('malformed_tool_use'),
  'no-usage': () => breaks('noUsage'),
} as const satisfies { readonly [name: string]: () => Fault };

/** Faults in the middle of a stream: the exceptions that the service model gives a stream, and an end without the last event. */
const ofStreams = {
  'throttle-stream': () => raises('throttlingException', tooManyTokens),
  'model-stream-error': () => raises('modelStreamErrorException', unexpected),
  'internal-stream-error': () => raises('internalServerException', unexpected),
  'unavailable-stream': () => raises('serviceUnavailableException', notAbleTo),
  'validation-stream': () =>
    raises(
      'validationException',
      'messages.4: Did not find 1 `tool_result` block(s) at the beginning of this message. ' +
        'Messages following `tool_use` blocks must begin with a matching number of `tool_result` blocks.',
    ),
  'unknown-stream-error': () => ({ kind: 'break', break: { how: 'error', code: 'InternalFailure', message: unexpected } }),
  'no-metadata': () => breaks('noMetadata'),
  'head-only': () => breaks('headOnly'),
  'bad-frame': () => breaks('badFrame'),
  'half-frame': () => breaks('halfFrame'),
  'reset-stream': () => breaks('reset'),
} as const satisfies { readonly [name: string]: () => Fault };

const faults = { ...ofAnyCall, ...ofModels, ...ofConverse, ...ofStreams };

export type FaultName = keyof typeof faults;

/** Names of all faults, for the help text and the control endpoint. */
export const faultNames: readonly string[] = Object.keys(faults);

const isFaultName = (name: string): name is FaultName => Object.hasOwn(faults, name);
const timed: readonly FaultName[] = ['slow-start', 'clock-skew'];

/** Reads `name` or `name:number`; undefined when there is no such fault. */
export const parseFault = (text: string): FaultOrder | undefined => {
  const match = /^\s*([a-z-]+)(?::(\d{1,9}))?\s*$/.exec(text);
  const name = match?.[1] ?? '';
  return isFaultName(name) ? { name, figure: match?.[2] === undefined ? undefined : Number(match[2]) } : undefined;
};

/** Why the service could not fail like this on the operation; undefined when it could. */
const impossible = (name: FaultName, operation: OperationName): string | undefined => {
  if (Object.hasOwn(ofStreams, name) && !isStream(operation)) return 'it breaks an event stream, and this operation answers in one piece';
  if (Object.hasOwn(ofConverse, name) && operation !== 'converse' && operation !== 'converse-stream')
    return 'it is played in the words of Converse alone';
  return Object.hasOwn(ofModels, name) && isCount(operation) ? 'no model is called to count tokens' : undefined;
};

/**
 * The fault of an order at this attempt of a call (the first is 1); undefined once the ordered number of attempts has failed. A
 * fault that cannot happen on the operation is a refusal that says so, since a call that went well would seem to have stood it.
 */
export const faultAt = ({ name, figure }: FaultOrder, attempt: number, operation: OperationName): Fault | undefined => {
  const reason = impossible(name, operation);
  if (reason !== undefined)
    return { kind: 'refuse', error: invalid(`The emulator cannot play the fault ${name} on ${operation}: ${reason}.`) };
  return figure !== undefined && !timed.includes(name) && attempt > figure ? undefined : faults[name](figure);
};
