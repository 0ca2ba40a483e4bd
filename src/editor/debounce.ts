import type { Disposable } from 'vscode';

/** Changes are gathered for this long before diagnostics and decorations follow them. */
export const typingPauseMs = 150;

/** Work that takes long waits longer, so that most of the time is left to whoever types; but no longer than this. */
const longestPauseMs = 2_000;
const pauseOfWork = 4;

export interface Debounced extends Disposable {
  /** Does the work after a pause, and once for all calls before it. Without a pause given it is that of typing, or longer by what the work took last. */
  soon(pauseMs?: number): void;
}

/** Work that waits until the changes that ask for it have ended. */
export const debounce = (work: () => void, now: () => number = () => performance.now()): Debounced => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let usualMs = typingPauseMs;
  const run = (): void => {
    const started = now();
    try {
      work();
    } finally {
      usualMs = Math.min(longestPauseMs, Math.max(typingPauseMs, pauseOfWork * (now() - started)));
    }
  };
  return {
    soon(pauseMs = usualMs) {
      clearTimeout(timer);
      timer = setTimeout(run, pauseMs);
    },
    dispose: () => clearTimeout(timer),
  };
};
