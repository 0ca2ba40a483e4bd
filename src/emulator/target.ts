import { findEntry } from '../core/models/catalog';
import { resolveModel } from '../core/models/resolve';
import type { Resolution } from '../core/models/resolve';
import type { ModelEntry } from '../core/models/types';
import { levelOf, namedModel } from '../core/service/refusals';
import { modelIdPattern } from '../core/service/shapes';
import type { ServiceError } from './errors';
import { invalid, serviceError } from './errors';

/** Whose conventions a model follows where the service's words and the cache's rules differ by vendor. */
export type Dialect = 'claude' | 'nova' | 'other';

/** The model that answers. `standIn`: the ARN hides its model, or the catalog lacks it, so another one answers in its place. */
export interface Target {
  readonly kind: 'bare' | 'profile' | 'standIn' | 'provisioned' | 'managedPrompt';
  readonly entry: ModelEntry;
  readonly dialect: Dialect;
  /** Is it the model that the id names, and not one that answers for want of a better? */
  readonly isNamed: boolean;
  /** The id of a model that the catalog lacks and the table of refusals knows by name. */
  readonly lacking?: string;
}

/** Opaque ARN → model id. */
export type ProfileModels = Readonly<Record<string, string>>;

/** Answers for ids that name no model of the catalog: an active model with every caching feature. */
const standInId = 'anthropic.claude-sonnet-4-6';

const dialectOf = (entry: ModelEntry): Dialect =>
  entry.id.startsWith('anthropic.') ? 'claude' : entry.id.startsWith('amazon.nova-') ? 'nova' : 'other';

const targetOf = (kind: Target['kind'], entry: ModelEntry, isNamed = true): Target => ({
  kind,
  entry: isNamed ? entry : { ...entry, name: `A model that is not known (${entry.name} stands in)` },
  dialect: dialectOf(entry),
  isNamed,
});

const invalidId = invalid('The provided model identifier is invalid.');

/** An id that the catalog lacks may be a model's all the same, such as one that is newer: another model answers in its place. */
const unknownTarget = (modelId: string): Target | ServiceError => {
  const entry = modelIdPattern.test(modelId) ? findEntry(standInId, []) : undefined;
  if (entry === undefined) return invalidId;
  const lacking = namedModel(modelId);
  return { ...targetOf('standIn', entry, false), ...(lacking === undefined ? {} : { lacking }) };
};

const opaqueTarget = (resolution: Extract<Resolution, { kind: 'opaque' }>): Target | undefined => {
  const entry = resolution.entry ?? findEntry(standInId, []);
  if (entry === undefined || resolution.resource === 'other') return undefined;
  const isNamed = resolution.entry !== undefined;
  if (resolution.resource === 'provisioned') return targetOf('provisioned', entry, isNamed);
  return targetOf(resolution.resource === 'prompt' ? 'managedPrompt' : 'standIn', entry, isNamed);
};

const endedBy = ({ lifecycle }: ModelEntry, now: number): boolean => {
  if (lifecycle.kind !== 'retired' && lifecycle.kind !== 'legacy') return false;
  return lifecycle.endOfLife === undefined ? lifecycle.kind === 'retired' : Date.parse(lifecycle.endOfLife) <= now;
};

/** The model behind an id, or the service's refusal: no id of a model (E16) or past its end of life (E17). */
export const resolveTarget = (modelId: string, now: number, profileModels: ProfileModels = {}): Target | ServiceError => {
  const resolution = resolveModel(modelId, { profileModels });
  if (resolution.kind === 'empty') return invalidId;
  if (resolution.kind === 'unknown') return unknownTarget(resolution.id);
  if (resolution.kind === 'opaque') return opaqueTarget(resolution) ?? invalidId;
  const { entry, kind } = resolution;
  return endedBy(entry, now)
    ? serviceError('ResourceNotFoundException', 'This model version has reached the end of its life.')
    : targetOf(kind, entry);
};

/** The refusal of a bare id whose model is reached through an inference profile only (E1); tokens can be counted all the same. */
export const profileNeeded = ({ kind, entry }: Target, modelId: string): ServiceError | undefined =>
  kind === 'bare' && entry.onDemand === false && levelOf('id.onDemand', entry.id) === 'error'
    ? invalid(
        `Invocation of model ID ${modelId} with on-demand throughput isn’t supported. ` +
          'Retry your request with the ID or ARN of an inference profile that contains this model.',
      )
    : undefined;

/** Did resolution end in a refusal? */
export const isRefused = (result: Target | ServiceError): result is ServiceError => 'status' in result;
