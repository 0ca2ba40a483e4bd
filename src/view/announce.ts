import { runsText } from '../core/messages/page/runs';
import { unknownFigure } from '../core/figures/numbers';
import type { PanelState, RunView } from '../core/panel/protocol';

const hitRate = ({ figures }: RunView): string => {
  const figure = figures.find(({ id }) => id === 'hitRate');
  return figure === undefined || figure.value === unknownFigure ? '' : ` ${figure.label} ${figure.value}.`;
};

const announce = (before: RunView['state'] | undefined, run: RunView): string | undefined => {
  if (before === run.state) return undefined;
  if (run.state === 'finished') return `${run.label}: ${run.status}.${hitRate(run)}`;
  if (run.state === 'failed') return `${run.label}: ${run.failure?.title ?? run.status}.`;
  return before === undefined ? runsText.started(run.label) : undefined;
};

const runsOf = ({ views }: PanelState): readonly RunView[] => views.run?.runs ?? [];

/**
 * What a screen reader is told when one state follows another: that a run started, and how it ended.
 * Nothing on the first state: a page that was reopened has no news.
 */
export const announcement = (before: PanelState | undefined, after: PanelState): string =>
  before === undefined
    ? ''
    : runsOf(after)
        .map((run) => announce(runsOf(before).find(({ id }) => id === run.id)?.state, run))
        .filter((text) => text !== undefined)
        .join(' ');
