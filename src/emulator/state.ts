import { randomUUID } from 'node:crypto';
import { setTimeout as timer } from 'node:timers/promises';

import type { MinimumChoice } from './cachePlan';
import { createPromptStore, type PromptStore } from './account/prompts';
import type { CacheStore } from './cacheStore';
import { createCacheStore } from './cacheStore';
import type { FaultOrder } from './faults';
import { parseFault } from './faults';
import type { EmulatorOptions, Scenario } from './options';
import type { ProfileModels } from './target';

/** Entries the cache holds at most; far more than one person's session writes. */
const cacheCapacity = 10_000;
/** The longest wait in milliseconds that is taken as one, whatever the factor. */
const longestDelayMs = 600_000;

/** What all requests of one emulator share. */
export interface EmulatorState {
  readonly now: () => number;
  readonly newId: () => string;
  /** Waits as long as a simulated wait of this many milliseconds takes. */
  readonly wait: (ms: number) => Promise<void>;
  readonly minimum: MinimumChoice;
  readonly profileModels: ProfileModels;
  readonly cache: CacheStore;
  /** Prompts of the emulated account. */
  readonly prompts: PromptStore;
  readonly log: (line: string) => void;
  /** Faults for the next model requests, first come first served. */
  readonly faults: FaultOrder[];
  /** The next scripted text, if the scenario has any. */
  readonly nextReply: () => string | undefined;
  readonly served: { requests: number };
}

const repliesInTurn = ({ replies = [] }: Scenario): (() => string | undefined) => {
  let next = 0;
  return () => (replies.length === 0 ? undefined : replies[next++ % replies.length]);
};

/** Line breaks, control characters and marks that turn the direction of text; what a client sends must not write lines or steer a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const asOneLine = (text: string): string =>
  text.replaceAll(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** The state of a new emulator; unknown names of faults in the scenario are left out. */
export const createState = (options: EmulatorOptions): EmulatorState => {
  const { delay = (ms) => timer(ms), speed = 1, scenario = {}, log = () => undefined } = options;
  return {
    now: options.now ?? Date.now,
    newId: options.newId ?? randomUUID,
    wait: async (ms) => {
      const scaled = Math.min(ms * speed, longestDelayMs);
      if (scaled > 0) await delay(scaled);
    },
    minimum: options.minimum ?? 'likely',
    profileModels: options.profileModels ?? {},
    cache: createCacheStore(cacheCapacity),
    prompts: createPromptStore(options.now ?? Date.now, options.newId ?? randomUUID),
    log: (line) => log(asOneLine(line)),
    faults: (scenario.faults ?? []).flatMap((text) => parseFault(text) ?? []),
    nextReply: repliesInTurn(scenario),
    served: { requests: 0 },
  };
};
