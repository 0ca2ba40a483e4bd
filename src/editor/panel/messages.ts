import type { FrameMessage, FromPanel, PanelTab } from '../../core/panel/protocol';
import type { ValuesMessage } from '../../core/panel/valuesProtocol';
import type { Receivers, Tabs } from './tabs';

/** What a message of the page does: one table of the frame's messages and those of every tab. */
export const createReceiver = (
  tabs: Tabs,
  showTab: (tab: PanelTab) => void,
  form: Receivers<ValuesMessage>,
): ((message: FromPanel) => unknown) => {
  const frame: Receivers<FrameMessage> = { ready: () => undefined, tab: ({ tab }) => showTab(tab), ...form };
  const receivers: Receivers<FromPanel> = { ...frame, ...tabs.run.receive, ...tabs.models.receive, ...tabs.forecast.receive };
  // The table has a function for exactly the messages of each type; the compiler loses the link in an indexed access.
  return (message) => (receivers[message.type] as (message: FromPanel) => unknown)(message);
};
