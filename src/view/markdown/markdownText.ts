import { visible } from '../../core/text/visible';
import { el, setAttribute, setText, type Props } from '../dom';
import { blockReader, type Piece } from './blocks';
import { codeBlock, codeText, drawTokens, type DrawPorts } from './draw';
import type { References } from './parse';

/** Markdown that grows at its end while a person may be reading it. */
export interface MarkdownText {
  readonly element: HTMLElement;
  /** Makes the text equal to this one, drawing only what is new where it can. `live`: more may come, and the end is followed. */
  readonly set: (text: string, live: boolean) => void;
  readonly append: (text: string) => void;
}

/** So long may be drawn at a time, in milliseconds; the rest waits for the next frame. */
const longestTurn = 3;
/** A section is closed at so many tokens: what grows is laid out again, and what is closed and out of sight is not. */
const longestSection = 200;
/** So many sections stand in a chapter, which is closed as they are: each closed part is looked at in every frame, and nothing in a closed chapter is. */
const longestChapter = 32;
/** So much code weighs as much as a token, in UTF-16 units. */
const charactersOfToken = 40;
/** A text node of code is closed at this length, in UTF-16 units. */
const longestNode = 8192;
/** Within so many CSS pixels of the end a person is taken to be reading along. */
const nearEnd = 24;

/** The drawn pieces, in sections of chapters, and after them what may still change. */
const canvas = (ports: DrawPorts) => {
  const element = el('div', { class: 'markdown-body' });
  const tail = el('div', { class: 'markdown-tail' });
  let chapter: HTMLElement | undefined;
  let section: HTMLElement | undefined;
  let weight = 0;
  let code: HTMLElement | undefined;
  let codeInfo = '';
  let lastText: Text | undefined;

  const place = (): HTMLElement => {
    if (section !== undefined && weight < longestSection) return section;
    if (section !== undefined) setAttribute(section, 'data-closed', true);
    section = el('div', { class: 'markdown-section' });
    weight = 0;
    if (chapter === undefined || chapter.children.length === longestChapter) {
      if (chapter !== undefined) setAttribute(chapter, 'data-closed', true);
      chapter = el('div', { class: 'markdown-chapter' });
      element.insertBefore(chapter, tail);
    }
    chapter.append(section);
    return section;
  };
  const addCode = (text: string): void => {
    weight += text.length / charactersOfToken;
    if (lastText !== undefined && lastText.length + text.length <= longestNode) lastText.appendData(text);
    else {
      lastText = document.createTextNode(text);
      code?.append(lastText);
    }
  };
  const draw = (piece: Piece): void => {
    switch (piece.kind) {
      case 'block':
        place().append(...drawTokens(piece.tokens, ports));
        weight += piece.tokens.length;
        return;
      case 'codeStart': {
        const block = codeBlock(piece.info);
        place().append(block.element);
        code = block.code;
        codeInfo = piece.info;
        return;
      }
      case 'code':
        return addCode(visible(piece.text));
      case 'codeEnd':
        // A longer one is drawn by now, and stays.
        if (code?.childNodes.length === 1) setText(code, codeText(codeInfo, code.textContent));
        code = undefined;
        lastText = undefined;
    }
  };
  element.append(tail);
  return { element, tail, draw };
};

/** A scrolling box of rendered Markdown. It follows the end only while the person is there, and no turn of it takes long, however long the text. */
export const markdownText = (props: Props, ports: DrawPorts): MarkdownText => {
  const element = el('div', { class: 'stream markdown', tabindex: 0, role: 'region', dir: 'auto', ...props });
  let current = '';
  let references: References = {};
  let reader = blockReader(references);
  let page = canvas(ports);
  /** Pieces that were read, and how many of them stand on the page. */
  let read: readonly Piece[] = [];
  let drawn = 0;
  let following = false;
  let waiting = false;
  element.append(page.element);

  const restart = (known: References): void => {
    references = known;
    reader = blockReader(references);
    read = [];
    const next = canvas(ports);
    page.element.remove();
    page = next;
    element.append(page.element);
  };

  /** Draws the next piece, or reads on where none waits; `false`: there is nothing more that is final. */
  const step = (): boolean => {
    const piece = read[drawn];
    if (piece !== undefined) {
      // It says what stands there now.
      page.tail.textContent = '';
      page.draw(piece);
      drawn += 1;
      return true;
    }
    const pieces = reader.step();
    read = pieces ?? [];
    drawn = 0;
    return pieces !== undefined;
  };
  const turn = (): void => {
    const end = performance.now() + longestTurn;
    let isOver = true;
    while (performance.now() < end && step()) isOver = false;
    // What is not final is drawn in a turn of its own, or reading and drawing it would come on top.
    if (!isOver) {
      later();
      return;
    }
    page.tail.textContent = '';
    page.tail.append(...drawTokens(reader.tail(), ports));
    // Names that were used before they were defined are read again once nothing more comes.
    if (following || !reader.late()) return;
    restart(references);
    reader.push(current);
    later();
  };
  /** Was the person at the end before a turn that goes on in the next frame? */
  let wasAtEnd: boolean | undefined;
  const isAtEnd = (): boolean => element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
  const follow = (inFrame: boolean): void => {
    const stick = wasAtEnd ?? (following && isAtEnd());
    wasAtEnd = undefined;
    turn();
    // What goes on before anything is painted need not be laid out yet.
    if (!inFrame && waiting) wasAtEnd = stick;
    else if (stick) element.scrollTop = element.scrollHeight;
  };
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow(true);
    });
  };
  const add = (more: string): void => {
    current += more;
    reader.push(more);
    // What waits is drawn in its turn.
    if (!waiting) follow(false);
  };

  return {
    element,
    set: (text, live) => {
      const ended = following && !live;
      following = live;
      if (text === current) return ended ? add('') : undefined;
      if (text.startsWith(current)) return add(text.slice(current.length));
      current = '';
      restart({});
      if (text !== '') add(text);
    },
    append: (text) => {
      following = true;
      if (text !== '') add(text);
    },
  };
};
