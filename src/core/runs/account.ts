import type { OpaqueResource } from '../models/resolve';
import type { RunFailure } from './failure';

/** What an AWS account can call in one Region, as its control plane tells it. */

/** How a prompt would name it. */
export type CallableKind =
  /** A model by its own id. */
  | 'model'
  /** An inference profile that AWS defines. */
  | 'profile'
  /** An inference profile that the account made; its ARN hides its model. */
  | 'applicationProfile'
  | 'router'
  /** Provisioned Throughput. */
  | 'provisioned';

/** What can stand as a prompt's `modelId`. */
export interface Callable {
  /** The id or the ARN. */
  readonly id: string;
  readonly kind: CallableKind;
  /** As the account calls it. */
  readonly name: string;
  /** Ids of the models that may answer: one, or those that a router chooses between. */
  readonly modelIds: readonly string[];
  /** Regions in which a call may be processed, sorted. */
  readonly regions: readonly string[];
  /** Any commercial Region may process it. */
  readonly worldwide: boolean;
}

/** A list that the account did not give, by the IAM action that gives it. */
export interface Ungiven {
  readonly action: string;
  readonly failure: RunFailure;
}

export interface AccountModels {
  readonly region: string;
  readonly callables: readonly Callable[];
  /** The lists that were refused; the others are there all the same. */
  readonly ungiven: readonly Ungiven[];
}

/** May the account call a model? `because` are the members of the answer that say no, as the API names them. */
export type ModelAccess = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly because: readonly string[] };

const askable: ReadonlySet<OpaqueResource> = new Set<OpaqueResource>(['applicationProfile', 'promptRouter', 'provisioned', 'customModel']);

/** Can the account be asked which model answers behind such an ARN? */
export const isAskable = (resource: OpaqueResource): boolean => askable.has(resource);

export type OrFailure<T> = T | RunFailure;

export const isFailure = <T extends object>(answer: OrFailure<T>): answer is RunFailure => 'code' in answer;
