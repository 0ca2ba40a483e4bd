import { regionOf, resolveModel } from '../core/models/resolve';
import type { JsonObject } from '../core/text/json';
import { hiddenModels, routerModels } from './account/account';
import { routeTo } from './account/router';
import type { Answer } from './answer';
import { composeAnswer, stoppedAnswer } from './answer';
import type { AnswerExtras } from './answerExtras';
import { extrasOf } from './answerExtras';
import { parseBody } from './body';
import type { CacheOutcome } from './cachePlan';
import { planCache } from './cachePlan';
import { converseWording } from './converseWording';
import type { ServiceError } from './errors';
import { invalid } from './errors';
import { messagesWording } from './messagesWording';
import { novaWording } from './novaWording';
import type { OperationName } from './operationName';
import { isError, readConverse, readCountTokens, readInvoke } from './readOperation';
import type { Api, SentRequest } from './request';
import type { EmulatorState } from './state';
import type { Target } from './target';
import { isRefused, profileNeeded, resolveTarget } from './target';
import type { RequestTokens } from './tokens';
import { countTokens } from './tokens';
import { validateRequest } from './validate';
import type { Wording } from './wording';

/** An answer that is ready to be sent. */
export interface Prepared {
  readonly kind: 'answer';
  readonly wording: Wording;
  readonly answer: Answer;
  readonly cache: CacheOutcome;
  readonly target: Target;
  readonly extras: AnswerExtras;
  /** ARN of the model that a router sent the request to. */
  readonly routedTo?: string;
}

/** What an operation comes to before a byte is sent. */
export type Outcome =
  Prepared | { readonly kind: 'count'; readonly body: JsonObject } | { readonly kind: 'error'; readonly error: ServiceError };

const wordings: Readonly<Record<Api, Wording>> = { converse: converseWording, messages: messagesWording, nova: novaWording };

export const refuse = (error: ServiceError): Outcome => ({ kind: 'error', error });

/** The model behind an id; of ARNs that hide theirs the account knows its own. */
const targetFor = (modelId: string, now: number, { profileModels, prompts }: EmulatorState) => {
  const ofPrompt = prompts.modelOf(modelId);
  const given = ofPrompt === undefined ? profileModels : { [modelId]: ofPrompt, ...profileModels };
  return resolveTarget(routerModels(modelId)?.[0] ?? modelId, now, hiddenModels(given, regionOf(resolveModel(modelId)) ?? ''));
};

const notCountable = invalid("The provided model doesn't support counting tokens.");

const countOutcome = (body: JsonObject, modelId: string, state: EmulatorState): Outcome => {
  const target = targetFor(modelId, state.now(), state);
  if (isRefused(target)) return refuse(target);
  if (target.kind !== 'bare' || modelId.startsWith('arn:') || target.entry.countTokens === false) return refuse(notCountable);
  const request = readCountTokens(body, target);
  if (isError(request)) return refuse(request);
  return { kind: 'count', body: { inputTokens: countTokens(request, target.entry).total } };
};

/** A request that was read: refused by a rule, or answered in the words of its API. */
export const answerOutcome = (
  request: SentRequest,
  target: Target,
  streamed: boolean,
  startedAt: number,
  state: EmulatorState,
  wording: Wording = wordings[request.api],
): Outcome => {
  let counted: RequestTokens | undefined;
  // A request that is refused for its form is not counted first.
  const counts = (): RequestTokens => (counted ??= countTokens(request, target.entry));
  const error = validateRequest(request, { target, streamed, leastTokens: () => counts().least });
  if (error !== undefined) return refuse(error);
  const cache = planCache(request, target, counts(), state.cache, startedAt, state.minimum);
  const answer = composeAnswer(request, target.entry, cache, state.newId, state.nextReply());
  const extras = extrasOf(request, answer.stopSequence, state.newId);
  return { kind: 'answer', wording, answer: extras.isStopped ? stoppedAnswer(answer) : answer, cache, target, extras };
};

/** A router's request is answered by the model that it is sent to, which the answer tells. */
const routedOutcome = (routerArn: string, request: SentRequest, streamed: boolean, startedAt: number, state: EmulatorState) => {
  const routed = routeTo(routerArn, request);
  if (routed === undefined) return undefined;
  const target = targetFor(routed.modelId, startedAt, state);
  if (isRefused(target)) return refuse(target);
  const outcome = answerOutcome(request, target, streamed, startedAt, state);
  return outcome.kind === 'answer' ? { ...outcome, routedTo: routed.arn } : outcome;
};

/**
 * Everything the service decides before it sends the first byte. Order of checks: JSON, model, form of the body,
 * conversation, tools, limits, cache points, size.
 */
export const runOperation = (
  operation: OperationName,
  modelId: string,
  bytes: Uint8Array,
  startedAt: number,
  state: EmulatorState,
): Outcome => {
  const parsed = parseBody(bytes);
  if ('error' in parsed) return refuse(parsed.error);
  if (operation === 'count-tokens') return countOutcome(parsed.body, modelId, state);
  const target = targetFor(modelId, startedAt, state);
  if (isRefused(target)) return refuse(target);
  const bareId = profileNeeded(target, modelId);
  if (bareId !== undefined) return refuse(bareId);
  const converse = operation === 'converse' || operation === 'converse-stream';
  const request = converse ? readConverse(parsed.body, operation) : readInvoke(parsed.body, target);
  if (isError(request)) return refuse(request);
  const streamed = operation.endsWith('stream');
  return routedOutcome(modelId, request, streamed, startedAt, state) ?? answerOutcome(request, target, streamed, startedAt, state);
};
