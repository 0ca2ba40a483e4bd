import type { PartGroupView } from './partViews';
import { mostCallsPerHour, type ForecastView, type TrafficMessage } from './forecastTypes';
import { panelActions, type PanelAction } from '../messages/failureText';
import { whyActions, type WhyAction } from '../messages/whyActions';
import type { WhyView } from './whyTypes';
import type { ModelsView } from '../messages/models';
import { isImage, type RequestImage } from './picture';
import { valuesReaders, type UsedValue, type ValuesForm, type ValuesMessage } from './valuesProtocol';
import type { FailureCode } from '../runs/failure';

/**
 * The messages between the extension host and the panel's page, compiled into both sides. The page keeps no truth:
 * on `ready` the host posts the whole state, then deltas. All figures arrive formatted, beside their raw values.
 */

/** Shares of a bar and rows of a table, in the order of the API's usage members. */
export type UsageField = 'cacheReadInputTokens' | 'cacheWriteInputTokens' | 'inputTokens' | 'outputTokens';

export interface UsageRow {
  readonly field: UsageField;
  readonly label: string;
  /** Whole tokens as the service reported them; `undefined`: not reported. */
  readonly tokens: number | undefined;
  readonly tokensText: string;
  /** Share of all input tokens, 0 … 1; `undefined` for output. */
  readonly share: number | undefined;
  readonly shareText: string;
  readonly costText: string;
  /** How the cost comes about, or why it is not known. */
  readonly hint: string;
  /** What was predicted, as "2,290 – 2,410"; empty where nothing was. */
  readonly predictedText: string;
  /** Did the measured figure fall within the band? */
  readonly predicted: 'within' | 'outside' | 'none';
}

/** One figure with its label and a sentence that explains it, formula included. */
export interface Figure {
  readonly id: 'hitRate' | 'cost' | 'costWithoutCaching' | 'saved' | 'firstDelta' | 'total' | 'stopReason' | 'attempts';
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly tone: Tone;
}

/** A figure of all runs of the session. */
export interface SessionFigure {
  readonly id: 'runs' | 'hitRate' | 'read' | 'written' | 'input' | 'output' | 'cost' | 'saved';
  readonly label: string;
  readonly value: string;
  readonly hint: string;
}

export interface FailureView {
  readonly code: FailureCode;
  readonly title: string;
  readonly text: string;
  /** What to do next, a sentence each. */
  readonly steps: readonly string[];
  /** The service's own words. */
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly actions: readonly { readonly action: PanelAction; readonly label: string }[];
}

export type Tone = 'neutral' | 'good' | 'bad';

/** One sentence about a run, with what it means for the person. */
export interface Remark {
  readonly tone: Tone;
  readonly text: string;
}

export interface RunView {
  readonly id: string;
  /** `Cold`, `Warm` or `Run`. */
  readonly label: string;
  /** Which prompt was sent, and with which values: "support-desk.bedrock.md · Sample 2". */
  readonly prompt: string;
  readonly state: 'waiting' | 'streaming' | 'finished' | 'failed';
  /** One line for a person: "Streaming…", "Finished in 1.2 s". */
  readonly status: string;
  /** How long it has been running when this was made, in milliseconds; `undefined` once it has ended. */
  readonly elapsedMs: number | undefined;
  readonly model: string;
  /** Which service answered this run; it may be another than the one that the next run goes to. */
  readonly service: ServiceView;
  /** The service's id of the request, for a support case. */
  readonly requestId: string | undefined;
  /** Those of its variables that are not always the same; empty where that is not remembered. */
  readonly values: readonly UsedValue[];
  /** How many pictures the request has; they come when the page asks for them. */
  readonly images: number;
  readonly answer: string;
  /** Its answer is shown as it was; `false` of a run of earlier whose texts were not kept. */
  readonly hasTexts: boolean;
  readonly reasoning: string;
  /** `note`: what is to be said of it, as that the service ran it. */
  readonly toolUses: readonly { readonly name: string; readonly note: string; readonly input: string }[];
  /** What else the answer has, each kind once. */
  readonly parts: readonly PartGroupView[];
  readonly usage: readonly UsageRow[];
  readonly figures: readonly Figure[];
  /** What the measured usage means, a sentence each: "Written, not read: the next call within 5 minutes reads it." */
  readonly remarks: readonly Remark[];
  /** Why it did or did not read what an earlier run had left; `undefined` where there is nothing to say of it. */
  readonly why: WhyView | undefined;
  readonly failure: FailureView | undefined;
  /** Of an answer that is given again: what that means, and the label of the button that sends the request. */
  readonly replay?: { readonly text: string; readonly label: string } | undefined;
}

