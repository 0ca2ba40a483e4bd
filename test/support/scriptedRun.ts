import type { RunEvent } from '../../src/core/runs/events';
import type { RunPort, Target } from '../../src/core/runs/port';

/** The emulator of this machine, at a port where nobody listens. */
export const localTarget: Target = {
  service: 'emulator',
  endpoint: 'http://127.0.0.1:1',
  region: undefined,
  profile: undefined,
  timeoutMs: 1000,
  maxAttempts: 1,
};

export const started = (at = 0): RunEvent => ({ type: 'started', at, modelId: 'm', identity: 'none' });

/** A call that goes well, from this moment on: it answers "Hello". */
export const wholeRun = (at: number): readonly RunEvent[] => [
  started(at),
  { type: 'text', at: at + 5, delta: 'Hel' },
  { type: 'text', at: at + 6, delta: 'lo' },
  { type: 'usage', at: at + 7, usage: { input: 8, output: 2, cacheRead: 0, cacheWrite: 2000, writes: [] }, latencyMs: 7 },
  { type: 'stopped', at: at + 7, reason: 'end_turn' },
  { type: 'finished', at: at + 8, requestId: 'r', attempts: 1 },
];

/** A port that plays these events, and keeps what it was sent. */
export const scripted = (events: readonly RunEvent[]): RunPort & { readonly requests: unknown[] } => {
  const requests: unknown[] = [];
  async function* play(request: unknown): AsyncGenerator<RunEvent> {
    requests.push(request);
    yield* events;
  }
  return Object.assign(play, { requests });
};
