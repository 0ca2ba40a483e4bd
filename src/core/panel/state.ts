import { otherService } from '../messages/runStatus';
import type { PanelState, PanelTab, RunView, ServiceView, TabViews } from './protocol';
import type { ValuesForm } from './valuesProtocol';

export interface FrameInput {
  /** The prompt file's name as a person knows it. */
  readonly file: string;
  readonly busy: boolean;
  /** Where the next run goes. */
  readonly service: ServiceView;
  readonly form?: ValuesForm | undefined;
}

const serviceNote = (shown: readonly RunView[], { kind }: ServiceView): string => {
  if (shown.every(({ service }) => service.kind === kind)) return '';
  return otherService(shown.every(({ service }) => service.kind === 'emulator'));
};

/** Everything the page shows. */
export const panelState = (tab: PanelTab, views: TabViews, { file, busy, service, form }: FrameInput): PanelState => ({
  version: 3,
  tab,
  views,
  form,
  file,
  service,
  serviceNote: serviceNote(views.run?.runs ?? [], service),
  busy,
});
