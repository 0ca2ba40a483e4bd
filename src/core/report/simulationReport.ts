import type { SimulatedStrategy, Strategy } from '../chat/simulate';
import type { ChatInput } from '../panel/chatProtocol';

/** What `cachepoint simulate --json` prints: a conversation by each place of cache points, call by call. */
export interface SimulationReport {
  readonly version: 1;
  readonly path: string;
  readonly model: string;
  /** The figures of the conversation: of the prompt, or as they were given. */
  readonly input: ChatInput;
  /** Which costs least; `null` where no price is known. */
  readonly best: Strategy | null;
  readonly strategies: readonly {
    readonly strategy: Strategy;
    readonly read: number;
    readonly written: number;
    readonly usd: number | null;
    readonly calls: readonly {
      /** From 1. */
      readonly turn: number;
      /** Since the first call. */
      readonly seconds: number;
      readonly read: number;
      readonly writeByTtl: Readonly<Record<string, number>>;
      readonly input: number;
      readonly output: number;
      readonly usd: number | null;
    }[];
  }[];
}

export const simulationReport = (
  about: Pick<SimulationReport, 'path' | 'model' | 'input'>,
  { strategies, best }: { readonly strategies: readonly SimulatedStrategy[]; readonly best: Strategy | undefined },
): SimulationReport => ({
  version: 1,
  ...about,
  best: best ?? null,
  strategies: strategies.map(({ strategy, read, written, usd, calls }) => ({
    ...{ strategy, read, written, usd: usd ?? null },
    calls: calls.map((call) => ({
      turn: call.turn + 1,
      seconds: call.at / 1000,
      read: call.read,
      writeByTtl: Object.fromEntries(Object.entries(call.write).filter(([, tokens]) => tokens > 0)),
      input: call.input,
      output: call.output,
      usd: call.usd ?? null,
    })),
  })),
});
