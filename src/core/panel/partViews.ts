/** A line of a further part of an answer; empty texts are not shown. */
export interface PartView {
  readonly head: string;
  readonly note: string;
  readonly text: string;
}

/** Further parts of one kind: citations, search results, a guardrail's findings and the like. */
export interface PartGroupView {
  readonly kind: string;
  readonly title: string;
  readonly items: readonly PartView[];
}
