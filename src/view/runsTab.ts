import { runsText } from '../core/messages/page/runs';
import type { TabMessage, RunsView, RunView, ToPanel } from '../core/panel/protocol';
import type { RequestImage } from '../core/panel/picture';
import { clockText } from '../core/figures/clock';
import { streamingStatus } from '../core/messages/runStatus';
import { answerParts } from './answerParts';
import { el, keyedList, setAttribute, setText, show } from './dom';
import { answerPart, isLive, type StreamPart } from './answer';
import type { Part } from './dom';
import { failurePart } from './failureCard';
import { replayPart } from './replayCard';
import { historyPart } from './history';
import { picturesPart } from './pictures';
import { explanations, figureList, remarkList } from './figures';
import { streamText } from './streamText';
import { toolUseList } from './toolUses';
import { usedValues } from './usedValues';
import { usageBar } from './usageBar';
import { usageTable } from './usageTable';
import { whyPart } from './whyCard';

type Post = (message: TabMessage<'run'>) => void;
type Append = Extract<ToPanel, { readonly type: 'append' }>;
type Images = Extract<ToPanel, { readonly type: 'images' }>;

interface ExtrasPart extends StreamPart {
  readonly showImages: (images: readonly RequestImage[]) => void;
}

interface RunPart extends Part<RunView> {
  readonly showImages: ExtrasPart['showImages'];
  readonly append: (message: Append) => void;
  /** A second has passed. */
  readonly tick: () => void;
}

interface HeadPart extends Part<RunView> {
  readonly startStreaming: () => void;
  readonly tick: () => void;
}

const headPart = (titleId: string): HeadPart => {
  const title = el('h2', { id: titleId });
  const badge = el('span', { class: 'badge' }, runsText.simulated);
  const status = el('span', { class: 'status' });
  // It changes each second, which nobody wants to be read aloud.
  const clock = el('span', { class: 'clock faint', 'aria-hidden': 'true' });
  let startedAt: number | undefined;
  const tick = (): void => {
    show(clock, startedAt !== undefined);
    if (startedAt !== undefined) setText(clock, clockText(performance.now() - startedAt));
  };
  const prompt = el('p', { class: 'about' });
  const about = el('p', { class: 'about faint' });
  return {
    element: el('header', {}, el('div', { class: 'run-title' }, title, badge, status, clock), prompt, about),
    update: (run) => {
      setText(title, run.label);
      show(badge, run.service.kind === 'emulator');
      setText(status, run.status);
      if (run.elapsedMs === undefined) startedAt = undefined;
      else startedAt ??= performance.now() - run.elapsedMs;
      tick();
      setText(prompt, run.prompt);
      setText(about, `${run.model} · ${run.service.text}`);
      setAttribute(about, 'title', run.requestId === undefined ? undefined : runsText.requestId(run.requestId));
    },
    startStreaming: () => setText(status, streamingStatus),
    tick,
  };
};

const extrasPart = (post: Post, { id, label }: RunView): ExtrasPart => {
  const pictures = picturesPart(post, id);
  const values = usedValues();
  const tools = toolUseList();
  const parts = answerParts();
  const reasoning = streamText({ 'data-reasoning': true, 'aria-label': runsText.reasoningOf(label) });
  const reasoningBox = el('details', { class: 'more' }, el('summary', {}, runsText.reasoning), reasoning.element);
  const sums = explanations();
  return {
    element: el('div', { class: 'extras' }, tools.element, parts.element, reasoningBox, values.element, pictures.element, sums.element),
    update: (run) => {
      tools.update(run.toolUses);
      parts.update(run.parts);
      show(reasoningBox, run.reasoning !== '');
      values.update(run.values);
      pictures.update(run);
      reasoning.set(run.reasoning, isLive(run));
      sums.update(run.state === 'finished' ? [...run.figures, ...run.usage] : []);
    },
    append: (text) => {
      show(reasoningBox, true);
      reasoning.append(text);
    },
    showImages: pictures.receive,
  };
};

