import type { Fingerprint } from '../../src/core/history/fingerprint';
import { storedRun, type RunTexts, type StoredRun } from '../../src/core/history/stored';
import type { RunStart } from '../../src/core/runs/record';
import { aUsage, finishedRun } from './runRecords';

export const somePrint: Fingerprint = {
  model: 'anthropic.claude-sonnet-4-6',
  blocks: [
    ['s', 'rules', 9000],
    ['m0u', 'question', 40],
  ],
  settings: [],
  points: [{ after: 1, ttl: '5m', tokens: [1900, 2000, 2100], verdict: 'caches' }],
};

/** A run that wrote 2,000 tokens, as the history keeps it. */
export const aStoredRun = (over: Partial<RunStart> = {}, texts?: RunTexts, sent: Fingerprint = somePrint): StoredRun => {
  const record = finishedRun(aUsage({ cacheWrite: 2000, writes: [{ ttl: '5m', tokens: 2000 }] }), over);
  const run = storedRun(record, { key: 'k', digest: (text) => `#${text.length}`, sent, texts });
  if (run === undefined) throw new Error('the run is not over');
  return run;
};
