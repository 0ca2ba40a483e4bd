/**
 * What one language has to say about the present. All words are written in lower case, as the text is read; a space stands for a space, a hyphen,
 * an underscore or nothing, so that keys such as `current_date` are words too. Words may be regular expressions of bounded length.
 */
export interface Language {
  /** Twelve names, as they stand in a date, then any short forms that are no beginning of a name. */
  readonly months: string;
  readonly weekdays: string;
  /** The bare adverb, also behind a date: "14 October 2026 (today)". */
  readonly today: string;
  /** Say, wherever they stand, that the date or time right behind them is of this moment. */
  readonly now: readonly string[];
  /** Say so only where they open a line or a sentence; elsewhere they are part of a text about something else. */
  readonly opens: readonly string[];
  /**
   * Names of a date or a time with the verb that gives it. They say so where they open a sentence, of a date with a time; of one of the two only where
   * nothing else is said of it.
   */
  readonly states?: readonly string[];
  /** Names of a date with a time, and what is said of both alike ("it is"). Only the two together, at the opening, are surely of this moment: a date alone may be that of a document. */
  readonly stamps: readonly string[];
  /** Bare names of a date or a time. As labels of a date with a time, with nothing else on their line, they say so. */
  readonly labels?: readonly string[];
  /** Names of an identifier of one request or session. */
  readonly ids: readonly string[];
  /** Words by which a sentence supposes, quotes or explains rather than states. */
  readonly supposes: readonly string[];
  /** Labels of an example, and the labels of who speaks in one. */
  readonly examples: readonly string[];
  readonly speakers: readonly string[];
  /** Words are written together with what stands around them: no boundary is looked for. */
  readonly unspaced?: true;
}
