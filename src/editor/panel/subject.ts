import type { PromptRef } from '../promptRef';

/** The prompt that the panel is about, for its tabs. */
export interface PanelSubject {
  readonly prompt: PromptRef | undefined;
  /** What a tab shows of it is another now. */
  changed(): void;
  /** The panel is about another prompt from now on. */
  select(prompt: PromptRef | undefined): void;
}
