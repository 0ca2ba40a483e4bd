import type { Span } from './span';

/** Which text a place is in: 0 is the document itself, others are files that it brings in. */
export type SourceId = number;
export const theDocument: SourceId = 0;

/** A text that a prompt is made from; the document has an empty path, other paths are relative to its folder. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** All texts that a prompt is made from, by their ids. */
export type Sources = readonly Source[];

export interface Place {
  readonly source: SourceId;
  readonly span: Span;
}

export const inDocument = (span: Span): Place => ({ source: theDocument, span });
