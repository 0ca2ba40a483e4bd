import type { JsonObject } from '../text/json';

/** A prompt, or a version of one, as Prompt Management lists it. */
export interface StoredSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  /** `DRAFT`, or a number. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

/** A stored prompt with its variants, in the form of GetPrompt without times. */
export interface StoredPrompt extends StoredSummary {
  readonly prompt: JsonObject;
}

/** Prompt Management takes no Bedrock API key. Source: AWS user guide, API keys, read 2026-11. */
export interface KeysRefused {
  readonly refused: 'apiKey';
}

/** An answer of Prompt Management. */
export type OfStore<T> = T | KeysRefused;

export const areKeysRefused = <T extends object>(answer: OfStore<T>): answer is KeysRefused => 'refused' in answer;
