import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { isConnecting, isPerDay, readError } from './errors';
import type { ErrorFacts } from './errors';
import { metIdleClose } from './keptOpen';

/** Why a failed try may be made once more: only where the service surely has not begun to work on it. */
export type Again =
  /** The service refused for now, before any of the answer. */
  | 'throttled'
  /** No connection came about, or the service said that it could not take the call. */
  | 'refused'
  /** The time of the signature was refused; the service has told its own. */
  | 'clock'
  /** The connection was kept open from an earlier call, and closed before any byte of reply. */
  | 'idleClose';

/** How far a try had come. */
export interface TryState {
  /** The answer had begun. */
  readonly streaming: boolean;
  /** Some of the answer had been handed on. */
  readonly hasContent: boolean;
}

/** A quota that opens again within seconds, unlike one per day. */
const isShortThrottle = (error: SdkError): boolean => isThrottlingError(error) && !isPerDay(error.message);

/** Failures to connect that may have passed in a moment; a certificate that is refused will be refused again. */
const passingCodes = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']);

/** The other side closed the connection; our own limits end calls with other codes. */
const isClose = ({ code }: ErrorFacts): boolean => code === 'ECONNRESET' || code === 'EPIPE';

/**
 * May this try be made again by itself? A call that may have reached the service is not, whatever became of its answer: it would be
 * billed twice. `undefined`: it may not.
 */
export const whyAgain = (thrown: unknown, { streaming, hasContent }: TryState): Again | undefined => {
  if (!(thrown instanceof Error)) return undefined;
  const facts = readError(thrown);
  if (facts.name === 'SignInError') return undefined;
  // An SdkError is an Error with optional members only; the type differs by `exactOptionalPropertyTypes` alone.
  const error = thrown as SdkError;
  if (streaming) return isShortThrottle(error) && !hasContent ? 'throttled' : undefined;
  if (facts.status !== undefined) {
    if (isThrottlingError(error)) return isShortThrottle(error) ? 'throttled' : undefined;
    if (facts.status === 403) return isTransientError(error) ? 'clock' : undefined;
    return facts.status >= 300 && (isTransientError(error) || isServerError(error)) ? 'refused' : undefined;
  }
  if (isConnecting(facts)) return facts.code === undefined || passingCodes.has(facts.code) ? 'refused' : undefined;
  return isClose(facts) && metIdleClose(thrown) ? 'idleClose' : undefined;
};

/** Milliseconds that the service asks to wait, from its Retry-After header, in seconds or as a date. */
const askedWaitMs = (header: string | undefined): number => {
  if (header === undefined) return 0;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1_000;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 0;
};

const longestWaitMs = 20_000;

/** Milliseconds before the try after number `attempt`: full jitter over a doubling limit, or longer where the service asks for it. */
const waitMsFor = (why: Again, attempt: number, retryAfter: string | undefined): number => {
  if (why === 'idleClose' || why === 'clock') return 0;
  const backOff = Math.random() * (why === 'throttled' ? 500 : 100) * 2 ** attempt;
  return Math.min(longestWaitMs, Math.max(backOff, askedWaitMs(retryAfter)));
};

const reasonOf = ({ name, code, status }: ErrorFacts): string =>
  code ?? (status !== undefined && status !== 200 && !name.endsWith('Exception') ? `HTTP ${status}` : name);

/** A try that will be made. */
export interface Retry {
  /** Number of the try, from 2. */
  readonly attempt: number;
  /** What became of the one before, in a word. */
  readonly reason: string;
  readonly waitMs: number;
}

/** The tries of one call. */
export interface Tries {
  /** Number of the present try, from 1. */
  readonly attempt: number;
  /** The present try failed: the next one, where there may be one. */
  after(thrown: unknown, state: TryState): Retry | undefined;
}

export const createTries = (maxAttempts: number): Tries => {
  let attempt = 1;
  const met = new Set<Again>();
  return {
    get attempt() {
      return attempt;
    },
    after(thrown, state) {
      const why = whyAgain(thrown, state);
      if (why === undefined || attempt >= maxAttempts) return undefined;
      // Once: a connection that was opened for this call cannot have been idle, and a clock that was set right is right.
      if ((why === 'idleClose' || why === 'clock') && met.has(why)) return undefined;
      met.add(why);
      const facts = readError(thrown);
      const waitMs = waitMsFor(why, attempt, facts.retryAfter);
      attempt += 1;
      return { attempt, reason: reasonOf(facts), waitMs };
    },
  };
};
