import type { CachePlan } from '../cache/plan';
import type { OpaqueResource } from '../models/resolve';
import type { Door } from '../request/types';

/** What a prompt's model id names, as far as permissions go. */
export type PolicyResource =
  | { readonly kind: 'model'; readonly id: string }
  /** `prefix`: `us`, `global` … */
  | { readonly kind: 'profile'; readonly prefix: string; readonly modelId: string }
  /** `modelId`: of the model behind it, where that is known. */
  | { readonly kind: 'opaque'; readonly arn: string; readonly resource: OpaqueResource; readonly modelId: string | undefined }
  /** No model of the catalog. */
  | { readonly kind: 'unknown'; readonly id: string };

/** What a prompt needs to be run. */
export interface PolicyUse {
  readonly resource: PolicyResource;
  readonly door: Door;
  /** The operation that counts its tokens exactly, where there is one. */
  readonly counted: 'runtime' | 'mantle' | undefined;
}

const resourceOf = ({ resolution, modelId }: CachePlan): PolicyResource | undefined => {
  switch (resolution.kind) {
    case 'bare':
      return { kind: 'model', id: resolution.entry.id };
    case 'profile':
      return { kind: 'profile', prefix: resolution.prefix, modelId: resolution.entry.id };
    case 'opaque':
      return { kind: 'opaque', arn: resolution.arn, resource: resolution.resource, modelId: resolution.entry?.id };
    case 'unknown':
      return { kind: 'unknown', id: resolution.id };
    case 'empty':
      return modelId === '' ? undefined : { kind: 'unknown', id: modelId };
  }
};

/** What running and counting a prompt asks permission for; `undefined`: it names no model. */
export const policyUseOf = (plan: CachePlan): PolicyUse | undefined => {
  const resource = resourceOf(plan);
  if (resource === undefined) return undefined;
  const { model, door } = plan;
  const onMantle = model?.countTokensOnMantle === true ? 'mantle' : undefined;
  const counted = model === undefined ? undefined : model.countTokens === false ? onMantle : 'runtime';
  return { resource, door, counted };
};
