import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type Alias, type Node } from 'yaml';
import { isYamlTooDeep } from './depth';
import { plain } from './notation';
import { span, type Span } from './span';
import type { Tree, TreeEntry } from './tree';
import { scalarText } from './yamlNotation';
import { yamlWording } from '../wording/yaml';

/** A place that could not be read as written, in words that complete "this is not YAML: …". */
export interface YamlError {
  readonly start: number;
  readonly end: number;
  readonly detail: string;
}

export interface YamlAnswer {
  readonly tree: Tree | undefined;
  readonly errors: readonly YamlError[];
  readonly tooDeep: boolean;
}

/** Aliases may not multiply the document: nodes that all of them together may bring in. */
const maxAliasNodes = 100_000;
/** More are not told: the first ones say what is wrong. */
const maxErrors = 100;

interface Conversion {
  readonly text: string;
  readonly offset: number;
  readonly errors: YamlError[];
  /** Is `!Name value` read as the object `{"Fn::Name": value}`, as CloudFormation means it? */
  readonly shortTags: boolean;
  /** The last node of each name, in the order of the text, as aliases mean it. */
  readonly anchors: Map<string, Node>;
  aliasNodes: number;
}

/** Where a node stands, without the line breaks that end it. */
const spanOf = (node: Node, { text, offset }: Conversion): Span => {
  const [start, valueEnd] = node.range ?? [0, 0, 0];
  let end = valueEnd;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return span(start + offset, end + offset);
};

const scalarTree = (value: unknown, at: Span, { text, offset }: Conversion): Tree => {
  if (typeof value === 'string') {
    const { inner, notation } = scalarText(text, span(at.start - offset, at.end - offset), value);
    return { kind: 'scalar', span: at, value, inner: span(inner.start + offset, inner.end + offset), notation };
  }
  return {
    kind: 'scalar',
    span: at,
    value: typeof value === 'number' || typeof value === 'boolean' ? value : null,
    inner: at,
    notation: plain,
  };
};

const nothing = (at: Span): Tree => ({ kind: 'scalar', span: at, value: null, inner: at, notation: plain });

const convertAlias = (node: Alias, at: Span, work: Conversion, within: readonly Node[]): Tree => {
  const target = work.anchors.get(node.source);
  const own = node.range ? spanOf(node, work) : at;
  if (target !== undefined && !within.includes(target) && work.aliasNodes <= maxAliasNodes)
    return convert(target, own, work, [...within, target]);
  const detail =
    target === undefined
      ? yamlWording.noAnchor(node.source)
      : within.includes(target)
        ? yamlWording.insideItself(node.source)
        : yamlWording.tooManyAliases;
  if (work.errors.length < maxErrors) work.errors.push({ start: own.start, end: own.end, detail });
  return nothing(own);
};

const convertPairs = (items: readonly unknown[], work: Conversion, within: readonly Node[]): readonly TreeEntry[] => {
  const entries: TreeEntry[] = [];
  const seen = new Set<string>();
  for (const pair of items) {
    if (!isPair(pair)) continue;
    if (!isScalar(pair.key)) {
      const { start, end } = spanOf(pair.key as Node, work);
      if (isMap(pair.key) && work.errors.length < maxErrors) work.errors.push({ start, end, detail: yamlWording.braces });
      continue;
    }
    const key = { value: String(pair.key.value), span: spanOf(pair.key, work) };
    if (seen.has(key.value) && work.errors.length < maxErrors)
      work.errors.push({ start: key.span.start, end: key.span.end, detail: yamlWording.twice(key.value) });
    seen.add(key.value);
    const value = convert(pair.value as Node | null, span(key.span.end, key.span.end), work, within); // a parsed pair holds nodes
    entries.push({ name: key.value, key, value, span: span(key.span.start, Math.max(key.span.end, value.span.end)) });
  }
  return entries;
};

/** Short tags whose long names are these words alone. */
const wholeNames: ReadonlySet<string> = new Set(['Ref', 'Condition']);

