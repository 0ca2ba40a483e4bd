import type { Prompt } from '../prompt/model';
import { span, type Span } from '../text/span';

/** The first line of a span that shows something, without the white space around it: enough to point at a long block. */
export const firstLine = (text: string, at: Span): Span => {
  const shown = text.slice(at.start, Math.min(at.end, at.start + 1000)).search(/\S/);
  const start = at.start + Math.max(0, shown);
  // No further than the span: the text may be one long line, and a place in it asked for again and again.
  const newline = text.slice(start, at.end).indexOf('\n');
  return trimEnd(text, span(start, newline === -1 ? at.end : start + newline));
};

/** The last line of a span, without the white space around it: the end of a block, where a marker would go. */
export const lastLine = (text: string, at: Span): Span => {
  const { end } = trimEnd(text, at);
  const start = at.start + text.slice(at.start, end).lastIndexOf('\n') + 1;
  return span(start + Math.max(0, text.slice(start, end).search(/\S/)), end);
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
