import { foundAt, lookBackOf } from '../cache/lookBack';
import type { Caching } from '../models/types';
import { lifetimeMsOf } from '../models/lifetimes';
import type { Prices } from '../models/types';
import { costOf, type CallTokens } from '../money/bill';
import { tokensOfCall } from '../traffic/callTokens';

/** A conversation in figures. Tokens of blocks as they are sent; times in milliseconds. */
export interface SimulatedChat {
  /** Tools and system text together, one prefix that never changes. */
  readonly system: number;
  /** What the service adds before the first message, where there are tools. */
  readonly opening: number;
  readonly turns: number;
  /** Rounds of tools in each turn: the model calls one, and its result is sent back. */
  readonly toolRounds: number;
  readonly userTokens: number;
  readonly answerTokens: number;
  /** Of a tool call, and of what it gives. */
  readonly callTokens: number;
  readonly resultTokens: number;
  /** From the start of a turn's last call to the start of the next turn's first. */
  readonly pauseMs: number;
  /** Between the calls of one turn. */
  readonly stepMs: number;
  readonly ttl: string;
}

/** Where cache points stand: nowhere; behind the system text; at the end of each request as well; at the end of the request before as well. */
export const strategies = ['none', 'system', 'rolling', 'rollingTwo'] as const;
export type Strategy = (typeof strategies)[number];

/** One call: what it reads, writes, pays in full and answers. */
export interface SimulatedCall extends CallTokens {
  readonly turn: number;
  readonly at: number;
  readonly output: number;
  /** US dollars; `undefined` where no price is known. */
  readonly usd: number | undefined;
}

export interface SimulatedStrategy {
  readonly strategy: Strategy;
  readonly calls: readonly SimulatedCall[];
  readonly read: number;
  readonly written: number;
  readonly usd: number | undefined;
}

/** The model that answers. */
export interface ChatModel {
  readonly caching: Caching | undefined;
  readonly prices: Prices | undefined;
}

/** What a request holds: how many blocks, the tokens up to the end of each, and what is answered. The system text is block 0. */
interface SentRequest {
  readonly turn: number;
  readonly at: number;
  readonly ends: readonly number[];
  readonly output: number;
}

/** All requests of a conversation in their order: each is the one before, its answer, and what follows on it. */
const requestsOf = (chat: SimulatedChat): readonly SentRequest[] => {
  const { system, opening, turns, toolRounds, userTokens, answerTokens, callTokens, resultTokens, pauseMs, stepMs } = chat;
  const requests: SentRequest[] = [];
  const ends = [system];
  const push = (tokens: number): void => void ends.push((ends.at(-1) ?? 0) + tokens);
  let at = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    push(userTokens + (turn === 0 ? opening : 0));
    for (let round = 0; round <= toolRounds; round += 1) {
      const isLast = round === toolRounds;
      requests.push({ turn, at, ends: [...ends], output: isLast ? answerTokens : callTokens });
      push(isLast ? answerTokens : callTokens);
      if (!isLast) push(resultTokens);
      at += isLast ? pauseMs : stepMs;
    }
  }
  return requests;
};

/** The blocks behind which a request has its points, in their order. `before`: the blocks of the request before it. */
const placesOf = (strategy: Strategy, { ends }: SentRequest, before: SentRequest | undefined): readonly number[] => {
  const last = ends.length - 1;
  switch (strategy) {
    case 'none':
      return [];
    case 'system':
      return [0];
    case 'rolling':
      return [0, last];
    case 'rollingTwo':
      return [...new Set([0, ...(before === undefined ? [] : [before.ends.length - 1]), last])];
  }
};

const play = (requests: readonly SentRequest[], strategy: Strategy, ttl: string, { caching, prices }: ChatModel): SimulatedStrategy => {
  const minimum = caching?.kind === 'explicit' ? caching.minimum.likely : Infinity;
  const lookBack = lookBackOf(caching);
  /** Until when the prefix lives that ends with a block. */
  const until = new Map<number, number>();
  const calls = requests.map((request, index): SimulatedCall => {
    const { ends, at, turn, output } = request;
    const places = placesOf(strategy, request, requests[index - 1]).filter((place) => (ends[place] ?? 0) >= minimum);
    const from = foundAt(places, lookBack, (place) => (until.get(place) ?? 0) > at);
    const points = places.map((place) => ({ tokens: ends[place] ?? 0, ttl }));
    const tokens = tokensOfCall(points, ends.at(-1) ?? 0, from === undefined ? 0 : (ends[from] ?? 0));
    for (const place of [...places, ...(from === undefined ? [] : [from])]) until.set(place, at + lifetimeMsOf(ttl));
    return { ...tokens, turn, at, output, usd: prices && costOf({ ...tokens, output }, prices).likely };
  });
  const sum = (of: (call: SimulatedCall) => number): number => calls.reduce((total, call) => total + of(call), 0);
  return {
    strategy,
    calls,
    read: sum(({ read }) => read),
    written: sum(({ write }) => Object.values(write).reduce((total, tokens) => total + tokens, 0)),
    usd: calls.some(({ usd }) => usd === undefined) ? undefined : sum(({ usd = 0 }) => usd),
  };
};

/** More calls than these are not played. */
export const mostCalls = 2_000;

/** The conversation by each strategy, in the order of their names; with the one that costs least, the simplest of those that cost the same. */
export const simulateChat = (
  chat: SimulatedChat,
  model: ChatModel,
): { readonly strategies: readonly SimulatedStrategy[]; readonly best: Strategy | undefined } => {
  const requests = requestsOf(chat).slice(0, mostCalls);
  const played = strategies.map((strategy) => play(requests, strategy, chat.ttl, model));
  const priced = played.filter(({ usd }) => usd !== undefined);
  const [best] = [...priced].sort((a, b) => (a.usd ?? 0) - (b.usd ?? 0) || strategies.indexOf(a.strategy) - strategies.indexOf(b.strategy));
  return { strategies: played, best: best?.strategy };
};
