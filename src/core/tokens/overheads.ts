import type { TokenFamily } from '../models/types';

/**
 * What the service adds around the text of a request, in tokens. Sources: recorded requests with their usage and CountTokens answers,
 * fitted 2026-11; hidden tool prompts from platform.claude.com "tool use overview", 2026-08. The service changes these without notice
 * (Sonnet 4.5's tool prompt: about 313 in autumn 2025, 496 in 2026); a counted or measured figure overrides them.
 */
export interface Overheads {
  /** Before the first message, and at the very end of the prompt, behind the last block. */
  readonly opening: number;
  readonly closing: number;
  readonly furtherMessage: number;
  readonly systemPresent: number;
  /** The hidden tool-use prompt where the model's own is not known, and how far off it may be. */
  readonly toolPrompt: readonly [auto: number, forced: number];
  readonly toolPromptSpread: number;
  /** Tokens per tool besides its text, and what the text is multiplied by. */
  readonly tool: number;
  readonly toolTextFactor: number;
  /** The first tool call of an assistant message with its result; each further one in the same message; each parameter. */
  readonly toolCall: number;
  readonly parallelCall: number;
  readonly callParameter: number;
  readonly image: ImageRule;
  /** One page of a PDF shown as an image, without its text. */
  readonly pdfPage: number;
  readonly textDocument: number;
  readonly citations: number;
  readonly structuredOutput: number;
  /** Extended thinking with a budget, once. */
  readonly thinking: number;
  /** Does the model read its thinking of earlier turns again? Opus 4.5 and later do, where it was sent back whole. */
  readonly keepsThinking: boolean;
}

export type ImageRule =
  | { readonly kind: 'patches'; readonly longestEdge: number; readonly most: number }
  | { readonly kind: 'area'; readonly pixelsPerToken: number; readonly most: number }
  | { readonly kind: 'fixed'; readonly tokens: number };

const claude3: Overheads = {
  opening: 4,
  closing: 3,
  furtherMessage: 3,
  systemPresent: 0.5,
  toolPrompt: [497, 589],
  toolPromptSpread: 0.4,
  tool: 1,
  toolTextFactor: 1,
  toolCall: 40,
  parallelCall: 63,
  callParameter: 13.5,
  image: { kind: 'patches', longestEdge: 1568, most: 1568 },
  pdfPage: 1590,
  textDocument: 37,
  citations: 545,
  structuredOutput: 81,
  thinking: 28,
  keepsThinking: false,
};

const claude5: Overheads = {
  ...claude3,
  closing: 2,
  furtherMessage: 2,
  toolPrompt: [290, 410],
  toolPromptSpread: 0.25,
  toolCall: 26,
  callParameter: 17,
  image: { kind: 'patches', longestEdge: 2576, most: 4784 },
  pdfPage: 1640,
  textDocument: 34,
  citations: 840,
  thinking: 0,
  keepsThinking: true,
};

const plain: Overheads = {
  ...claude3,
  opening: 5,
  closing: 0,
  furtherMessage: 3,
  systemPresent: 0,
  toolPrompt: [100, 100],
  toolPromptSpread: 1,
  tool: 5,
  toolTextFactor: 1,
  toolCall: 25,
  parallelCall: 25,
  callParameter: 4,
  image: { kind: 'area', pixelsPerToken: 760, most: 5000 },
  textDocument: 0,
  citations: 0,
  structuredOutput: 0,
  thinking: 0,
};

const nova1: Overheads = {
  ...plain,
  opening: 0,
  furtherMessage: 0,
  toolPrompt: [345, 345],
  toolPromptSpread: 0.2,
  tool: 0,
  toolTextFactor: 0.95,
  toolCall: 40,
  parallelCall: 40,
  callParameter: 0,
  image: { kind: 'fixed', tokens: 1825 },
};

const nova2: Overheads = {
  ...nova1,
  opening: 46,
  furtherMessage: 2.5,
  toolPrompt: [795, 795],
  toolTextFactor: 1.29,
  toolCall: 44,
  parallelCall: 44,
  image: { kind: 'area', pixelsPerToken: 760, most: 5000 },
  thinking: 57,
};

const table: { readonly [F in TokenFamily]: Overheads } = {
  'claude-3': claude3,
  'claude-4.7': { ...claude5, opening: 9, systemPresent: 1, toolPrompt: [675, 804], toolCall: 24, callParameter: 30 },
  'claude-5': { ...claude5, opening: 4 },
  'nova-1': nova1,
  'nova-2': nova2,
  llama: { ...plain, opening: 35 },
  openai: { ...plain, opening: 67 },
  qwen: { ...plain, opening: 8 },
  deepseek: plain,
  mistral: { ...plain, opening: 6 },
  other: plain,
};

/** The overheads of a family. */
export const overheadsOf = (family: TokenFamily): Overheads => table[family] ?? plain;
