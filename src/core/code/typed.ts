import { decode, type Notation } from '../text/notation';
import type { Span } from '../text/span';
import type { Scope } from './form';
import { armBy, contentBy, moveBy, type Movable, type Move } from './move';
import { longestName } from './reader';

/* What is typed in a literal is most often plain text: nothing but the literal has to be read again. */

/** What was typed somewhere, or taken out. */
export interface Typed {
  /** Where, in the version before. */
  readonly at: Span;
  /** By how many characters there are more now. */
  readonly by: number;
  /** What stood there and what stands there now, each with the signs beside it. */
  readonly texts: readonly string[];
  /** The file as it is now. */
  readonly source: string;
}

/** Does each sign of a text say itself, so that it neither ends a literal nor begins or ends anything in one? A carriage return alone does nothing. */
const saysItself = ({ keepsLines, write }: Notation, text: string): boolean => {
  const signs = keepsLines ? text.replaceAll('\r', '') : text;
  return write(signs) === signs;
};

/**
 * What was read of a statement in which something was typed that neither ends a literal nor begins anything in it: the literal around it says something
 * else, and what stands behind it moves. `undefined` where none is around it.
 */
export const typePart = (part: Movable, by: number, top: Scope, { at: typedAt, by: more, texts, source }: Typed): Movable | undefined => {
  let isMet = false;
  const move: Move = {
    ...moveBy(by, [[part.top, top]]),
    to: (place) => place + by + (place + by > typedAt.start ? more : 0),
    says: ({ text, at: { start, end }, notation }, at) => {
      if (start + by >= typedAt.start || typedAt.end >= end + by) return text;
      isMet ||=
        Math.min(end - start, at.end - at.start) > longestName &&
        /^(?:python|typescript)$/.test(notation.name) &&
        texts.every((one) => saysItself(notation, one));
      return decode(notation, source, at);
    },
  };
  const content = contentBy(move, part);
  const arms = part.arms.map((arm) => armBy(arm, move));
  return isMet ? { ...content, arms, top } : undefined;
};
