import type { WhyAction } from '../messages/whyActions';

/** What the card says of a miss, and what can be done about it. */
export interface WhyView {
  readonly title: string;
  readonly tone: 'neutral' | 'good' | 'bad';
  /** Causes first, a sentence each. */
  readonly sentences: readonly string[];
  readonly actions: readonly { readonly action: WhyAction; readonly label: string }[];
}