export interface HistoryRow {
  readonly id: string;
  readonly time: string;
  readonly label: string;
  /** As in the run's own view. */
  readonly prompt: string;
  readonly model: string;
  readonly state: RunView['state'];
  /** As in the run's own view. */
  readonly status: string;
  /** `bad` where the world refused; a run that the person canceled is neutral. */
  readonly tone: Tone;
  readonly hitRate: string;
  readonly read: string;
  readonly write: string;
  readonly input: string;
  readonly output: string;
  readonly cost: string;
  readonly total: string;
  readonly simulated: boolean;
  readonly shown: boolean;
}

export interface ServiceView {
  readonly kind: 'aws' | 'emulator' | 'custom';
  /** "Amazon Bedrock, us-east-1, profile dev" or "Local emulator, 127.0.0.1:8787". The page itself puts "Simulated" before the latter. */
  readonly text: string;
}

/** The Runs tab. */
export interface RunsView {
  /** One run, or a cold and a warm one side by side. Empty before the first run. */
  readonly runs: readonly RunView[];
  readonly history: readonly HistoryRow[];
  /** Which runs those are. */
  readonly historyTitle: string;
  /** What they sum up to; empty where one run says it all. */
  readonly totals: readonly SessionFigure[];
  /** What the page says before the first run. */
  readonly welcome: string;
}

/** The tabs of the page: what each shows, and what it posts. */
export interface PanelTabs {
  readonly run: {
    readonly view: RunsView;
    readonly message:
      | { readonly type: 'run' }
      | { readonly type: 'runTwice' }
      | { readonly type: 'runCold' }
      | { readonly type: 'clearEmulator' }
      | { readonly type: 'cancel' }
      | { readonly type: 'show'; readonly run: string }
      | { readonly type: 'copyAnswer'; readonly run: string }
      | { readonly type: 'copyRequest'; readonly run: string }
      | { readonly type: 'openAnswer'; readonly run: string }
      /** A person wants to see the pictures of the request. */
      | { readonly type: 'images'; readonly run: string }
      /** A person has seen the address of a link in an answer, and wants it opened. */
      | { readonly type: 'openLink'; readonly url: string }
      | { readonly type: 'clear' }
      /** What is offered where a run is explained. */
      | { readonly type: 'why'; readonly run: string; readonly action: WhyAction }
      /** A way out of what failed. */
      | { readonly type: 'action'; readonly action: PanelAction };
  };
  readonly models: { readonly view: ModelsView; readonly message: { readonly type: 'useModel'; readonly modelId: string } };
  readonly forecast: { readonly view: ForecastView; readonly message: TrafficMessage };
}

export type PanelTab = keyof PanelTabs;
export type TabView<T extends PanelTab> = PanelTabs[T]['view'];
export type TabMessage<T extends PanelTab> = PanelTabs[T]['message'];

const isTab: { readonly [T in PanelTab]: true } = { run: true, models: true, forecast: true };

export const panelTabs = Object.keys(isTab) as readonly PanelTab[]; // the table has exactly these keys

/** Of the runs always, for a screen reader is told of them; of other tabs while they are shown and a prompt is open. */
export type TabViews = { readonly [T in PanelTab]?: TabView<T> | undefined };

export interface PanelState {
  readonly version: 3;
  readonly tab: PanelTab;
  readonly views: TabViews;
  readonly form: ValuesForm | undefined;
  readonly file: string;
  /** Where the next run goes. */
  readonly service: ServiceView;
  /** Said beside it when a run on the page was answered by another service; empty otherwise. */
  readonly serviceNote: string;
  readonly busy: boolean;
}

