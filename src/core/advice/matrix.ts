import { catalogWith } from '../models/catalog';
import { suggestProfile, type Reach } from '../models/profiles';
import { entryOf, profileKindOf, regionOf, resolveModel, type Resolution } from '../models/resolve';
import type { CacheTtl, Certainty, ContentKind, Figure, Lifecycle, ModelEntry } from '../models/types';
import type { Block, Prompt } from '../prompt/model';
import { addressOf, takesBody } from '../request/address';
import type { TokenEstimate } from '../figures/band';
import { legalPlaces } from './legalPlaces';
import type { PlacementTraffic } from './placementGain';
import { planCache, type CachePlan, type Checkpoint, type PlanOptions, type Verdict } from '../cache/plan';
import { fitOf, isWritten } from '../cache/written';
import { savingsOf } from '../traffic/savings';
import { planFigures } from './solve';
import type { Break } from '../varies/variation';

/** Why a model caches this prompt as it is written, or does not. */
export type MatrixReason =
  /** This is the last checkpoint that is written and read again. */
  | { readonly kind: 'caches'; readonly checkpoint: number; readonly tokens: TokenEstimate; readonly sure: boolean }
  /** What the service makes of the last checkpoint that could be read again. */
  | { readonly kind: 'verdict'; readonly checkpoint: number; readonly verdict: Exclude<Verdict, { kind: 'caches' }> }
  /** The call fails: the model does not have this lifetime. */
  | { readonly kind: 'ttl'; readonly checkpoint: number; readonly ttl: string }
  /** Everything marked varies with each request. */
  | { readonly kind: 'neverRead'; readonly by: Break }
  /** `possible`: a marker at a good place would be written. */
  | { readonly kind: 'noMarkers'; readonly possible: boolean }
  /** No markers, and the model caches by itself or not at all. */
  | { readonly kind: 'noCaching'; readonly byItself: boolean };

/** This prompt on one model. Amounts are USD of input for one call, `undefined` where no price is known. */
export interface MatrixRow {
  readonly entry: ModelEntry;
  /** The id to switch to: of the prompt's own profile kind where the model has it. */
  readonly modelId: string;
  /** The prompt's model now. */
  readonly current: boolean;
  readonly caches: 'yes' | 'maybe' | 'no';
  readonly reason: MatrixReason;
  /** The service would refuse the call as it is written, for its markers, its length or its content. */
  readonly refused: boolean;
  readonly fitsContext: boolean;
  /** Content of the prompt that the model is known to refuse. */
  readonly refusedContent: readonly ContentKind[];
  readonly minimum: Figure | undefined;
  readonly ttls: readonly CacheTtl[];
  readonly tokens: TokenEstimate;
  /** Tokens that a later call reads. */
  readonly readTokens: number;
  readonly uncachedUsd: number | undefined;
  readonly coldUsd: number | undefined;
  readonly warmUsd: number | undefined;
  /** Mean over the calls of the given traffic, with the higher figure where a price is disputed; without caching where the call is refused. */
  readonly expectedUsd: number | undefined;
  readonly lifecycle: Lifecycle;
  readonly certainty: Certainty;
}

export interface MatrixOptions extends PlanOptions {
  readonly traffic: PlacementTraffic;
  /** AWS Region that runs go to, where a setting names one. */
  readonly region?: string;
  /** How far a call may go; anywhere where nothing is said. */
  readonly reach?: Reach;
}

/** Verdicts under which the service answers with an error. */
const failing: readonly Verdict['kind'][] = ['tooMany', 'unsupportedField', 'unsupportedModel', 'nothingBefore', 'refused'];

/** The id of a model in the prompt's own way of calling: its profile prefix, or the bare id where that may be called. */
const idFor = (entry: ModelEntry, now: Resolution, { region, reach }: Pick<MatrixOptions, 'region' | 'reach'>): string => {
  const kind = profileKindOf(now);
  if (kind !== undefined && entry.profiles.includes(kind) && !(kind === 'global' && reach === 'geography')) return `${kind}.${entry.id}`;
  if (kind === 'inRegion' && entry.onDemand !== false) return entry.id;
  const [suggested] = suggestProfile(entry, region ?? regionOf(now), reach);
  const [first] = entry.profiles.filter((prefix) => prefix !== 'global' || reach !== 'geography');
  return suggested ?? (first === undefined ? entry.id : `${first}.${entry.id}`);
};

/** A checkpoint whose lifetime the model does not have: the service refuses the call. */
const wrongTtl = (plan: CachePlan): Checkpoint | undefined => {
  const { caching } = plan;
  return caching?.kind !== 'explicit' ? undefined : plan.checkpoints.find(({ ttl }) => !caching.ttls.some((offered) => offered === ttl));
};

const reasonWithoutMarkers = (plan: CachePlan, conversation: boolean | undefined): MatrixReason =>
  plan.caching?.kind === 'explicit'
    ? { kind: 'noMarkers', possible: legalPlaces(plan, plan.caching, conversation).length > 0 }
    : { kind: 'noCaching', byItself: plan.caching?.kind === 'implicit' };

