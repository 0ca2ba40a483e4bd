import { inDocument, theDocument, type Place, type SourceId } from './place';
import { span, type Span } from './span';

/** Replace what stands at `at` by `text`; an empty span inserts. Says itself which text it is for. */
export interface SourceEdit {
  readonly at: Place;
  readonly text: string;
}

export type Edits = readonly SourceEdit[];

/** An edit of the document itself. */
export const replaceAt = (start: number, end: number, text: string): SourceEdit => ({ at: inDocument(span(start, end)), text });
export const replaceSpan = (at: Span, text: string): SourceEdit => ({ at: inDocument(at), text });
export const insertAt = (offset: number, text: string): SourceEdit => replaceAt(offset, offset, text);

/** The one edit that makes another text of one: of the stretch in which they differ; none where they are equal. */
export const differenceOf = (text: string, next: string): Edits => {
  if (text === next) return [];
  const most = Math.min(text.length, next.length);
  let start = 0;
  while (start < most && text[start] === next[start]) start += 1;
  let tail = 0;
  while (tail < most - start && text[text.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
  return [replaceAt(start, text.length - tail, next.slice(start, next.length - tail))];
};

/** The text of one source after all edits that are for it; offsets refer to the text before any of them. Edits must not overlap. */
export const applyEdits = (text: string, edits: Edits, source: SourceId = theDocument): string => {
  const own = edits.filter(({ at }) => at.source === source);
  own.sort(({ at: { span: a } }, { at: { span: b } }) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const edit of own) {
    const { start, end } = edit.at.span;
    if (start < at) throw new Error(`overlapping edits at offset ${start}`);
    result += text.slice(at, start) + edit.text;
    at = end;
  }
  return result + text.slice(at);
};
