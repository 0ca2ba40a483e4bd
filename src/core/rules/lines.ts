import type { Prompt } from '../prompt/model';
import { span, type Span } from '../text/span';

/** The first line of a span that shows something, without the white space around it: enough to point at a long block. */
export const firstLine = (text: string, at: Span): Span => {
  const shown = /\S/.exec(text.slice(at.start, Math.min(at.end, at.start + 1000)));
  const start = at.start + (shown?.index ?? 0);
  const newline = text.indexOf('\n', start);
  return trimEnd(text, span(start, newline === -1 ? at.end : Math.min(newline, at.end)));
};

/** The last line of a span, without the white space around it: the end of a block, where a marker would go. */
export const lastLine = (text: string, at: Span): Span => {
  const { end } = trimEnd(text, at);
  const start = Math.max(at.start, text.lastIndexOf('\n', end - 1) + 1);
  const shown = /\S/.exec(text.slice(start, end));
  return span(start + (shown?.index ?? 0), end);
};

const trimEnd = (text: string, at: Span): Span => {
  let { end } = at;
  while (end > at.start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return span(at.start, end);
};

/** Where a problem of the whole request is shown: the line that opens the front matter, or the first line of the text. */
export const headPlace = (text: string, prompt: Prompt): Span => {
  if (prompt.head !== undefined) return prompt.head;
  const start = prompt.header.span?.start;
  return firstLine(text, start === undefined ? span(0, text.length) : span(text.lastIndexOf('\n', start - 2) + 1, start));
};

/** Where a problem of the model is shown: its id, or the head of the request where a setting names the model. */
export const modelPlace = (text: string, prompt: Prompt): Span => prompt.header.modelId?.span ?? headPlace(text, prompt);
