import type { RunController } from '../runs/runList';
import type { RunHistory } from './runHistory';

/** Texts of runs where they are at hand: those of this session, and those that a person let be kept. */
export interface KeptTexts {
  requestOf(id: string): Promise<string | undefined>;
  answerOf(id: string): Promise<string | undefined>;
}

/** `sent`: a request of this session. */
export const createKeptTexts = (
  history: RunHistory,
  runs: Pick<RunController, 'records' | 'requestOf'>,
  sent: (id: string) => string | undefined,
): KeptTexts => ({
  requestOf: async (id) => runs.requestOf(id) ?? sent(id) ?? ((await history.find(id))?.texts?.request || undefined),
  async answerOf(id) {
    const record = runs.records.find((one) => one.id === id);
    if (record !== undefined && record.restored !== 'figures') return record.answer;
    return (await history.find(id))?.texts?.answer;
  },
});
