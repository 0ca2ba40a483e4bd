import { escapeAt } from './jsonString';
import { parseJsonTree, type JsonAnswer } from './jsonTree';
import { opaque, type Notation, type Unit } from './notation';
import { span, type Span } from './span';
import type { StringTree, Tree } from './tree';

/** Reads the unit that begins at a backslash of the outer string; where that says a backslash, the inner string's escape goes on behind it. */
const unitAt = (source: string, at: number, end: number): Unit => {
  const outer = escapeAt(source, at);
  if (outer.text !== '\\') return outer;
  let [inner, length] = ['\\', outer.length];
  const most = (): number => (inner[1] === 'u' ? 6 : 2);
  while (inner.length < most() && at + length < end) {
    const next = source[at + length] === '\\' ? escapeAt(source, at + length) : { length: 1, text: source.charAt(at + length) };
    inner += next.text;
    length += next.length;
  }
  const said = escapeAt(inner, 0);
  // What the inner string does not know stands for the backslash alone.
  return said.length === 1 ? outer : { length, text: said.text };
};

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The inside of a JSON string in JSON that is itself written as a JSON string. */
export const nestedJson: Notation = {
  name: 'nestedJson',
  keepsLines: false,
  next: (source, at, end) => {
    const found = source.indexOf('\\', at);
    return found === -1 ? end : found;
  },
  unit: unitAt,
  write: (text) => quoted(quoted(text)),
};

type PlaceOf = (inner: Span) => Span;

/** The same tree with its places in the outer text. */
const moved = (tree: Tree, place: PlaceOf, notation: Notation): Tree => {
  const at = place(tree.span);
  switch (tree.kind) {
    case 'array':
      return { ...tree, span: at, items: tree.items.map((item) => moved(item, place, notation)) };
    case 'object':
      return {
        ...tree,
        span: at,
        entries: tree.entries.map(({ key, value, span: whole }) => ({
          key: { value: key.value, span: place(key.span) },
          value: moved(value, place, notation),
          span: place(whole),
        })),
      };
    case 'scalar':
      return { ...tree, span: at, inner: place(tree.inner), notation };
  }
};

const movedAnswer = (answer: JsonAnswer, place: PlaceOf, notation: Notation): JsonAnswer => ({
  ...answer,
  tree: answer.tree && moved(answer.tree, place, notation),
  errors: answer.errors.map((error) => ({ ...error, ...place(error) })),
  comments: [],
});

/** Where each character of a string's value begins in its source, and where the last one ends. */
const offsetsOf = (source: string, { value, inner }: StringTree): ((offset: number) => number) => {
  const { length } = String(value);
  if (inner.end - inner.start === length) return (offset) => inner.start + offset;
  const starts = new Int32Array(length + 1);
  let at = inner.start;
  for (let character = 0; character < length; character += 1) {
    starts[character] = at;
    at += source[at] === '\\' ? escapeAt(source, at).length : 1;
  }
  starts[length] = inner.end;
  return (offset) => starts[offset] ?? inner.end;
};

/** The JSON that a string of a JSON document holds, with its places in that document. */
export const parseNestedJson = (source: string, tree: StringTree): JsonAnswer => {
  const offset = offsetsOf(source, tree);
  return movedAnswer(parseJsonTree(String(tree.value)), ({ start, end }) => span(offset(start), offset(end)), nestedJson);
};

/** The JSON that a string stands for in another way: all of it stands where the string does. */
export const parseStoodFor = (json: string, { span: at }: StringTree): JsonAnswer => movedAnswer(parseJsonTree(json), () => at, opaque);