const usagePart = (prefix: string): Part<RunView> => {
  const bar = usageBar(prefix);
  const table = usageTable(prefix);
  const element = el('div', { class: 'usage-box' }, bar.element, table.element);
  return {
    element,
    update: ({ usage }) => {
      show(element, usage.length > 0);
      bar.update(usage);
      table.update(usage);
    },
  };
};

const runPart = (post: Post, prefix: string, first: RunView): RunPart => {
  const titleId = `${prefix}-title`;
  const head = headPart(titleId);
  const failure = failurePart(post);
  const replay = replayPart(post);
  const usage = usagePart(prefix);
  const figures = figureList();
  const remarks = remarkList();
  const why = whyPart(post, first);
  const answer = answerPart(post, first);
  const extras = extrasPart(post, first);
  const parts = [head, replay, failure, usage, figures, why, remarks, answer, extras].map((part) => part.element);
  const element = el('article', { class: 'run', 'data-run': first.id, 'aria-labelledby': titleId }, ...parts);
  return {
    element,
    update: (run) => {
      setAttribute(element, 'data-run-state', run.state);
      setAttribute(element, 'data-run-label', run.label);
      setAttribute(element, 'aria-busy', isLive(run) ? 'true' : 'false');
      replay.update(run.replay);
      failure.update(run.failure);
      figures.update(run.figures);
      why.update(run.why);
      remarks.update(run.remarks);
      for (const part of [head, usage, answer, extras]) part.update(run);
    },
    append: ({ channel, text }) => {
      if (element.getAttribute('data-run-state') === 'waiting') {
        setAttribute(element, 'data-run-state', 'streaming');
        head.startStreaming();
      }
      (channel === 'answer' ? answer : extras).append(text);
    },
    tick: head.tick,
    showImages: extras.showImages,
  };
};

/** The runs on the page, side by side where there is room. */
interface RunsPart extends Part<readonly RunView[]> {
  readonly showImages: (message: Images) => void;
  readonly append: (message: Append) => void;
  readonly tick: () => void;
}

const runsPart = (post: Post): RunsPart => {
  const element = el('div', { class: 'runs' });
  const parts = new Map<string, RunPart>();
  let made = 0;
  const list = keyedList(
    element,
    (run: RunView) => run.id,
    (run) => {
      made += 1;
      const part = runPart(post, `run-${made}`, run);
      parts.set(run.id, part);
      return part;
    },
  );
  return {
    element,
    update: (runs) => {
      list(runs);
      for (const id of parts.keys()) if (!runs.some((run) => run.id === id)) parts.delete(id);
      setAttribute(element, 'data-count', runs.length);
      // Rows of two runs line up only while both have the same rows.
      setAttribute(
        element,
        'data-aligned',
        runs.length === 2 &&
          runs.every(({ failure }) => failure === undefined) &&
          new Set(runs.map(({ why }) => why === undefined)).size === 1,
      );
      show(element, runs.length > 0);
    },
    append: (message) => parts.get(message.run)?.append(message),
    showImages: ({ run, images }) => parts.get(run)?.showImages(images),
    tick: () => parts.forEach(({ tick }) => tick()),
  };
};

/** The Runs tab: the runs on the page, and those of this session. */
export interface RunsTab extends Part<RunsView | undefined> {
  /** Adds streamed text to one run; a run that is not on the page is left alone. */
  readonly append: (message: Append) => void;
  /** The pictures of a run's request have come. */
  readonly showImages: (message: Images) => void;
  /** A second has passed. */
  readonly tick: () => void;
}

export const runsTab = (post: Post): RunsTab => {
  const welcome = el('p', { class: 'welcome', hidden: true });
  const runs = runsPart(post);
  const history = historyPart(post);
  return {
    element: el('div', {}, welcome, runs.element, history.element),
    update: (view) => {
      if (view === undefined) return;
      setText(welcome, view.welcome);
      show(welcome, view.runs.length === 0);
      runs.update(view.runs);
      history.update(view);
    },
    append: runs.append,
    showImages: runs.showImages,
    tick: runs.tick,
  };
};
