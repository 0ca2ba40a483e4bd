import { runsText } from '../core/messages/page/runs';
import type { RunView, TabMessage } from '../core/panel/protocol';
import { beginsAsJson, prettyJson } from '../core/text/prettyJson';
import { el, setAttribute, setText, show, type Part } from './dom';
import { markdownText } from './markdown/markdownText';
import { streamText, type StreamText } from './streamText';

type Post = (message: TabMessage<'run'>) => void;

/** A part that also takes streamed text. */
export interface StreamPart extends Part<RunView> {
  readonly append: (text: string) => void;
}

export const isLive = ({ state }: RunView): boolean => state === 'waiting' || state === 'streaming';

/** How an answer is shown: rendered, as JSON with a line for each member, or letter by letter. */
type Look = 'markdown' | 'json' | 'raw';

/** Where an answer begins differently, it is seen within so many characters. */
const beginning = 80;
/** JSON that is longer, in UTF-16 units, is shown as it came: to read and lay it out would hold up the page. */
const longestJson = 500_000;

/** The text of one answer, in the look that suits it or that a person wants. */
const answerText = (label: string, openLink: (url: string) => void) => {
  const props = { 'data-answer': true, 'aria-label': runsText.answerOf(label) };
  const element = el('div', { class: 'answer-text' });
  let text = '';
  let live = true;
  let raw = false;
  let look: Look | undefined;
  let shown: StreamText | undefined;
  let pretty: string | undefined;

  const wanted = (): Look => {
    if (raw) return 'raw';
    if (!beginsAsJson(text.slice(0, beginning))) return 'markdown';
    if (live || text.length > longestJson) return 'raw';
    pretty = prettyJson(text);
    return pretty === undefined ? 'markdown' : 'json';
  };
  const draw = (): void => {
    const next = wanted();
    if (next !== look || shown === undefined) {
      look = next;
      shown = next === 'markdown' ? markdownText(props, { openLink }) : streamText({ ...props, 'data-look': next });
      setText(element, '');
      element.append(shown.element);
    }
    shown.set(look === 'json' ? (pretty ?? text) : text, live);
  };
  return {
    element,
    set: (next: string, isRunning: boolean): void => {
      if (next === text && live === isRunning && look !== undefined) return;
      text = next;
      live = isRunning;
      draw();
    },
    append: (more: string): void => {
      const early = text.length < beginning;
      text += more;
      if (early || shown === undefined) draw();
      else shown.append(more);
    },
    setRaw: (value: boolean): void => {
      raw = value;
      draw();
    },
  };
};

/** The answer of a run with what can be done with it. */
export const answerPart = (post: Post, { id, label }: RunView): StreamPart => {
  const answer = answerText(label, (url) => post({ type: 'openLink', url }));
  const button = (text: string, onclick: () => void, hint?: string): HTMLButtonElement =>
    el('button', { type: 'button', class: 'link', title: hint, onclick }, text);
  const raw = button(
    runsText.raw,
    () => {
      const on = raw.getAttribute('aria-pressed') !== 'true';
      setAttribute(raw, 'aria-pressed', on ? 'true' : 'false');
      answer.setRaw(on);
    },
    runsText.rawHint,
  );
  setAttribute(raw, 'aria-pressed', 'false');
  const open = button(runsText.openInEditor, () => post({ type: 'openAnswer', run: id }), runsText.openHint);
  const copyAnswer = button(runsText.copy, () => post({ type: 'copyAnswer', run: id }), runsText.copyHint);
  const copyRequest = button(runsText.copyRequest, () => post({ type: 'copyRequest', run: id }), runsText.copyRequestHint);
  const head = el('div', { class: 'answer-head' }, el('h3', {}, runsText.answer), raw, open, copyAnswer, copyRequest);
  const notKept = el('p', { class: 'about faint not-kept' }, runsText.textsNotKept);
  const element = el('section', { class: 'answer' }, head, answer.element, notKept);
  return {
    element,
    update: (run) => {
      for (const one of [raw, open, copyAnswer]) show(one, run.answer !== '');
      show(head, run.hasTexts);
      show(notKept, !run.hasTexts);
      // A run that failed before it said anything has no answer to show, nor has one that only asked for tools.
      show(element, run.answer !== '' || run.state !== 'failed');
      show(answer.element, run.answer !== '' || isLive(run));
      answer.set(run.answer, isLive(run));
    },
    append: (text) => {
      for (const one of [raw, open, copyAnswer]) show(one, true);
      answer.append(text);
    },
  };
};
