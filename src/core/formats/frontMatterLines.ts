import { insertAt, type Edits } from '../text/edit';
import { span, type Span } from '../text/span';
import { lineBreakOf, lineEnd } from './listEdits';

/** New front matter with these lines, for a file that has none. */
export const newFrontMatter = (text: string, lines: string): Edits => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const newline = lineBreakOf(text);
  return [insertAt(start, `---${newline}${lines}${newline}---${newline}`)];
};

/** A line of front matter that is written like `key:` at the top, and what follows the colon. */
export const topLine = (text: string, front: Span, key: string): { readonly indent: string; readonly value: Span } | undefined => {
  const match = new RegExp(`^( *)(["']?)${key}\\2[ \\t]*:`, 'm').exec(text.slice(front.start, front.end));
  if (match === null) return undefined;
  const at = front.start + match.index + match[0].length;
  return { indent: match[1] ?? '', value: span(at, lineEnd(text, at)) };
};

/** The indent of the top keys; `undefined` where the front matter is no mapping in block style. */
export const topIndent = (text: string, front: Span): string | undefined => {
  const first = /^(?![ \t]*(?:#|\r?$))[^\r\n]+/m.exec(text.slice(front.start, front.end))?.[0];
  return first === undefined ? '' : /^( *)["']?[\w.-]+["']?[ \t]*:/.exec(first)?.[1];
};
