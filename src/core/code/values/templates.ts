import { cut, flat, spotOf, templateHole } from './pieces';
import type { Piece, Spot } from './value';

/** What stands for a placeholder: its pieces, or `undefined` where nobody gave anything. */
export type Fill = (name: string, index: number) => readonly Piece[] | undefined;

/** `str.format` and templates like it: `{name}`, `{0}`, `{}`; doubled braces are braces. What is not filled in becomes a hole by its name. */
export const fillBraces = (pieces: readonly Piece[], fill: Fill, fallback: Spot): readonly Piece[] => {
  const text = flat(pieces);
  const found: Piece[] = [];
  let done = 0;
  let count = 0;
  const upTo = (to: number): void => void found.push(...cut(pieces, done, to));
  for (const match of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
    const { 0: whole, 1: inside, index } = match;
    upTo(whole.length === 2 && inside === undefined ? index + 1 : index);
    done = index + whole.length;
    if (inside === undefined) continue;
    const name = /^[^!:.[]*/.exec(inside)?.[0].trim() ?? '';
    const isPlain = /^[^!:.[]*$/.test(inside);
    const given = isPlain ? fill(name === '' ? String(count) : name, count) : undefined;
    if (name === '') count += 1;
    found.push(...(given ?? [templateHole(inside.trim(), spotOf(pieces, index, done, fallback))]));
  }
  upTo(text.length);
  return found;
};

/** `%s`, `%d`, `%(name)s` of Python's `%`. */
export const fillPercent = (pieces: readonly Piece[], fill: Fill, fallback: Spot): readonly Piece[] => {
  const text = flat(pieces);
  const found: Piece[] = [];
  let done = 0;
  let count = 0;
  for (const match of text.matchAll(/%(?:\((\w+)\))?([#0 +-]*\d*(?:\.\d+)?)([sdifr%])/g)) {
    const { 0: whole, 1: name, 2: format, 3: sign, index } = match;
    found.push(...cut(pieces, done, sign === '%' ? index + 1 : index));
    done = index + whole.length;
    if (sign === '%') continue;
    const given = format === '' ? fill(name ?? String(count), count) : undefined;
    found.push(...(given ?? [templateHole(name ?? whole, spotOf(pieces, index, done, fallback))]));
    count += 1;
  }
  return [...found, ...cut(pieces, done, text.length)];
};

/** `$name` and `${name}` of `string.Template`; `$$` is one sign. */
export const fillDollars = (pieces: readonly Piece[], fill: Fill, fallback: Spot): readonly Piece[] => {
  const text = flat(pieces);
  const found: Piece[] = [];
  let done = 0;
  for (const { 0: whole, 1: plain, 2: braced, index } of text.matchAll(/\$(?:\$|([a-z_]\w*)|\{([a-z_]\w*)\})/gi)) {
    const name = plain ?? braced;
    found.push(...cut(pieces, done, name === undefined ? index + 1 : index));
    done = index + whole.length;
    if (name !== undefined) found.push(...(fill(name, 0) ?? [templateHole(name, spotOf(pieces, index, done, fallback))]));
  }
  return [...found, ...cut(pieces, done, text.length)];
};

/** `{{ name }}` of Jinja, where nothing else is done with names; `undefined` for a template with statements, filters or comments. */
export const fillNames = (pieces: readonly Piece[], fill: Fill, fallback: Spot): readonly Piece[] | undefined => {
  const text = flat(pieces);
  const found: Piece[] = [];
  let done = 0;
  if (/\{[%#]/.test(text)) return undefined;
  for (const { 0: whole, 1: inside, index } of text.matchAll(/\{\{(.*?)\}\}/gs)) {
    const name = inside?.trim() ?? '';
    if (!/^[a-z_]\w*$/i.test(name)) return undefined;
    found.push(...cut(pieces, done, index));
    done = index + whole.length;
    found.push(...(fill(name, 0) ?? [templateHole(name, spotOf(pieces, index, done, fallback))]));
  }
  // One line feed at the end of a template is not kept.
  return [...found, ...cut(pieces, done, text.length - (text.endsWith('\n') && done < text.length ? 1 : 0))];
};
