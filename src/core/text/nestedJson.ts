import { escapeAt } from './jsonString';
import { parseJsonTree, type JsonAnswer } from './jsonTree';
import { json, opaque, type Notation, type Unit } from './notation';
import { span, type Span } from './span';
import type { StringTree, Tree } from './tree';

/** What the outer source says at a place: a unit of its own, or a character. */
const outerAt = (outer: Notation, source: string, at: number, end: number): Unit =>
  outer.next(source, at, end) === at ? outer.unit(source, at, end) : { length: 1, text: source.charAt(at) };

/** Reads the unit that begins here; where the outer source says a backslash, the inner string's escape goes on after it. */
const unitAt = (outer: Notation, source: string, at: number, end: number): Unit => {
  const first = outerAt(outer, source, at, end);
  if (first.text !== '\\') return first;
  let [inner, length] = ['\\', first.length];
  const most = (): number => (inner[1] === 'u' ? 6 : 2);
  while (inner.length < most() && at + length < end) {
    const next = outerAt(outer, source, at + length, end);
    inner += next.text;
    length += next.length;
  }
  const said = escapeAt(inner, 0);
  // What the inner string does not know stands for the backslash alone.
  return said.length === 1 ? first : { length, text: said.text };
};

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

const made = new WeakMap<Notation, Notation>();

/** The inside of a JSON string in JSON that is itself written in a notation. */
export const nestedIn = (outer: Notation): Notation => {
  const known = made.get(outer);
  if (known !== undefined) return known;
  const fresh: Notation = {
    name: 'nestedJson',
    keepsLines: false,
    next: (source, at, end) => {
      const special = outer.next(source, at, end);
      const backslash = source.indexOf('\\', at);
      return backslash === -1 ? special : Math.min(special, backslash);
    },
    unit: (source, at, end) => unitAt(outer, source, at, end),
    write: (text) => outer.write(quoted(text)),
  };
  made.set(outer, fresh);
  return fresh;
};

/** The same in a JSON string. */
export const nestedJson: Notation = nestedIn(json);

type PlaceOf = (inner: Span) => Span;

/** The same tree with its places in the outer text. */
const moved = (tree: Tree, place: PlaceOf, notation: Notation): Tree => {
  const at = place(tree.span);
  switch (tree.kind) {
    case 'array':
      return { kind: 'array', span: at, items: tree.items.map((item) => moved(item, place, notation)) };
    case 'object':
      return {
        kind: 'object',
        span: at,
        entries: tree.entries.map(({ name, key, value, span: whole }) => ({
          name,
          key: { value: name, span: place(key.span) },
          value: moved(value, place, notation),
          span: place(whole),
        })),
      };
    case 'scalar':
      return { kind: 'scalar', span: at, value: tree.value, inner: place(tree.inner), notation };
  }
};

const movedAnswer = (answer: JsonAnswer, place: PlaceOf, notation: Notation): JsonAnswer => ({
  ...answer,
  tree: answer.tree && moved(answer.tree, place, notation),
  errors: answer.errors.map((error) => ({ ...error, ...place(error) })),
  comments: [],
});

/** Where each character of a string's value begins in its source, and where the last one ends. */
const offsetsOf = (source: string, { value, inner, notation }: StringTree): ((offset: number) => number) => {
  const { length } = String(value);
  const { start, end } = inner;
  if (end - start === length) return (offset) => start + offset;
  const starts = new Int32Array(length + 1);
  let [at, character] = [start, 0];
  while (at < end && character < length) {
    const next = Math.min(notation.next(source, at, end), end);
    for (; at < next && character < length; at += 1, character += 1) starts[character] = at;
    if (at >= end || character >= length) break;
    const unit = notation.unit(source, at, end);
    for (let count = 0; count < unit.text.length && character < length; count += 1, character += 1) starts[character] = at;
    at += unit.length;
  }
  starts[length] = end;
  return (offset) => starts[offset] ?? end;
};

/** The JSON that a string of a document holds, with its places in that document. */
export const parseNestedJson = (source: string, tree: StringTree): JsonAnswer => {
  if (tree.notation.name === 'opaque') return parseStoodFor(String(tree.value), tree);
  const offset = offsetsOf(source, tree);
  return movedAnswer(parseJsonTree(String(tree.value)), ({ start, end }) => span(offset(start), offset(end)), nestedIn(tree.notation));
};

/** The JSON that a string stands for in another way: all of it stands where the string does. */
export const parseStoodFor = (json: string, { span: at }: StringTree): JsonAnswer => movedAnswer(parseJsonTree(json), () => at, opaque);
