import type { PanelState } from '../../../../src/core/panel/protocol';
import { aStart, aUsage, finishedRun, fold } from '../../../support/runRecords';
import { panelOf } from '../../../support/panelStates';

const frame = {
  file: 'support-desk.bedrock.md',
  busy: false,
  locale: 'en',
  timeZone: 'UTC',
  service: { kind: 'emulator', text: 'Local emulator' },
} as const;

/** A page with so many finished runs in its list, the last of which is shown with an answer of 20 kB. */
export const manyRuns = (count: number): PanelState => {
  const records = Array.from({ length: count }, (_, at) => ({
    ...finishedRun(aUsage({ cacheRead: 2000 + at }), { id: `run-${at}`, startedAt: Date.UTC(2026, 10, 23, 12, 0, at) }),
    answer: `Answer **${at}**. `.repeat(1200),
  }));
  return panelOf({ ...frame, records, shown: [`run-${count - 1}`] });
};

/** A page with one run that has begun to answer. */
export const oneLive = (): PanelState => {
  const live = fold(aStart({ id: 'live' }), { type: 'started', at: 0, modelId: 'm', identity: '' });
  return panelOf({ ...frame, busy: true, records: [live], shown: ['live'] });
};
