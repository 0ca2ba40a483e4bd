import { chatPageText } from '../../core/messages/page/chat';
import {
  chatFieldNames,
  chatFields,
  type ChatField,
  type ChatInput,
  type ChatStrategy,
  type ChatView,
  type FromChat,
} from '../../core/panel/chatProtocol';
import { el, setText, svg } from '../dom';

/** The page of the simulator: fields above, a table of the strategies, and the turns of each as bars. */
export interface ChatPage {
  readonly elements: readonly Node[];
  readonly receive: (view: ChatView) => void;
}

/** The bars live in a box of so many units, stretched to the page. */
const box = { width: 1000, height: 100 } as const;

const bars = ({ id, label, turns }: ChatStrategy, most: number): SVGElement => {
  const step = box.width / Math.max(1, turns.length);
  return svg(
    'svg',
    {
      class: 'chat-bars',
      role: 'img',
      'aria-label': chatPageText.tokensByTurn(label),
      viewBox: `0 0 ${box.width} ${box.height}`,
      preserveAspectRatio: 'none',
      'data-strategy': id,
    },
    ...turns.map((turn, at) => {
      let top = box.height;
      const parts = (['read', 'written', 'input'] as const).map((kind) => {
        const height = (turn[kind] / most) * box.height;
        top -= height;
        return svg('rect', { class: `chat-${kind}`, x: at * step + step * 0.1, y: top, width: step * 0.8, height });
      });
      return svg('g', {}, svg('title', {}, turn.text), ...parts);
    }),
  );
};

const strategyPart = (strategy: ChatStrategy, most: number): HTMLElement =>
  el(
    'section',
    { class: 'chat-strategy', 'data-best': strategy.isBest },
    el('h2', {}, strategy.label, ...(strategy.isBest ? [el('span', { class: 'badge-quiet' }, chatPageText.least)] : [])),
    bars(strategy, most),
    el(
      'details',
      { class: 'more' },
      el('summary', {}, chatPageText.turns),
      el('ol', {}, ...strategy.turns.map(({ text }) => el('li', {}, text))),
    ),
  );

const table = ({ strategies }: ChatView): HTMLElement =>
  el(
    'table',
    { class: 'chat-table' },
    el('caption', { class: 'visually-hidden' }, chatPageText.tableName),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ...[chatPageText.cachePoints, chatPageText.read, chatPageText.written, chatPageText.cost, chatPageText.saved].map((name, at) =>
          el('th', { scope: 'col', class: at > 0 && 'number' }, name),
        ),
      ),
    ),
    el(
      'tbody',
      {},
      ...strategies.map(({ label, read, written, usd, saved, isBest, id }) =>
        el(
          'tr',
          { 'data-strategy': id, 'data-best': isBest },
          el('th', { scope: 'row' }, label, ...(isBest ? [el('span', { class: 'visually-hidden' }, chatPageText.isLeast)] : [])),
          ...[read, written, usd, saved].map((text) => el('td', { class: 'number' }, text)),
        ),
      ),
    ),
  );

export const createChatPage = (post: (message: FromChat) => void): ChatPage => {
  const title = el('h1', { class: 'rows-title' });
  const about = el('p', { class: 'about faint' });
  const sentence = el('p', { class: 'chat-sentence', role: 'status' });
  const body = el('div', { class: 'chat-body' });
  const lifetime = el('select', { 'data-field': 'ttl', onchange: () => send() });
  const inputs = new Map<ChatField, HTMLInputElement>(
    chatFieldNames.map((name) => {
      const { min, max } = chatFields[name];
      return [name, el('input', { type: 'number', min, max, step: 1, 'data-field': name, onchange: () => send() })];
    }),
  );
  const valueOf = (name: ChatField): number => Number(inputs.get(name)?.value);
  const send = (): void => {
    const isWithin = chatFieldNames.every((name) => {
      const { min, max } = chatFields[name];
      return Number.isSafeInteger(valueOf(name)) && valueOf(name) >= min && valueOf(name) <= max;
    });
    if (!isWithin) return;
    const input = Object.fromEntries(chatFieldNames.map((name) => [name, valueOf(name)]));
    post({ type: 'chatInput', input: { ...input, ttl: lifetime.value } as unknown as ChatInput }); // one of each name
  };
  const fields = el(
    'form',
    { class: 'chat-fields', onsubmit: (event: Event) => event.preventDefault() },
    ...chatFieldNames.map((name) =>
      el('label', {}, el('span', {}, chatPageText.fields[name]), ...[inputs.get(name)].filter((one) => one !== undefined)),
    ),
    el('label', {}, el('span', {}, chatPageText.lifetime), lifetime),
  );
  let ttls = '';
  return {
    elements: [el('header', { class: 'chat-head' }, title, about, fields, sentence), el('main', {}, body)],
    receive: (view) => {
      setText(title, view.title);
      setText(about, view.model);
      setText(sentence, view.sentence);
      for (const [name, input] of inputs) if (document.activeElement !== input) input.value = String(view.input[name]);
      if (ttls !== view.ttls.join()) {
        ttls = view.ttls.join();
        lifetime.textContent = '';
        lifetime.append(...view.ttls.map((ttl) => el('option', { value: ttl }, ttl)));
      }
      lifetime.value = view.input.ttl;
      body.textContent = '';
      body.append(
        table(view),
        el(
          'p',
          { class: 'chat-legend faint' },
          el('span', { class: 'chat-key', 'data-kind': 'read' }, chatPageText.keyRead),
          el('span', { class: 'chat-key', 'data-kind': 'written' }, chatPageText.keyWritten),
          el('span', { class: 'chat-key', 'data-kind': 'input' }, chatPageText.keyInput),
        ),
        ...view.strategies.map((strategy) => strategyPart(strategy, view.most)),
      );
    },
  };
};
