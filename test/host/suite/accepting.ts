import * as vscode from 'vscode';

/** Accepts what a command asks, until it is over: the first row of a list, the text of an input box as it stands. */
export const acceptFirst = async (running: Thenable<unknown>): Promise<void> => {
  let over = false;
  void Promise.resolve(running).finally(() => (over = true));
  for (let tries = 0; !over && tries < 200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
};
