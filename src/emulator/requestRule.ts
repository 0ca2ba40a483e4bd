import type { ServiceError } from './errors';
import type { SentRequest } from './request';
import type { Target } from './target';

/** What a rule may know besides the request. */
export interface RuleContext {
  readonly target: Target;
  /** Is the answer asked for as a stream? */
  readonly streamed: boolean;
  /** Input tokens of the whole request; computed when first asked for. */
  readonly totalTokens: () => number;
}

/** One check: the service's refusal, or undefined when it has nothing to say. */
export type RequestRule = (request: SentRequest, context: RuleContext) => ServiceError | undefined;
