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
  return shown.every(({ service }) => service.kind === 'emulator')
    ? 'The runs on this page were simulated by the local emulator; only the next run goes to the service named here.'
    : 'Not every run on this page was answered by the service named here, where the next run goes; each names its own.';
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
