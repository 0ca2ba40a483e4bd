import type { Disposable } from 'vscode';

/** Changes are gathered for this long before diagnostics and decorations follow them. */
export const typingPauseMs = 150;

export interface Debounced extends Disposable {
  /** Does the work after a pause, and once for all calls before it. */
  soon(pauseMs?: number): void;
}

/** Work that waits until the changes that ask for it have ended. */
export const debounce = (work: () => void): Debounced => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    soon(pauseMs = typingPauseMs) {
      clearTimeout(timer);
      timer = setTimeout(work, pauseMs);
    },
    dispose: () => clearTimeout(timer),
  };
};
