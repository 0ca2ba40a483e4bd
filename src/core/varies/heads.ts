/**
 * Where may one of many patterns begin? Trying a thousand words at each character of a text is slow, so that their first letters are looked for
 * first. This reads the small part of the language of regular expressions that the word tables use: literals, classes, groups and `?`.
 */

/** Letters of a head: enough that few places of a text have those of a word that does not stand there. */
const size = 4;

interface Step {
  /** What may stand here; `undefined`: nothing that can be told, so that a head ends. */
  readonly options: readonly string[] | undefined;
  readonly next: number;
}

/** What has a meaning for the structure of a pattern: an escape and a class, which are stepped over, brackets and bars. */
const structure = /\\.|\[[^\]]*\]|[()|]/g;

/** Where the next of them stands that is no more than one sign, at or after `at`; else -1. */
const nextSign = (source: string, at: number): number => {
  structure.lastIndex = at;
  for (let found = structure.exec(source); found !== null; found = structure.exec(source)) if (found[0].length === 1) return found.index;
  return -1;
};

/** The index after the bracket that closes the one that opens at `at`. */
const closeOf = (source: string, at: number): number => {
  let depth = 0;
  for (let next = nextSign(source, at); next !== -1; next = nextSign(source, next + 1)) {
    if (source[next] === '(') depth += 1;
    else if (source[next] === ')' && (depth -= 1) === 0) return next + 1;
  }
  return source.length;
};

const classAt = (source: string, at: number): Step => {
  const end = source.indexOf(']', at);
  const inside = source.slice(at + 1, end);
  return { options: /^\^|\\/.test(inside) ? undefined : [...inside], next: end + 1 };
};

const groupAt = (source: string, at: number): Step => {
  const next = closeOf(source, at);
  return { options: source.startsWith('(?:', at) ? headsOf(source.slice(at + 3, next - 1)) : undefined, next };
};

const escapeAt = (source: string, at: number): Step => {
  const char = source[at + 1] ?? '';
  return { options: /[\w]/.test(char) ? undefined : [char], next: at + 2 };
};

const stepAt = (source: string, at: number): Step => {
  const char = source[at] ?? '';
  if (char === '[') return classAt(source, at);
  if (char === '(') return groupAt(source, at);
  if (char === '\\') return escapeAt(source, at);
  return { options: char === '.' || char === '^' || char === '$' ? undefined : [char], next: at + 1 };
};

/** The alternatives of a pattern, split where no bracket is open. */
export const alternativesOf = (source: string): readonly string[] => {
  if (!source.includes('|')) return [source];
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let next = nextSign(source, 0); next !== -1; next = nextSign(source, next + 1)) {
    if (source[next] === '(') depth += 1;
    else if (source[next] === ')') depth -= 1;
    else if (depth === 0) {
      parts.push(source.slice(start, next));
      start = next + 1;
    }
  }
  parts.push(source.slice(start));
  return parts;
};

/** Most words begin with so many letters that always stand there. */
const plainHead = /^[^\\.^$[(?*{]{4}(?![?*{])/;

const headsOfOne = (source: string): readonly string[] => {
  if (plainHead.test(source)) return [source.slice(0, size)];
  let open: readonly string[] = [''];
  const done: string[] = [];
  for (let at = 0; at < source.length && open.length > 0;) {
    const { options, next } = stepAt(source, at);
    const optional = source[next] === '?' || source[next] === '*' || source.startsWith('{0', next);
    if (options === undefined) return [...done, ...open];
    const longer = open.flatMap((head) => options.map((option) => (head + option).slice(0, size)));
    const all = [...new Set(optional ? [...open, ...longer] : longer)];
    done.push(...all.filter((head) => head.length === size));
    open = all.filter((head) => head.length < size);
    at = next + (optional ? Math.max(1, source.slice(next).search(/[?*}]/) + 1) : 0);
  }
  return [...done, ...open];
};

/** The first letters, at most four, of all that the pattern can match. A pattern that begins with what cannot be told has the head "". */
export const headsOf = (source: string): readonly string[] => [...new Set(alternativesOf(source).flatMap(headsOfOne))];

/** Heads by their first letters; nothing more is asked of a text behind a whole head. */
type Tree = Map<string, Tree>;

const treeOf = (heads: readonly string[]): Tree => {
  const tree: Tree = new Map();
  if (heads.includes('')) return tree;
  for (const letter of new Set(heads.map((head) => head.slice(0, 1))))
    tree.set(letter, treeOf(heads.filter((head) => head.startsWith(letter)).map((head) => head.slice(1))));
  return tree;
};

const escaped = (letters: string): string => letters.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const patternOfTree = (tree: Tree): string => {
  const lettersByRest = new Map<string, readonly string[]>();
  for (const [letter, rest] of tree) {
    const pattern = patternOfTree(rest);
    lettersByRest.set(pattern, [...(lettersByRest.get(pattern) ?? []), escaped(letter)]);
  }
  const either = [...lettersByRest].map(([rest, found]) => (found.length > 1 ? `[${found.join('')}]` : found.join('')) + rest);
  return either.length > 1 ? `(?:${either.join('|')})` : either.join('');
};

/** A pattern that matches where one of the heads stands, much shorter than all of them one after the other. */
export const patternOfHeads = (heads: readonly string[]): string => patternOfTree(treeOf(heads));
