/** Entry of the bundle `dist/prompts.js`: the view of all prompts of a workspace, and who reads a text, loaded when one of them is looked at. */
import * as vscode from 'vscode';
import type { FeatureDeps } from './feature';
import type { StartThread } from './ports';
import { createIndexClient } from './prompts/indexClient';
import { writePolicy, type PolicyDeps } from './prompts/policy';
import { registerReaders } from './prompts/readers';
import { createPromptsView, type PromptsView } from './prompts/view';

/** What the extension asks of it. */
export interface PromptsPart extends vscode.Disposable {
  /** The view is looked at for the first time. */
  showView(): void;
  askForFilter(): Promise<void>;
  refresh(): void;
  /** The least IAM policy for all prompts. */
  writePolicy(deps: Pick<PolicyDeps, 'bedrock' | 'target'>): Promise<void>;
  stop(): void;
}

export const createPrompts = (deps: FeatureDeps, startThread: StartThread): PromptsPart => {
  const client = createIndexClient(deps, startThread);
  const readers = registerReaders(deps, client);
  let view: PromptsView | undefined;
  const shown = (): PromptsView => (view ??= createPromptsView(deps, client));
  return {
    showView: () => void shown(),
    askForFilter: () => shown().askForFilter(),
    refresh: () => client.refresh(),
    writePolicy: (more) => writePolicy(client, { ...deps, ...more }),
    stop: () => client.stop(),
    dispose: () => vscode.Disposable.from(...(view === undefined ? [] : [view]), readers, client).dispose(),
  };
};
