import type { MinimumChoice } from './cachePlan';
import type { ProfileModels } from './target';

/** Scripted behavior from the start. */
export interface Scenario {
  /** Faults for the first model requests, one each, as in the header `x-cachepoint-fault`. */
  readonly faults?: readonly string[];
  /** Texts of the answers, in turn and over again; each still begins by saying that it is simulated. */
  readonly replies?: readonly string[];
}

/** How an emulator is set up; everything that varies between runs is injected. */
export interface EmulatorOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Milliseconds since 1970; absent: the system's clock. */
  readonly now?: () => number;
  /** A new id for requests and tool calls; absent: random UUIDs. */
  readonly newId?: () => string;
  /** Waits this many milliseconds; absent: a timer. */
  readonly delay?: (ms: number) => Promise<void>;
  /** Every simulated wait is multiplied by it; 0: no waits at all. Absent: 1. */
  readonly speed?: number;
  /** Which end of a model's minimum decides where sources disagree; absent: `likely`. */
  readonly minimum?: MinimumChoice;
  /** Opaque ARN → model id. */
  readonly profileModels?: ProfileModels;
  readonly scenario?: Scenario;
  /** Receives one line per request, without prompt text. */
  readonly log?: (line: string) => void;
}

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, to be used as the SDK's endpoint. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}