/** What a short tag says, as the object that says it without one. It takes the place of the tag and of what follows it. */
const withTag = (tag: string, value: Tree, { text, offset }: Conversion): Tree => {
  const name = tag.slice(1);
  const before = text.slice(0, value.span.start - offset).trimEnd();
  const start = before.endsWith(tag) ? before.length - tag.length + offset : value.span.start;
  const key = { value: wholeNames.has(name) ? name : `Fn::${name}`, span: span(start, Math.max(start, value.span.start)) };
  const at = span(start, value.span.end);
  return { kind: 'object', span: at, entries: [{ name: key.value, key, value, span: at }] };
};

/** The tree of a node. `within` are the targets of the aliases that led here; `at` is where a node without a place counts as standing. */
const convert = (node: Node | null | undefined, at: Span, work: Conversion, within: readonly Node[]): Tree => {
  if (node === null || node === undefined) return nothing(at);
  if (within.length > 0) work.aliasNodes += 1;
  if (isAlias(node)) return convertAlias(node, at, work, within);
  const own = node.range ? spanOf(node, work) : at;
  if (within.length === 0 && 'anchor' in node && typeof node.anchor === 'string') work.anchors.set(node.anchor, node);
  const tree = untagged(node, own, work, within);
  const { tag } = node as { readonly tag?: unknown };
  return work.shortTags && typeof tag === 'string' && /^![A-Za-z]\w*$/.test(tag) ? withTag(tag, tree, work) : tree;
};

const untagged = (node: Node, own: Span, work: Conversion, within: readonly Node[]): Tree => {
  if (isMap(node)) return { kind: 'object', span: own, entries: convertPairs(node.items, work, within) };
  if (isSeq(node)) return { kind: 'array', span: own, items: node.items.map((item) => convert(item as Node | null, own, work, within)) }; // as above
  if (isScalar(node)) return scalarTree(node.value, own, work);
  return nothing(own);
};

const readDocument = (text: string, offset: number, shortTags: boolean): YamlAnswer => {
  // Keys are compared below: the package does it in quadratic time.
  // One schema, whatever version a directive names: the others are not in the bundle.
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    prettyErrors: false,
    strict: true,
    logLevel: 'error',
    uniqueKeys: false,
  });
  // What is missing at the end is missing after the last character that shows.
  const last = text.trimEnd().length;
  // Of what the package says of one place, the first tells the slip.
  const told = document.errors.filter(({ pos: [start] }, index, all) => all[index - 1]?.pos[0] !== start);
  const errors: YamlError[] = told.slice(0, maxErrors).map((error) => ({
    start: Math.min(error.pos[0], last) + offset,
    end: Math.min(Math.max(error.pos[1], error.pos[0] + 1), last) + offset,
    detail: error.code === 'MULTIPLE_DOCS' ? yamlWording.afterTheEnd : (error.message.split('\n')[0] ?? '').replace(/[.:]$/, ''),
  }));
  if (document.contents === null) return { tree: undefined, errors, tooDeep: false };
  const work: Conversion = { text, offset, errors, shortTags, anchors: new Map(), aliasNodes: 0 };
  const tree = convert(document.contents, span(offset, offset + text.length), work, []);
  return { tree, errors, tooDeep: false };
};

/**
 * Reads one YAML 1.2 document into a tree with places; `offset` is where `text` begins in its file; `shortTags`: CloudFormation's are read. Never
 * throws for bad text.
 */
export const parseYamlTree = (text: string, offset = 0, shortTags = false): YamlAnswer => {
  if (isYamlTooDeep(text)) return { tree: undefined, errors: [], tooDeep: true };
  try {
    return readDocument(text, offset, shortTags);
  } catch (error) {
    // The package recurses: nesting that the guard above did not foresee ends its stack. Anything else is our mistake.
    if (error instanceof RangeError) return { tree: undefined, errors: [], tooDeep: true };
    throw error;
  }
};
