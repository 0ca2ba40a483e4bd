import type { WireCall } from '../request/types';
import type { RunEvent } from './events';
import type { CancelSignal } from './cancel';
import type { RunFailure } from './failure';
import type { Secret } from './secret';

/** What the editor's settings say of the way out of this machine: `http.proxySupport`, `http.proxy`, `http.noProxy`, `http.proxyStrictSSL`. */
export interface Network {
  readonly proxySupport: 'off' | 'on' | 'fallback' | 'override';
  /** Empty: what the environment names. */
  readonly proxy: string;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
}

/** Where a run goes and as whom. Never read from a prompt file. */
export interface Target {
  readonly service: 'aws' | 'emulator' | 'custom';
  /** `undefined`: the SDK's own address for the region. */
  readonly endpoint: string | undefined;
  /** `undefined`: what the environment or the profile names. */
  readonly region: string | undefined;
  readonly profile: string | undefined;
  /** An Amazon Bedrock API key that the person keeps in the editor and chose for this; it goes before everything else. */
  readonly apiKey?: Secret | undefined;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  /** `undefined`: no editor has a say, only the environment. */
  readonly network?: Network | undefined;
}

/** Where a call goes and as whom, found out before anything is sent. */
export interface CallPlace {
  /** "Amazon Bedrock", or the address of another endpoint. */
  readonly name: string;
  /** Scheme, host and port. */
  readonly address: string;
  readonly region: string;
  /** In a few words, as a person knows it; never a key or a token. */
  readonly identity: string;
}

/** Can a call to a target start: is a Region known, and are there credentials? */
export type Readiness = { readonly place: CallPlace } | { readonly failure: RunFailure };

/**
 * One live call. Never throws for what the world can refuse: that is a `failed` event. The last event is always
 * `finished` or `failed`.
 */
export type RunPort = (call: WireCall, target: Target, signal: CancelSignal) => AsyncIterable<RunEvent>;
