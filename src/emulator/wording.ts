import type { JsonObject } from '../core/text/json';
import type { Answer } from './answer';
import type { AnswerExtras } from './answerExtras';
import type { CacheOutcome } from './cachePlan';
import type { Latency } from './usage';

/** One event of a streamed answer. */
export interface WireEvent {
  /** `:event-type` of its frame. */
  readonly type: string;
  readonly body: JsonObject;
  /** Is it a word of the answer, before which a model would take its time? */
  readonly paced: boolean;
}

/** An answer with the figures that go with it. */
export interface Finished {
  readonly answer: Answer;
  readonly cache: CacheOutcome;
  readonly modelId: string;
  readonly messageId: string;
  /** ARN of the model that a router chose. */
  readonly routedTo?: string | undefined;
  readonly extras: AnswerExtras;
}

/** How one API says an answer, whole or as a stream. */
export interface Wording {
  whole(finished: Finished, latency: Latency): JsonObject;
  /** Events up to the last word. */
  events(finished: Finished): readonly WireEvent[];
  /** Events that follow the last word; their latency is known only then. */
  closing(finished: Finished, latency: Latency): readonly WireEvent[];
}

/** An event that is sent at once. */
export const atOnce = (type: string, body: JsonObject): WireEvent => ({ type, body, paced: false });
/** An event that waits for its turn as a word does. */
export const paced = (type: string, body: JsonObject): WireEvent => ({ type, body, paced: true });