export type ToPanel =
  | { readonly type: 'state'; readonly state: PanelState }
  | { readonly type: 'images'; readonly run: string; readonly images: readonly RequestImage[] }
  | { readonly type: 'append'; readonly run: string; readonly channel: 'answer' | 'reasoning'; readonly text: string };

/** What the page posts outside its tabs. */
export type FrameMessage = { readonly type: 'ready' } | { readonly type: 'tab'; readonly tab: PanelTab } | ValuesMessage;

export type FromPanel = FrameMessage | TabMessage<PanelTab>;

const channels = ['answer', 'reasoning'] as const;
const oneOf = <T extends string>(words: readonly T[], word: unknown): word is T => words.includes(word as T); // a search, not a claim

/** The host is our own code, so the version stands for the shape. */
const isState = (state: unknown): state is PanelState =>
  typeof state === 'object' && state !== null && 'version' in state && state.version === 3;

/** Accepts a message from the host, or nothing: a page kept open over an update may be of another version. */
export const parseToPanel = (message: unknown): ToPanel | undefined => {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  const { type } = message;
  if (type === 'state' && 'state' in message && isState(message.state)) return { type, state: message.state };
  if (type === 'images' && 'run' in message && 'images' in message && typeof message.run === 'string' && Array.isArray(message.images))
    return { type, run: message.run, images: message.images.filter(isImage) };
  if (type !== 'append' || !('run' in message) || !('text' in message) || !('channel' in message)) return undefined;
  const { run, text, channel } = message;
  if (typeof run !== 'string' || typeof text !== 'string' || !oneOf(channels, channel)) return undefined;
  return { type, run, text, channel };
};

/** As many calls as the setting `cachepoint.traffic.callsPerHour` takes. */
const isCalls = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= mostCallsPerHour;

/** What an answer may lead to: pages and mail, and neither commands nor files. */
const isOpenable = (url: string): boolean => /^(?:https?|mailto):[^\s\u0000-\u001f]+$/i.test(url);

type Members = Readonly<Record<string, unknown>>;
const ofRun =
  <K extends 'show' | 'copyAnswer' | 'copyRequest' | 'openAnswer' | 'images'>(type: K) =>
  ({ run }: Members) =>
    typeof run === 'string' ? { type, run } : undefined;

/** How a message of each type is read from what was posted. */
const readers: { readonly [K in FromPanel['type']]: (members: Members) => Extract<FromPanel, { readonly type: K }> | undefined } = {
  ready: () => ({ type: 'ready' }),
  tab: ({ tab }) => (oneOf(panelTabs, tab) ? { type: 'tab', tab } : undefined),
  ...valuesReaders,
  action: ({ action }) => (oneOf(panelActions, action) ? { type: 'action', action } : undefined),
  run: () => ({ type: 'run' }),
  runTwice: () => ({ type: 'runTwice' }),
  runCold: () => ({ type: 'runCold' }),
  clearEmulator: () => ({ type: 'clearEmulator' }),
  cancel: () => ({ type: 'cancel' }),
  clear: () => ({ type: 'clear' }),
  why: ({ run, action }) => (typeof run === 'string' && oneOf(whyActions, action) ? { type: 'why', run, action } : undefined),
  show: ofRun('show'),
  copyAnswer: ofRun('copyAnswer'),
  copyRequest: ofRun('copyRequest'),
  openAnswer: ofRun('openAnswer'),
  images: ofRun('images'),
  openLink: ({ url }) => (typeof url === 'string' && isOpenable(url) ? { type: 'openLink', url } : undefined),
  useModel: ({ modelId }) => (typeof modelId === 'string' ? { type: 'useModel', modelId } : undefined),
  saveTraffic: () => ({ type: 'saveTraffic' }),
  traffic: ({ callsPerHour }) => (isCalls(callsPerHour) ? { type: 'traffic', callsPerHour } : undefined),
};
const messageTypes = Object.keys(readers) as readonly FromPanel['type'][]; // the table has exactly these keys

/** Accepts a message from the page, or nothing: what a page posts is not to be believed. */
export const parseFromPanel = (message: unknown): FromPanel | undefined => {
  if (typeof message !== 'object' || message === null || !('type' in message) || !oneOf(messageTypes, message.type)) return undefined;
  return readers[message.type]({ ...message });
};
