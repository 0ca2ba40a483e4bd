import { span, type Span } from '../text/span';

/** Where the cursor stands in front matter, told by its lines alone: half-typed YAML cannot be parsed. */
export interface FrontMatterPlace {
  /** The keys around the mapping or list that the cursor is in, from the top; `*` for an entry of a list. */
  readonly path: readonly string[];
  /** Of the value that is being typed; absent where a key is. */
  readonly key?: string;
  /** What is there of it so far, up to the cursor. */
  readonly typed: string;
  /** The whole word or value, after the cursor too. */
  readonly span: Span;
  /** Keys that the mapping has already. */
  readonly taken: readonly string[];
  /** Is it within braces or brackets? */
  readonly inFlow: boolean;
}

interface Line {
  readonly start: number;
  /** Where its key begins, after the dashes of list entries. */
  readonly indent: number;
  /** Where its first dash stands; absent where it has none. */
  readonly dash?: number;
  readonly key?: string;
  /** Where what follows the key, or the dash, begins in the line. */
  readonly rest: number;
  readonly isBlank: boolean;
}

const linePattern = /^( *)((?:-(?: +|$))*)(?:(["']?)([^\s"'{}[\],#:&*][^"'{}[\],:]*?)\3 *:(?= |$) *)?/;

const readLine = (text: string, start: number): Line => {
  const [whole = '', spaces = '', dashes = '', , key] = linePattern.exec(text) ?? [];
  return {
    start,
    indent: spaces.length + dashes.length,
    rest: whole.length,
    isBlank: text.trim() === '' || text.trim().startsWith('#'),
    ...(dashes === '' ? {} : { dash: spaces.length }),
    ...(key === undefined ? {} : { key }),
  };
};

const linesOf = (text: string, from: number): readonly Line[] => {
  let start = from;
  return text.split('\n').map((line) => {
    const read = readLine(line.replace(/\r$/, ''), start);
    start += line.length + 1;
    return read;
  });
};

interface Around {
  readonly path: readonly string[];
  readonly taken: readonly string[];
}

/** The keys around a line whose own mapping begins in a column, `dash` where a list entry of its own begins there. */
const around = (lines: readonly Line[], index: number, column: number, dash: number | undefined): Around => {
  const path: string[] = [];
  const taken: string[] = [];
  let limit = column;
  /** Where the list stands whose key is still looked for. */
  let list = dash;
  if (dash !== undefined) path.unshift('*');
  for (let at = index - 1; at >= 0 && (limit > 0 || list !== undefined || path.length === 0); at -= 1) {
    const line = lines[at];
    if (line === undefined || line.isBlank) continue;
    if (list !== undefined) {
      if (line.dash !== undefined || line.key === undefined || line.indent > list) continue;
      path.unshift(line.key);
      limit = line.indent;
      list = undefined;
    } else if (line.key !== undefined && line.indent < limit) {
      path.unshift(line.key);
      limit = line.dash ?? line.indent;
      list = line.dash;
      if (list !== undefined) path.unshift('*');
    } else if (line.key !== undefined && line.indent === limit && path.length === 0) {
      taken.push(line.key);
      if (line.dash === undefined) continue;
      list = line.dash;
      path.unshift('*');
    } else if (line.dash !== undefined && line.indent === limit) {
      // The first key of an entry stands behind its dash, where the others stand below it.
      list = line.dash;
      path.unshift('*');
    }
  }
  return { path, taken };
};

/** Keys of the same mapping on the lines after. */
const takenBelow = (lines: readonly Line[], index: number, column: number): readonly string[] => {
  const taken: string[] = [];
  for (const line of lines.slice(index + 1)) {
    if (line.isBlank) continue;
    if (line.indent < column || (line.dash !== undefined && line.dash < column)) break;
    if (line.indent === column && line.key !== undefined) taken.push(line.key);
  }
  return taken;
};

interface Level {
  readonly isList: boolean;
  readonly keys: string[];
  key: string | undefined;
  /** Where the key or value that is being typed begins. */
  from: number;
}

/** What is open at the end of a text in flow style, from the outside in. */
const openLevels = (text: string): readonly Level[] => {
  const levels: Level[] = [];
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const top = levels.at(-1);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && text.slice(top?.from ?? 0, at).trim() === '') quote = character;
    else if (character === '{' || character === '[') levels.push({ isList: character === '[', keys: [], key: undefined, from: at + 1 });
    else if (character === '}' || character === ']') levels.pop();
    else if (top !== undefined && character === ',') {
      top.key = undefined;
      top.from = at + 1;
    } else if (top?.isList === false && character === ':' && top.key === undefined && /^(?: |$)/.test(text.slice(at + 1, at + 2))) {
      top.key = text.slice(top.from, at).trim().replaceAll(/["']/g, '');
      top.keys.push(top.key);
      top.from = at + 1;
    }
  }
  return levels;
};

const visibleFrom = (text: string, from: number): number => from + text.slice(from).length - text.slice(from).trimStart().length;

/** Where the cursor stands, at an offset of the front matter's lines, which begin at `from` in the document. */
export const frontMatterPlace = (text: string, from: number, offset: number): FrontMatterPlace => {
  const lines = linesOf(text, from);
  const index = Math.max(
    0,
    lines.findLastIndex(({ start }) => start <= offset),
  );
  const start = lines[index]?.start ?? from;
  const whole = (text.slice(start - from).split('\n', 1)[0] ?? '').replace(/\r$/, '');
  const before = whole.slice(0, offset - start);
  const behind = whole.slice(offset - start);
  const line = readLine(before, start);
  const outer = around(lines, index, line.indent, line.dash);
  const levels = openLevels(before.slice(line.rest));
  const top = levels.at(-1);
  if (top !== undefined) {
    const inner = levels.flatMap((level, depth) => {
      const next = depth === levels.length - 1 ? [] : [level.isList ? '*' : (level.key ?? '')];
      return next;
    });
    const typedFrom = visibleFrom(before, line.rest + top.from);
    const rest = /^[^,:{}[\]]*/.exec(behind)?.[0].trimEnd() ?? '';
    const keysBehind = [...(behind.split(/[}\]]/, 1)[0] ?? '').matchAll(/([\w.-]+) *:(?= |$)/g)].map((match) => match[1] ?? '');
    return {
      path: [...outer.path, ...(line.key === undefined ? [] : [line.key]), ...inner, ...(top.isList ? ['*'] : [])],
      ...(top.isList || top.key !== undefined ? { key: top.key ?? '*' } : {}),
      typed: before.slice(typedFrom),
      span: span(start + typedFrom, offset + rest.length),
      taken: [...top.keys, ...keysBehind],
      inFlow: true,
    };
  }
  if (line.key !== undefined) {
    const typedFrom = visibleFrom(before, line.rest);
    const rest = behind.replace(/[ \t]+#.*$/, '').trimEnd();
    const place = { path: outer.path, key: line.key, typed: before.slice(typedFrom), span: span(start + typedFrom, offset + rest.length) };
    return { ...place, taken: [], inFlow: false };
  }
  const typedFrom = Math.min(before.length, line.indent);
  const word = /^[\w.-]*/.exec(behind)?.[0] ?? '';
  return {
    path: outer.path,
    typed: before.slice(typedFrom),
    span: span(start + typedFrom, offset + word.length),
    taken: [...outer.taken, ...takenBelow(lines, index, line.indent)],
    inFlow: false,
  };
};