const reasonFor = (plan: CachePlan, traffic: PlacementTraffic): MatrixReason => {
  const { checkpoints } = plan;
  const [first] = checkpoints;
  if (first === undefined) return reasonWithoutMarkers(plan, traffic.conversation);
  const failed = checkpoints.find(({ verdict }) => failing.includes(verdict.kind));
  if (failed !== undefined && failed.verdict.kind !== 'caches')
    return { kind: 'verdict', checkpoint: failed.number, verdict: failed.verdict };
  const ttl = wrongTtl(plan);
  if (ttl !== undefined) return { kind: 'ttl', checkpoint: ttl.number, ttl: ttl.ttl };
  const useful = checkpoints.filter(({ reuse }) => reuse.kind !== 'never' || traffic.conversation === true);
  const last = useful.at(-1);
  if (last === undefined)
    return first.reuse.kind === 'never' ? { kind: 'neverRead', by: first.reuse.by } : { kind: 'noMarkers', possible: false };
  const {
    number: checkpoint,
    verdict,
    prefix,
  } = useful.findLast((point) => fitOf(point) === 'surely') ?? useful.findLast(isWritten) ?? last;
  return verdict.kind === 'caches'
    ? { kind: 'caches', checkpoint, tokens: prefix, sure: verdict.sure }
    : { kind: 'verdict', checkpoint, verdict };
};

const isRefused = (reason: MatrixReason): boolean =>
  reason.kind === 'ttl' || (reason.kind === 'verdict' && failing.includes(reason.verdict.kind));

const cachesBy = (reason: MatrixReason): MatrixRow['caches'] =>
  reason.kind === 'caches'
    ? reason.sure
      ? 'yes'
      : 'maybe'
    : reason.kind === 'verdict' && reason.verdict.kind === 'belowMinimum' && !reason.verdict.certain
      ? 'maybe'
      : 'no';

const maxTokensOf = (prompt: Prompt): number => {
  const config = prompt.header.fields['inferenceConfig']?.value;
  const asked = typeof config === 'object' && config !== null && 'maxTokens' in config ? config.maxTokens : undefined;
  return typeof asked === 'number' && asked > 0 ? asked : 0;
};

const isContent = (block: Block, kind: ContentKind): boolean => (block.kind === 'media' || block.kind === 'json') && block.member === kind;

const rowFor = (prompt: Prompt, entry: ModelEntry, modelId: string, current: boolean, options: MatrixOptions): MatrixRow => {
  const at = prompt.header.modelId?.span ?? { start: 0, end: 0 };
  const moved: Prompt = { ...prompt, header: { ...prompt.header, modelId: { value: modelId, span: at } } };
  const plan = planCache(moved, options);
  const reason = reasonFor(plan, options.traffic);
  const fitsContext = plan.total.likely + Math.min(maxTokensOf(prompt), entry.maxOutputTokens) <= entry.contextWindow;
  const refusedContent = (entry.refusesContent ?? []).filter((kind) => plan.blocks.some(({ block }) => isContent(block, kind)));
  const savings = savingsOf(plan);
  const uncachedUsd = savings?.uncached.likely;
  const refusedMarkers = isRefused(reason);
  return {
    entry,
    modelId,
    current,
    caches: cachesBy(reason),
    reason,
    refused: refusedMarkers || !fitsContext || refusedContent.length > 0,
    fitsContext,
    refusedContent,
    minimum: entry.caching.kind === 'none' ? undefined : entry.caching.minimum,
    ttls: entry.caching.kind === 'explicit' ? entry.caching.ttls : [],
    tokens: plan.total,
    readTokens: refusedMarkers ? 0 : (savings?.readTokens ?? 0),
    uncachedUsd,
    coldUsd: refusedMarkers ? uncachedUsd : savings?.cold.likely,
    warmUsd: refusedMarkers ? uncachedUsd : savings?.warm.likely,
    expectedUsd: refusedMarkers ? uncachedUsd : planFigures(plan, options.traffic).usdPerCall,
    lifecycle: entry.lifecycle,
    certainty: entry.certainty,
  };
};

const rank: Readonly<Record<MatrixRow['caches'], number>> = { yes: 0, maybe: 1, no: 2 };

/** Models that can be called before those that cannot any more, caching ones first, then the cheapest call; unknown prices last. */
const inOrder = (a: MatrixRow, b: MatrixRow): number =>
  Number(a.lifecycle.kind === 'retired') - Number(b.lifecycle.kind === 'retired') ||
  rank[a.caches] - rank[b.caches] ||
  (a.expectedUsd ?? Number.MAX_VALUE) - (b.expectedUsd ?? Number.MAX_VALUE) ||
  (a.entry.id < b.entry.id ? -1 : 1);

/** This prompt on every model that takes such a request, as it is written: what is cached and what a call costs. Pure. */
export const modelMatrix = (prompt: Prompt, options: MatrixOptions): readonly MatrixRow[] => {
  const now = resolveModel(addressOf(prompt, options), options);
  const currentId = entryOf(now)?.id;
  return catalogWith(options.overrides ?? [])
    .filter((entry) => entry.surfaces.includes('runtime') && takesBody(prompt.api, entry))
    .map((entry) => rowFor(prompt, entry, idFor(entry, now, options), entry.id === currentId, options))
    .sort(inOrder);
};
