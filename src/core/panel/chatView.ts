import { simulateChat, type ChatModel, type SimulatedStrategy } from '../chat/simulate';
import type { NumberFormats } from '../figures/numbers';
import { chatBest, strategyNames, turnText } from '../messages/chatText';
import { visibleLine } from '../text/visible';
import type { ChatInput, ChatTurn, ChatView } from './chatProtocol';

/** What the simulator is about. */
export interface ChatSubject extends ChatModel {
  readonly title: string;
  readonly model: string;
  /** What the service adds before the first message. */
  readonly opening: number;
  readonly formats: NumberFormats;
}

const turnsOf = ({ calls }: SimulatedStrategy, turns: number, formats: NumberFormats): readonly ChatTurn[] =>
  Array.from({ length: turns }, (_, turn) => {
    const own = calls.filter((call) => call.turn === turn);
    const sum = (of: (call: (typeof own)[number]) => number): number => own.reduce((total, call) => total + of(call), 0);
    const figures = {
      read: sum(({ read }) => read),
      written: sum(({ write }) => Object.values(write).reduce((total, tokens) => total + tokens, 0)),
      input: sum(({ input }) => input),
    };
    const usd = own.some((call) => call.usd === undefined) ? undefined : sum((call) => call.usd ?? 0);
    return { ...figures, text: turnText(turn + 1, figures, usd, formats) };
  });

/** The simulator's page: the conversation by each strategy, turn by turn. */
export const chatView = (input: ChatInput, subject: ChatSubject): ChatView => {
  const { formats, caching } = subject;
  const { pauseSeconds, stepSeconds, ...chat } = input;
  const { strategies, best } = simulateChat(
    { ...chat, opening: subject.opening, pauseMs: pauseSeconds * 1000, stepMs: stepSeconds * 1000 },
    subject,
  );
  const plain = strategies.find(({ strategy }) => strategy === 'none')?.usd;
  const shown = strategies.map((one) => ({ one, turns: turnsOf(one, input.turns, formats) }));
  return {
    version: 1,
    title: visibleLine(subject.title),
    model: visibleLine(subject.model),
    sentence: chatBest(best, strategies, caching?.kind === 'explicit', formats),
    input,
    ttls: caching?.kind === 'explicit' ? caching.ttls : ['5m'],
    most: Math.max(1, ...shown.flatMap(({ turns }) => turns.map(({ read, written, input: plainTokens }) => read + written + plainTokens))),
    strategies: shown.map(({ one, turns }) => ({
      id: one.strategy,
      label: strategyNames[one.strategy],
      isBest: one.strategy === best,
      read: formats.tokens(one.read),
      written: formats.tokens(one.written),
      usd: formats.usd(one.usd),
      saved: one.usd === undefined || plain === undefined || plain === 0 ? '–' : formats.percent(1 - one.usd / plain),
      turns,
    })),
  };
};
