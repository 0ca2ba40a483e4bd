import type { PanelTab, TabMessage, TabView } from '../../core/panel/protocol';
import type { PromptRef } from '../promptRef';

/** What is done with each kind of message; the compiler asks for one per kind. */
export type Receivers<M extends { readonly type: string }> = {
  readonly [K in M['type']]: (message: Extract<M, { readonly type: K }>) => Promise<unknown> | undefined | void;
};

/** A tab of the panel, as the editor keeps it: what it shows of a prompt, and what its messages do. */
export interface Tab<T extends PanelTab> {
  /** Asked for while the tab is shown, that of the runs always; `undefined`: there is no such prompt. */
  view(prompt: PromptRef | undefined): TabView<T> | undefined;
  readonly receive: Receivers<TabMessage<T>>;
}

export type Tabs = { readonly [T in PanelTab]: Tab<T> };
