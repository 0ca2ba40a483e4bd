import { span, type Span } from './span';

/** The line that an offset stands in, without its line break. */
export const lineAt = (text: string, offset: number): Span => {
  const newline = text.indexOf('\n', offset);
  // From -1 on a search would begin at 0.
  return span(offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1, newline === -1 ? text.length : newline);
};
