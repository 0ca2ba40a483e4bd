import { runsText } from '../../core/messages/page/runs';
import { prettyJson } from '../../core/text/prettyJson';
import { visible } from '../../core/text/visible';
import { el } from '../dom';
import { linkPart } from './link';
import type { Token } from './parse';

/** What a person can do with what is drawn. */
export interface DrawPorts {
  /** The person has seen the address and wants it opened. */
  readonly openLink: (url: string) => void;
}

/** Elements by the parser's names of tags; every other name is drawn as a plain stretch of text. */
const tags = {
  p: 'p',
  blockquote: 'blockquote',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  em: 'em',
  strong: 'strong',
  s: 's',
  // The answer stands under a heading of the third level.
  h1: 'h4',
  h2: 'h5',
  h3: 'h6',
  h4: 'h6',
  h5: 'h6',
  h6: 'h6',
} as const satisfies Readonly<Record<string, keyof HTMLElementTagNameMap>>;

const alignments: Readonly<Record<string, string>> = { 'text-align:right': 'number', 'text-align:center': 'centered' };

/** Lists that begin later may reach numbers of four digits. */
const farStart = 800;

const openElement = (token: Token): HTMLElement => {
  const tag = Object.hasOwn(tags, token.tag) ? tags[token.tag as keyof typeof tags] : 'span'; // asked for in the line itself
  const start = token.attrGet('start') ?? undefined;
  return el(tag, {
    start,
    // Its numbers have more digits than most.
    'data-far': Number(start) > farStart,
    class: alignments[String(token.attrGet('style'))],
    'data-level': /^h[1-6]$/.test(token.tag) ? token.tag.slice(1) : undefined,
    'aria-label': token.tag === 'table' ? runsText.answerTable : undefined,
  });
};

/** Code as it is shown: JSON that stands in one line gets a line for each member. */
export const codeText = (info: string, code: string): string =>
  /^json\b/i.test(info) && code.trim().indexOf('\n') === -1 ? (prettyJson(code) ?? code) : code;

/** A block of code that is still empty, with the language that the text names. */
export const codeBlock = (info: string): { readonly element: HTMLElement; readonly code: HTMLElement } => {
  const language = /^[^\s{]*/.exec(info)?.[0] ?? '';
  const code = el('code');
  return { element: el('pre', { tabindex: 0, 'data-language': language || undefined }, code), code };
};

const leaf = (token: Token, ports: DrawPorts): Node => {
  switch (token.type) {
    case 'softbreak':
      return document.createTextNode('\n');
    case 'hardbreak':
      return el('br');
    case 'hr':
      return el('hr');
    case 'code_inline':
      return el('code', {}, token.content);
    case 'fence':
    case 'code_block': {
      const { element, code } = codeBlock(token.info);
      code.append(visible(codeText(token.info, token.content)));
      return element;
    }
    case 'image':
      // Nothing is loaded: who answers could learn by it that and when the answer was read.
      return linkPart(String(token.attrGet('src') ?? ''), [runsText.pictureOf(token.content)], ports.openLink);
    default:
      return document.createTextNode(visible(token.content));
  }
};

interface Open {
  readonly children: Node[];
  readonly close: (children: readonly Node[]) => Node;
}

const openToken = (token: Token, ports: DrawPorts): Open['close'] => {
  if (token.type === 'link_open') return (children) => linkPart(String(token.attrGet('href') ?? ''), children, ports.openLink);
  const element = openElement(token);
  return (children) => {
    element.append(...children);
    return element;
  };
};

/** Draws what the parser found, with elements of a fixed list and texts alone: nothing that a model writes becomes markup, a style or an address that is loaded. */
export const drawTokens = (tokens: readonly Token[], ports: DrawPorts): readonly Node[] => {
  const root: Open = { children: [], close: () => document.createTextNode('') };
  const open: Open[] = [root];
  const add = (...nodes: readonly Node[]): void => void open.at(-1)?.children.push(...nodes);
  for (const token of tokens) {
    if (token.hidden) continue;
    if (token.type === 'inline') add(...drawTokens(token.children ?? [], ports));
    else if (token.nesting === 1) open.push({ children: [], close: openToken(token, ports) });
    else if (token.nesting === 0) add(leaf(token, ports));
    else if (open.length > 1) {
      const closed = open.pop();
      if (closed !== undefined) add(closed.close(closed.children));
    }
  }
  return root.children;
};
