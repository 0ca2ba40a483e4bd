import type { PanelState, RunsView, TabViews } from '../../src/core/panel/protocol';
import { runsView, type RunsInput } from '../../src/core/panel/runsView';
import { panelState, type FrameInput } from '../../src/core/panel/state';

/** What a state is made from; `views` are those of other tabs than the runs. */
export interface PanelInput extends RunsInput, FrameInput {
  readonly tab?: PanelState['tab'];
  readonly views?: TabViews;
}

/** The whole state, with the runs at hand. */
export const panelOf = ({ tab = 'run', views = {}, ...input }: PanelInput): PanelState & RunsView => {
  const run = runsView(input);
  return { ...panelState(tab, { run, ...views }, input), ...run };
};
