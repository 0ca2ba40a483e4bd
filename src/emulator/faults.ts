import type { ServiceError } from './errors';
import { serviceError } from './errors';

/** How a stream or an answer goes wrong after it has begun. */
export type Break = 'throttle' | 'modelError' | 'cut' | 'stall' | 'noMetadata';

/** A failure the emulator plays. */
export type Fault =
  | { readonly kind: 'refuse'; readonly error: ServiceError }
  /** The server's clock is ahead by this much; signatures of another time are refused, with the server's time in `Date`. */
  | { readonly kind: 'clockSkew'; readonly skewMs: number }
  /** The connection ends before any header. */
  | { readonly kind: 'reset' }
  /** This much more time passes before the first byte. */
  | { readonly kind: 'slowStart'; readonly delayMs: number }
  | { readonly kind: 'break'; readonly how: Break };

/** A fault as it was asked for: `name` or `name:number`. */
export interface FaultOrder {
  readonly name: FaultName;
  /** Attempts of one call that fail before it succeeds; for `slow-start` and `clock-skew` milliseconds. */
  readonly figure: number | undefined;
}

const refuse = (name: Parameters<typeof serviceError>[0], message: string): Fault => ({
  kind: 'refuse',
  error: serviceError(name, message),
});
const breaks = (how: Break): Fault => ({ kind: 'break', how });

const hourMs = 3_600_000;

/** Every fault by its name. Texts: error reports in public issue trackers and recorded answers, 2025 and 2026. */
const faults = {
  throttle: () => refuse('ThrottlingException', 'Too many tokens, please wait before trying again.'),
  'throttle-requests': () =>
    refuse(
      'ThrottlingException',
      'Too many requests, please wait before trying again. You have sent too many requests. Wait before trying again.',
    ),
  'throttle-day': () => refuse('ThrottlingException', 'Too many tokens per day, please wait before trying again.'),
  'throttle-stream': () => breaks('throttle'),
  'model-stream-error': () => breaks('modelError'),
  cut: () => breaks('cut'),
  stall: () => breaks('stall'),
  'no-metadata': () => breaks('noMetadata'),
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
      'User: arn:aws:sts::111122223333:assumed-role/Developer/session is not authorized to perform: bedrock:InvokeModel on resource: ' +
        'arn:aws:bedrock:us-east-1::foundation-model/* because no identity-based policy allows the bedrock:InvokeModel action',
    ),
  'caching-denied': () =>
    refuse(
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    ),
  'expired-token': () => refuse('ExpiredTokenException', 'The security token included in the request is expired'),
  'invalid-token': () => refuse('UnrecognizedClientException', 'The security token included in the request is invalid.'),
  'model-not-ready': () => refuse('ModelNotReadyException', 'Model is not ready for inference. Wait and try your request again.'),
  'model-timeout': () => refuse('ModelTimeoutException', 'Model has timed out in processing the request. Try your request again.'),
  'model-error': () =>
    refuse('ModelErrorException', 'The system encountered an unexpected error during processing. Try your request again.'),
  'internal-error': () =>
    refuse('InternalServerException', 'The system encountered an unexpected error during processing. Try your request again.'),
  'service-unavailable': () => refuse('ServiceUnavailableException', 'Bedrock is unable to process your request.'),
  reset: () => ({ kind: 'reset' }),
  'slow-start': (figure) => ({ kind: 'slowStart', delayMs: figure ?? 5_000 }),
  'clock-skew': (figure) => ({ kind: 'clockSkew', skewMs: figure ?? hourMs }),
} as const satisfies { readonly [name: string]: (figure: number | undefined) => Fault };

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

/** The fault of an order at this attempt of a call (the first is 1); undefined once the ordered number of attempts has failed. */
export const faultAt = ({ name, figure }: FaultOrder, attempt: number): Fault | undefined =>
  figure !== undefined && !timed.includes(name) && attempt > figure ? undefined : faults[name](figure);
