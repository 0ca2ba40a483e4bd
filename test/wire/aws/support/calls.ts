import assert from 'node:assert/strict';
import { run } from '../../../../src/aws/run';
import type { ConverseRequest, WireCall } from '../../../../src/core/request/types';
import type { RunEvent } from '../../../../src/core/runs/events';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { Target } from '../../../../src/core/runs/port';

export const request: ConverseRequest = {
  modelId: 'anthropic.claude-test-v1:0',
  system: [{ text: 'Be brief.' }],
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
};

/** A call of ConverseStream with a request. */
export const callOf = (body: ConverseRequest): WireCall => ({ api: 'converse', modelId: body.modelId, body });

export const call: WireCall = callOf(request);

/** An emulator target at an address; limits short enough for tests. */
export const targetAt = (endpoint: string, changes: Partial<Target> = {}): Target => ({
  service: 'emulator',
  endpoint,
  region: undefined,
  profile: undefined,
  timeoutMs: 2_000,
  maxAttempts: 3,
  ...changes,
});

export const neverAborted: AbortSignal = new AbortController().signal;

/** All events of a call; `watch` sees each as it comes. */
export const collect = async (
  target: Target,
  options: { readonly signal?: AbortSignal; readonly call?: WireCall; readonly watch?: (event: RunEvent) => void } = {},
): Promise<readonly RunEvent[]> => {
  const events: RunEvent[] = [];
  for await (const event of run(options.call ?? call, target, options.signal ?? neverAborted)) {
    events.push(event);
    options.watch?.(event);
  }
  checkPromises(events);
  return events;
};

/** What every run promises: it starts once, ends once, and its clock never runs back. */
const checkPromises = (events: readonly RunEvent[]): void => {
  assert.equal(events[0]?.type, 'started');
  assert.ok(['finished', 'failed'].includes(events.at(-1)?.type ?? ''), 'the last event is an ending');
  assert.equal(events.filter(({ type }) => type === 'finished' || type === 'failed').length, 1);
  for (const [index, event] of events.entries()) assert.ok(event.at >= (events[index - 1]?.at ?? 0), 'stamps never decrease');
};

export const typesOf = (events: readonly RunEvent[]): readonly string[] => events.map(({ type }) => type);

export const textOf = (events: readonly RunEvent[]): string => events.map((event) => (event.type === 'text' ? event.delta : '')).join('');

export const failureOf = (events: readonly RunEvent[]): RunFailure => {
  const last = events.at(-1);
  assert.equal(last?.type, 'failed', `expected a failure: ${JSON.stringify(last)}`);
  return last.failure;
};

export const ofType = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T): readonly (RunEvent & { type: T })[] =>
  events.filter((event): event is RunEvent & { type: T } => event.type === type);

/** Back-off is random up to a limit: the shortest makes retries quick and the same in every run. Returns the way back. */
export const quickBackOff = (): (() => void) => {
  const { random } = Math;
  Math.random = () => 0.001;
  return () => {
    Math.random = random;
  };
};

/** Fails instead of hanging. Milliseconds. */
export const within = async <T>(limitMs: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
