import * as vscode from 'vscode';

/** Keeps the context key `cachepoint.active`, by which commands are shown: a prompt is being worked on, in its editor or in the panel. */
export interface ActiveContext {
  setEditor(active: boolean): void;
  setPanel(active: boolean): void;
}

/** Tells VS Code only when the answer changes. */
export const createActiveContext = (): ActiveContext => {
  let editor = false;
  let panel = false;
  let lastSet: boolean | undefined;
  const tell = (): void => {
    const active = editor || panel;
    if (active === lastSet) return;
    lastSet = active;
    void vscode.commands.executeCommand('setContext', 'cachepoint.active', active);
  };
  return {
    setEditor(active) {
      editor = active;
      tell();
    },
    setPanel(active) {
      panel = active;
      tell();
    },
  };
};
