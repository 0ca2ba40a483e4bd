import type { Json } from '../text/json';
import type { Place } from '../text/place';
import type { Segment } from '../text/segment';
import type { Located, Span } from '../text/span';

export interface TextBlock {
  readonly kind: 'text';
  readonly segments: readonly Segment[];
  readonly span: Span;
  readonly foreign?: Place;
}

/** Text in the document that stands for a cache point. */
export interface MarkerBlock {
  readonly kind: 'cachePoint';
  /** As written; `undefined` means the model's default. */
  readonly ttl: Located<string> | undefined;
  readonly span: Span;
  readonly foreign?: Place;
}

export type MediaSource =
  { readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array | undefined } | { readonly kind: 's3'; readonly uri: string };

export interface MediaBlock {
  readonly kind: 'media';
  readonly member: 'image' | 'document';
  readonly format: string;
  readonly name: string;
  readonly source: MediaSource;
  readonly span: Span;
  readonly foreign?: Place;
}

/** Any other member of Converse's block unions, kept as it was written. `texts` are the strings inside it that a model reads. */
export interface JsonBlock {
  readonly kind: 'json';
  readonly member: string;
  readonly value: Json;
  /** Are `{{name}}` in its strings variables? */
  readonly templated: boolean;
  readonly texts: readonly Segment[];
  readonly span: Span;
  readonly foreign?: Place;
}

/**
 * One entry of a list of the request. `span` is where it stands for a reader of the document; `foreign` is where it is truly written when another
 * file brings it in, and then `span` is where that file is named.
 */
export type Block = TextBlock | MarkerBlock | MediaBlock | JsonBlock;

/** All text of a block that a model reads and that may hold variables, in the order of the block. */
export const segmentsOf = (block: Block): readonly Segment[] =>
  block.kind === 'text' ? block.segments : block.kind === 'json' ? block.texts : [];
