import { isRecord } from '../text/json';

/** Fields of the simulator that a person can change, with their limits. */
export const chatFields = {
  turns: { min: 1, max: 100 },
  toolRounds: { min: 0, max: 20 },
  system: { min: 0, max: 1_000_000 },
  userTokens: { min: 1, max: 200_000 },
  answerTokens: { min: 1, max: 100_000 },
  callTokens: { min: 1, max: 100_000 },
  resultTokens: { min: 1, max: 500_000 },
  pauseSeconds: { min: 0, max: 86_400 },
  stepSeconds: { min: 0, max: 3_600 },
} as const;

export type ChatField = keyof typeof chatFields;
export type ChatInput = Readonly<Record<ChatField, number>> & { readonly ttl: string };

export interface ChatTurn {
  readonly read: number;
  readonly written: number;
  readonly input: number;
  /** The turn in words, for whoever does not see the bars. */
  readonly text: string;
}

export interface ChatStrategy {
  readonly id: string;
  readonly label: string;
  readonly isBest: boolean;
  readonly read: string;
  readonly written: string;
  readonly usd: string;
  /** Against no caching. */
  readonly saved: string;
  readonly turns: readonly ChatTurn[];
}

export interface ChatView {
  readonly version: 1;
  readonly title: string;
  readonly model: string;
  /** Which strategy costs least, and why nothing is cached where that is so. */
  readonly sentence: string;
  readonly input: ChatInput;
  readonly ttls: readonly string[];
  /** The most tokens of any turn: what a full bar stands for. */
  readonly most: number;
  readonly strategies: readonly ChatStrategy[];
}

export interface ToChat {
  readonly type: 'chat';
  readonly view: ChatView;
}

export type FromChat = { readonly type: 'ready' } | { readonly type: 'chatInput'; readonly input: ChatInput };

/** Accepts a message from the host, or nothing. The host is our own code, so the version stands for the shape. */
export const parseToChat = (message: unknown): ToChat | undefined =>
  isRecord(message) && message['type'] === 'chat' && isRecord(message['view']) && message['view']['version'] === 1
    ? (message as unknown as ToChat)
    : undefined;

export const chatFieldNames = Object.keys(chatFields) as readonly ChatField[]; // the table has exactly these keys

/** Accepts a message from the page, or nothing: what a page posts is not to be believed. */
export const parseFromChat = (message: unknown): FromChat | undefined => {
  if (!isRecord(message)) return undefined;
  if (message['type'] === 'ready') return { type: 'ready' };
  const { type, input } = message;
  if (type !== 'chatInput' || !isRecord(input) || typeof input['ttl'] !== 'string') return undefined;
  const entries = chatFieldNames.map((name) => [name, input[name]] as const);
  const isWithin = entries.every(([name, value]) => {
    const { min, max } = chatFields[name];
    return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
  });
  // Each field is a number within its limits.
  return isWithin ? { type, input: { ...Object.fromEntries(entries), ttl: input['ttl'] } as unknown as ChatInput } : undefined;
};
