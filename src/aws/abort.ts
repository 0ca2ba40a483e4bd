import type { CancelSignal } from '../core/runs/cancel';

/** What `untilAborted` rejects with; judged by the signal, never by its text. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
}

/** A controller that aborts with the caller's signal; `end` lets go of that signal and closes whatever is still open. */
export const followSignal = (signal: CancelSignal): { readonly signal: AbortSignal; end(): void } => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    end() {
      signal.removeEventListener('abort', abort);
      abort();
    },
  };
};

/** Settles as `work` does, or rejects at once on abort: parts of the SDK (sign-in above all) do not listen to the signal. */
export const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(new Aborted('aborted'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** Waits `delayMs`; rejects at once on abort and leaves no timer behind. */
export const pause = (delayMs: number, signal: AbortSignal): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  return untilAborted(waited, signal).finally(() => clearTimeout(timer));
};
