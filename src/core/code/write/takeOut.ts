import { withSeparator } from '../../formats/listEdits';
import { replaceSpan, type Edits } from '../../text/edit';
import { span, type Span } from '../../text/span';
import type { LanguageId } from '../form';

/**
 * The addition of a list whose only element stands there: ` + [ … ]` behind something that ends, on its line or the one before. `undefined` where the list
 * has more, or is not added to anything.
 */
const additionAround = (text: string, at: Span): Span | undefined => {
  const open = /(?<=[\w)\]}"'])(\s*)\+\s*\[\s*$/.exec(text.slice(0, at.start));
  const close = /^\s*,?\s*\]/.exec(text.slice(at.end));
  if (open === null || close === null) return undefined;
  const end = at.end + close[0].length;
  // The line before may end in a comment, which would take in what stands behind the list.
  const goesOn = open[1]?.includes('\n') === true && !/^[ \t]*(?:\r?\n|$)/.test(text.slice(end));
  return span(open.index + (goesOn ? (open[1]?.length ?? 0) : 0), end);
};

/** Takes an element out of its list. A list that was added to another for it alone goes too, where `+` joins lists. */
export const takeOut = (text: string, language: LanguageId, at: Span): Edits => [
  replaceSpan((language === 'python' ? additionAround(text, at) : undefined) ?? withSeparator(text, at), ''),
];
