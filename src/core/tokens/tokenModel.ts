import type { TokenFamily } from '../models/types';
import type { InvokeApi } from '../prompt/api';

/** What an estimate needs to know of a model; every `ModelEntry` will do. */
export interface TokenModel {
  readonly tokens: TokenFamily;
  readonly toolPrompt?: readonly [auto: number, forced: number];
  readonly id?: string;
  readonly readsPdfAsText?: boolean;
  readonly hidesOutputSchema?: boolean;
  /** The body of InvokeModel that the request is sent as; absent for Converse. */
  readonly api?: InvokeApi;
}
