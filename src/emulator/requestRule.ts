import type { ServiceError } from './errors';
import type { SentRequest } from './request';
import type { Target } from './target';

/** What a rule may know besides the request. */
export interface RuleContext {
  readonly target: Target;
  /** Is the answer asked for as a stream? */
  readonly streamed: boolean;
  /** Input tokens that the whole request surely has; computed when first asked for. */
  readonly leastTokens: () => number;
}

/** One check: the service's refusal, or undefined when it has nothing to say. */
export type RequestRule = (request: SentRequest, context: RuleContext) => ServiceError | undefined;

/** A check that rests on what is known of one model: of one that stands in for another nothing is claimed. */
export const ofNamedModel =
  (rule: RequestRule): RequestRule =>
  (request, context) =>
    context.target.isNamed ? rule(request, context) : undefined;
