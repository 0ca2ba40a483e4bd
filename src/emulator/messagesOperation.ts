import type { JsonObject } from '../core/text/json';
import { withAutomaticPoint } from './automaticPoint';
import { parseBody } from './body';
import { invalid, serviceError } from './errors';
import type { ServiceError } from './errors';
import { objectOf, stringOf } from './json';
import { fromMessagesBody } from './messagesBody';
import { checkMessagesBody, countForm, mantleForm } from './messagesShape';
import { refusalOf } from './modelWording';
import { mantleWording } from './messagesWording';
import { answerOutcome, refuse } from './operation';
import type { Outcome } from './operation';
import type { OperationName } from './operationName';
import { isCount, isStream } from './operationName';
import { readRequest } from './request';
import type { EmulatorState } from './state';
import type { Target } from './target';
import { isRefused, resolveTarget } from './target';
import { countTokens } from './tokens';

/**
 * The Messages API of bedrock-mantle: bare ids of Claude, in one Region, without inference profiles. Sources: AWS user guide, count-tokens and
 * structured outputs, and model cards, 2026-10; the text of the refusal of an id is Anthropic's own.
 */
const resolveBare = (modelId: string, state: EmulatorState): Target | ServiceError => {
  const unknown = serviceError('ResourceNotFoundException', `model: ${modelId}`);
  if (!modelId.startsWith('anthropic.')) return unknown;
  const target = resolveTarget(modelId, state.now(), state.profileModels);
  return isRefused(target) ? (target.name === 'ResourceNotFoundException' ? target : unknown) : target;
};

/** Structured output is not offered there. */
const unoffered = (body: JsonObject): ServiceError | undefined =>
  objectOf(body['output_config'])['format'] === undefined && body['output_format'] === undefined ? undefined : refusalOf('output.mantle');

/** Everything that is decided before the first byte: JSON, version, form of the body, model, then as for a body of InvokeModel. */
export const runMessages = (
  operation: OperationName,
  version: string | undefined,
  bytes: Uint8Array,
  startedAt: number,
  state: EmulatorState,
): Outcome => {
  const parsed = parseBody(bytes);
  if ('error' in parsed) return refuse(parsed.error);
  if (version === undefined) return refuse(invalid('anthropic-version: header is required'));
  const formError = checkMessagesBody(parsed.body, isCount(operation) ? countForm : mantleForm) ?? unoffered(parsed.body);
  if (formError !== undefined) return refuse(formError);
  const target = resolveBare(stringOf(parsed.body['model']) ?? '', state);
  if (isRefused(target)) return refuse(target);
  const marked = withAutomaticPoint(parsed.body);
  if ('error' in marked) return refuse(marked.error);
  const { converse, identities } = fromMessagesBody(marked.body);
  const request = readRequest('messages', converse, identities);
  if (isCount(operation)) return { kind: 'count', body: { input_tokens: countTokens(request, target.entry).total } };
  return answerOutcome(request, target, isStream(operation), startedAt, state, mantleWording);
};
