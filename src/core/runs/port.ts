import type { WireCall } from '../request/types';
import type { RunEvent } from './events';
import type { CancelSignal } from './cancel';

/** Where a run goes and as whom. Never read from a prompt file. */
export interface Target {
  readonly service: 'aws' | 'emulator' | 'custom';
  /** `undefined`: the SDK's own address for the region. */
  readonly endpoint: string | undefined;
  /** `undefined`: what the environment or the profile names. */
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
}

/**
 * One live call. Never throws for what the world can refuse: that is a `failed` event. The last event is always
 * `finished` or `failed`.
 */
export type RunPort = (call: WireCall, target: Target, signal: CancelSignal) => AsyncIterable<RunEvent>;
