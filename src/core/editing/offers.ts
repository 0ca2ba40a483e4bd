import type { Span } from '../text/span';

/** Something that can be typed at the cursor, as data: the editor shows it in its own list. */
export interface Offer {
  readonly kind: 'key' | 'value' | 'model' | 'variable' | 'marker' | 'role';
  readonly label: string;
  /** One line beside the label. */
  readonly detail: string;
  /** More, for whoever asks: a sentence each. */
  readonly help: readonly string[];
  /** What is written, as a snippet. */
  readonly insert: string;
  /** What is compared with what was typed. */
  readonly filter: string;
  /** Those with a smaller one come first, of equals. */
  readonly sort: string;
  /** What is replaced. */
  readonly span: Span;
  /** Are suggestions wanted again after it? */
  readonly goesOn: boolean;
}

/** Two digits and more, so that texts sort as numbers do. */
export const rank = (value: number): string => String(value).padStart(4, '0');

/** Text as it stands in a snippet. */
export const inSnippet = (text: string): string => text.replaceAll(/[\\$}]/g, '\\$&');
