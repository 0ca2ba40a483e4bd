import type { VariableDeclaration } from '../prompt/model';

/** A place in a text for what is given when it is used. */
export type Hole =
  | {
      readonly kind: 'value';
      /** As it is declared, or the source of what only the program knows. */
      readonly name: string;
      readonly isUnknown: boolean;
      readonly declaration: VariableDeclaration | undefined;
    }
  /** The bytes of a file, where base64 stands in JSON. */
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array };

export type Part = string | Hole;

/**
 * Holes stand in the texts of a request as marks, so that a request with holes is JSON like every other and is built, translated and printed as
 * such. A mark is a number between two signs that no text of the prompt has.
 */
export interface Marks {
  /** The mark of a hole, the same each time. */
  of(hole: Hole): string;
  /** The mark of what goes by a name, made when it is first asked for. */
  named(name: string, make: () => Hole): string;
  parts(text: string): readonly Part[];
  /** All holes so far, in the order in which they came up. */
  readonly holes: readonly Hole[];
}

/** Signs of the private use area of Unicode, which hardly any text has, and none has all of. */
const signs = Array.from({ length: 0xf8ff - 0xe000 + 1 }, (_, at) => String.fromCharCode(0xe000 + at));

/** Marks for a prompt; `isUsed`: does a sign stand in any of its texts? */
export const createMarks = (isUsed: (sign: string) => boolean): Marks => {
  const sign = signs.find((one) => !isUsed(one)) ?? '\uFFFE';
  const holes: Hole[] = [];
  const byName = new Map<string, string>();
  const of = (hole: Hole): string => {
    const known = holes.indexOf(hole);
    return `${sign}${known === -1 ? holes.push(hole) - 1 : known}${sign}`;
  };
  return {
    of,
    named: (name, make) => {
      const mark = byName.get(name) ?? of(make());
      byName.set(name, mark);
      return mark;
    },
    parts: (text) =>
      text.split(sign).flatMap((part, at): readonly Part[] => {
        const hole = at % 2 === 1 ? holes[Number(part)] : undefined;
        return hole !== undefined ? [hole] : part === '' ? [] : [part];
      }),
    holes,
  };
};
