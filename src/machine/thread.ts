import { Worker } from 'node:worker_threads';

/** A program in a thread of its own. */
export interface Thread {
  post(message: unknown): void;
  stop(): void;
}

/** Starts a program of ours beside the editor. `failed` is told once when it cannot go on. */
export const startThread = (script: string, heard: (message: unknown) => void, failed: (error: Error) => void): Thread => {
  // What the editor's own process was started with is nothing for it.
  const worker = new Worker(script, { execArgv: [] });
  worker.on('message', heard);
  worker.on('error', failed);
  return {
    post: (message) => worker.postMessage(message),
    stop: () => void worker.terminate(),
  };
};
