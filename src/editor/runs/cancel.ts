import type * as vscode from 'vscode';

/** Runs work under an abort signal that follows the token, and lets go of the token when the work is done. */
export const withSignal = async <T>(token: vscode.CancellationToken, controller: AbortController, work: () => Promise<T>): Promise<T> => {
  if (token.isCancellationRequested) controller.abort();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    return await work();
  } finally {
    listener.dispose();
  }
};
