import type { TextBlock } from '../../prompt/model';
import { placeOf, type Segment, type TextSegment } from '../../text/segment';
import { theDocument, type Sources } from '../../text/place';
import { encloses, span, type Span } from '../../text/span';
import type { LanguageId } from '../form';

/** Lines of a literal: what goes, and the element that says them alone. */
export interface LiteralLines {
  readonly cut: Span;
  readonly element: string;
}

/** A literal that is the whole text of a block, as it stands in its element. */
interface Literal {
  readonly quote: string;
  /** Between its quotes. */
  readonly content: Span;
  /** What stands in it as it is, in order. */
  readonly texts: readonly TextSegment[];
}

/** Expressions in a literal, one after the other. */
const expressions: { readonly [L in LanguageId]: string } = { python: '(?:\\{[^{}\\n]*\\})*', typescript: '(?:\\$\\{[^{}\\n]*\\})*' };

const quotes = '"""|\'\'\'|["\'`]';
/** The beginning of an element up to its text, which has no other member but its type before it. */
const headOf = (language: LanguageId): RegExp =>
  new RegExp(
    `^\\{\\s*(?:["']?type["']?\\s*:\\s*["']text["']\\s*,\\s*)?["']?text["']?\\s*:\\s*[rRfFuU]{0,2}(${quotes})(${expressions[language]})$`,
  );
const tailOf = (language: LanguageId): RegExp => new RegExp(`^(${expressions[language]})(${quotes})\\s*,?\\s*\\}$`);

/** The literal of an element `{"text": …}`, where nothing is done to it and nothing else is said of it. */
const literalOf = (text: string, language: LanguageId, { segments }: TextBlock, item: Span): Literal | undefined => {
  const isHere = (one: Segment): one is TextSegment =>
    one.kind === 'text' &&
    one.via === undefined &&
    one.at.source === theDocument &&
    one.notation.name !== 'opaque' &&
    encloses(item, one.at.span);
  const texts = segments.filter(isHere);
  const [first, last] = [texts[0], texts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const head = headOf(language).exec(text.slice(item.start, first.at.span.start));
  const tail = tailOf(language).exec(text.slice(last.at.span.end, item.end));
  const [, quote = '', before = ''] = head ?? [];
  if (head === null || tail === null || tail[2] !== quote) return undefined;
  const between = new RegExp(`^${expressions[language]}$`);
  const isOne = texts.every(({ at }, index) => {
    const gap = index === 0 ? '' : text.slice(texts[index - 1]?.at.span.end, at.span.start);
    return between.test(gap) && !gap.includes(quote);
  });
  const content = span(first.at.span.start - before.length, last.at.span.end + (tail[1]?.length ?? 0));
  return isOne ? { quote, content, texts } : undefined;
};

const lengthOf = (segment: Segment): number =>
  segment.kind === 'text' ? segment.text.length : segment.kind === 'unknown' ? segment.source.length : segment.name.length + 4;

/** Where the line break that is character `offset` of a block's text is written in its literal. */
const breakAt = (sources: Sources, { segments }: TextBlock, { texts }: Literal, offset: number): Span | undefined => {
  let at = 0;
  for (const segment of segments) {
    const within = offset - at;
    if (within >= 0 && within < lengthOf(segment)) {
      const isHere = segment.kind === 'text' && texts.includes(segment) && segment.text[within] === '\n';
      return isHere ? placeOf(sources, segment, within, within + 1).span : undefined;
    }
    at += lengthOf(segment);
  }
  return undefined;
};

/**
 * Lines `from` to `to` of a block's text, taken out of the literal that says them; `undefined` where that is not one literal, or they are no whole
 * lines of it, or one of the two texts would end in a quote.
 */
export const literalLines = (
  text: string,
  language: LanguageId,
  sources: Sources,
  block: TextBlock,
  item: Span,
  from: number,
  to: number,
): LiteralLines | undefined => {
  const literal = literalOf(text, language, block, item);
  if (literal === undefined) return undefined;
  const { quote, content } = literal;
  const [before, last] = [from === 0 ? undefined : breakAt(sources, block, literal, from - 1), breakAt(sources, block, literal, to - 1)];
  const isAtEnd = to === block.segments.reduce((sum, one) => sum + lengthOf(one), 0);
  if ((from > 0 && before === undefined) || (last === undefined && (!isAtEnd || before === undefined))) return undefined;
  const start = before?.end ?? content.start;
  const said = text.slice(start, last?.start ?? content.end);
  // The line break after the lines goes with them, or that before the last one.
  const cut = last === undefined ? span(before?.start ?? start, content.end) : span(start, last.end);
  const left = text.slice(content.start, cut.start) + text.slice(cut.end, content.end);
  if ([said, left].some((one) => one.trim() === '' || one.endsWith(quote.charAt(0)) || one.endsWith('\\'))) return undefined;
  const closing = text.slice(content.end, item.end);
  return { cut, element: text.slice(item.start, content.start) + said + closing };
};
