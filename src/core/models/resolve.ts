import { assertNever } from '../text/assertNever';
import { parseArn, type Arn } from './arn';
import { catalogWith, findEntry } from './catalog';
import { profilePrefixes } from './profiles';
import { findSimilar } from './suggest';
import type { ModelEntry, ProfileKind } from './types';

/** What an ARN names when the id itself does not say which model answers. */
export type OpaqueResource =
  | 'applicationProfile'
  | 'provisioned'
  | 'prompt'
  | 'promptRouter'
  | 'customModel'
  | 'importedModel'
  | 'endpoint'
  /** An ARN of a kind this extension does not know. */
  | 'other';

interface Known {
  readonly entry: ModelEntry;
  /** Which prices apply. */
  readonly profileKind: ProfileKind;
  /** The AWS Region, where an ARN names it. */
  readonly region: string | undefined;
  /** `200k` or `1m` behind the id: how provisioned and client-side variants are written; the model is the one without it. */
  readonly contextSuffix: string | undefined;
}

/** What a model id is. */
export type Resolution =
  /** A base model on demand, by its id or by a foundation-model ARN. */
  | (Known & { readonly kind: 'bare' })
  /** A system-defined inference profile; `listed`: the catalog knows this model to have it. */
  | (Known & { readonly kind: 'profile'; readonly prefix: string; readonly listed: boolean })
  /** An ARN that hides its model; `entry` is set when the setting `cachepoint.profileModels` maps it to a known one. */
  | {
      readonly kind: 'opaque';
      readonly resource: OpaqueResource;
      readonly arn: string;
      readonly region: string | undefined;
      readonly entry: ModelEntry | undefined;
      readonly profileKind: ProfileKind | undefined;
      /** What the setting maps it to, known or not. */
      readonly mappedTo: string | undefined;
    }
  /** No known model; `suggestions` are ids of known ones that look like it, nearest first. */
  | { readonly kind: 'unknown'; readonly id: string; readonly region: string | undefined; readonly suggestions: readonly string[] }
  | { readonly kind: 'empty' };

/** What resolution may use besides the catalog. */
export interface ResolveOptions {
  /** Opaque ARN → model id or profile id. */
  readonly profileModels?: Readonly<Record<string, string>>;
  readonly overrides?: readonly ModelEntry[];
}

/** The model that a resolution leads to, if any. */
export const entryOf = (resolution: Resolution): ModelEntry | undefined => {
  switch (resolution.kind) {
    case 'bare':
    case 'profile':
    case 'opaque':
      return resolution.entry;
    case 'unknown':
    case 'empty':
      return undefined;
    default:
      return assertNever(resolution);
  }
};

/** The profile kind that decides the price, if the model is known. */
export const profileKindOf = (resolution: Resolution): ProfileKind | undefined =>
  'profileKind' in resolution ? resolution.profileKind : undefined;

/** May any commercial Region process the call? `undefined`: the id does not say where it goes. */
export const goesAnywhere = (resolution: Resolution): boolean | undefined => {
  if (resolution.kind === 'unknown') return resolution.id.startsWith('global.');
  const kind = profileKindOf(resolution);
  return kind === undefined ? undefined : kind === 'global';
};

/** The AWS Region that the id itself names, if it does. */
export const regionOf = (resolution: Resolution): string | undefined => ('region' in resolution ? resolution.region : undefined);

const splitPrefix = (id: string, known: (rest: string, prefix: string) => boolean): readonly [string | undefined, string] => {
  const dot = id.indexOf('.');
  const prefix = id.slice(0, Math.max(dot, 0));
  const rest = id.slice(dot + 1);
  return dot > 0 && known(rest, prefix) ? [prefix, rest] : [undefined, id];
};

const resolveKnown = (id: string, region: string | undefined, overrides: readonly ModelEntry[]): Resolution | undefined => {
  const find = (base: string, contextSuffix: string | undefined): Resolution | undefined => {
    const bare = findEntry(base, overrides);
    if (bare) return { kind: 'bare', entry: bare, profileKind: 'inRegion', region, contextSuffix };
    const [prefix, rest] = splitPrefix(base, (_, head) => profilePrefixes.includes(head));
    const entry = prefix === undefined ? undefined : findEntry(rest, overrides);
    if (!entry || prefix === undefined) return undefined;
    return { kind: 'profile', entry, prefix, profileKind: prefix, listed: entry.profiles.includes(prefix), region, contextSuffix };
  };
  const suffixed = /^(.+):(\d{1,4}[km])$/.exec(id);
  return find(id, undefined) ?? (suffixed?.[1] === undefined ? undefined : find(suffixed[1], suffixed[2]));
};

const unknown = (id: string, region: string | undefined, overrides: readonly ModelEntry[]): Resolution => {
  const [prefix, rest] = splitPrefix(id, (_, head) => profilePrefixes.includes(head));
  const suggestions = findSimilar(rest, catalogWith(overrides)).map((entry) =>
    prefix !== undefined && entry.profiles.includes(prefix) ? `${prefix}.${entry.id}` : entry.id,
  );
  return { kind: 'unknown', id, region, suggestions };
};

const resolveId = (id: string, region: string | undefined, overrides: readonly ModelEntry[]): Resolution =>
  resolveKnown(id, region, overrides) ?? unknown(id, region, overrides);

const bedrockResources: Readonly<Record<string, OpaqueResource>> = {
  'application-inference-profile': 'applicationProfile',
  'provisioned-model': 'provisioned',
  prompt: 'prompt',
  'prompt-router': 'promptRouter',
  'default-prompt-router': 'promptRouter',
  'custom-model': 'customModel',
  'custom-model-deployment': 'customModel',
  'imported-model': 'importedModel',
  'marketplace-model-endpoint': 'endpoint',
};

const resourceOf = (arn: Arn | undefined): OpaqueResource => {
  if (arn?.service === 'sagemaker' && arn.type === 'endpoint') return 'endpoint';
  const known = arn?.service === 'bedrock' && Object.hasOwn(bedrockResources, arn.type) ? bedrockResources[arn.type] : undefined;
  return known ?? 'other';
};

const mappingOf = (arn: string, profileModels: Readonly<Record<string, string>> | undefined): string | undefined => {
  const mapped: unknown = profileModels && Object.hasOwn(profileModels, arn) ? profileModels[arn] : undefined;
  return typeof mapped === 'string' && mapped.trim() !== '' ? mapped.trim() : undefined;
};

const resolveOpaque = (text: string, arn: Arn | undefined, options: ResolveOptions): Resolution => {
  const mappedTo = mappingOf(text, options.profileModels);
  const target = mappedTo === undefined ? undefined : resolveModel(mappedTo, { overrides: options.overrides ?? [] });
  return {
    kind: 'opaque',
    resource: resourceOf(arn),
    arn: text,
    region: arn?.region,
    entry: target && entryOf(target),
    profileKind: target && profileKindOf(target),
    mappedTo,
  };
};

/** Says what a model id is: total, for any string; white space around it is not part of it. */
export const resolveModel = (modelId: string, options: ResolveOptions = {}): Resolution => {
  const id = modelId.trim();
  const overrides = options.overrides ?? [];
  if (id === '') return { kind: 'empty' };
  if (!id.startsWith('arn:')) return resolveId(id, undefined, overrides);
  const arn = parseArn(id);
  const namesModel = arn?.service === 'bedrock' && (arn.type === 'foundation-model' || arn.type === 'inference-profile');
  return arn && namesModel ? resolveId(arn.name, arn.region, overrides) : resolveOpaque(id, arn, options);
};
