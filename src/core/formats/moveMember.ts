import type { ReadPrompt } from '../prompt/model';
import { insertAt, replaceSpan, type Edits } from '../text/edit';
import { member, type Tree, type TreeEntry } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';
import { wholeRequest } from './memberPlaces';
import { lineBreakOf, lineEnd, lineStart, together, visibleEnd, wholeLines, withSeparator } from './listEdits';

const entryOf = (tree: Tree | undefined, name: string): TreeEntry | undefined =>
  tree?.kind === 'object' ? tree.entries.findLast((entry) => entry.name === name) : undefined;

/** The whole request as it is written: JSON, or the front matter of a prompt file. */
const requestTree = (text: string, prompt: ReadPrompt): Tree | undefined => {
  const { header } = prompt;
  const front = header.span && parseYamlTree(text.slice(0, header.span.end).replace(/^\uFEFF?---/, (open) => ' '.repeat(open.length))).tree;
  return wholeRequest(prompt) ?? front;
};

const isFlow = (text: string, tree: Tree): boolean => text[tree.span.start] === '{';

const removeEntry = (text: string, owner: Tree, entry: TreeEntry): Edits => [
  replaceSpan(
    isFlow(text, owner)
      ? withSeparator(text, entry.span)
      : wholeLines(text, { start: entry.span.start, end: visibleEnd(text, entry.span.end) }),
    '',
  ),
];

/** A name with its value, by the members on the way to it. */
const nested = (names: readonly string[], value: string, quote: '' | '"'): string => {
  const [name = '', ...rest] = names;
  const written = rest.length === 0 ? value : `{ ${nested(rest, value, quote)} }`;
  return `${quote}${name}${quote}: ${written}`;
};

/** Adds a member to a mapping in the way that this one is written. */
const addTo = (text: string, owner: Tree, names: readonly string[], value: string): Edits | undefined => {
  if (owner.kind !== 'object') return undefined;
  const last = owner.entries.at(-1);
  const quote = last === undefined || text[last.key.span.start] === '"' ? '"' : '';
  const written = nested(names, value, quote);
  if (last === undefined) return isFlow(text, owner) ? [insertAt(owner.span.start + 1, ` ${written} `)] : undefined;
  const start = lineStart(text, last.span.start);
  const indent = text.slice(start, last.span.start);
  const ownLine = indent.trim() === '';
  if (isFlow(text, owner)) return [insertAt(last.span.end, (ownLine ? `,${lineBreakOf(text)}${indent}` : ', ') + written)];
  return ownLine ? [insertAt(lineEnd(text, visibleEnd(text, last.span.end)), `${lineBreakOf(text)}${indent}${written}`)] : undefined;
};

/** Adds a member to the request before one of its groups, on lines of its own. */
const addBefore = (text: string, group: TreeEntry, names: readonly string[], value: string): Edits => {
  const start = lineStart(text, group.span.start);
  const indent = text.slice(start, group.span.start);
  return [insertAt(start, `${indent}${nested(names, value, '')}${lineBreakOf(text)}`)];
};

/** Moves a setting to another place of the request; `undefined` where either place is written in a way that is not known, or taken. */
export const moveMember = (text: string, prompt: ReadPrompt, from: readonly string[], to: readonly string[]): Edits | undefined => {
  const request = requestTree(text, prompt);
  const [group = '', name = ''] = from;
  const owner = entryOf(request, group)?.value;
  const entry = entryOf(owner, name);
  if (request === undefined || owner?.kind !== 'object' || entry?.value.kind !== 'scalar') return undefined;
  const value = text.slice(entry.value.span.start, entry.value.span.end);
  let [target, rest]: [Tree, readonly string[]] = [request, to];
  for (let next = entryOf(target, rest[0] ?? '')?.value; next !== undefined; next = entryOf(target, rest[0] ?? '')?.value) {
    if (next.kind !== 'object' || rest.length === 1) return undefined;
    [target, rest] = [next, rest.slice(1)];
  }
  const home = entryOf(request, group);
  // In block style the end of the request may be the line that goes.
  const added =
    target === request && home !== undefined && !isFlow(text, request) && !isFlow(text, owner)
      ? addBefore(text, home, rest, value)
      : addTo(text, target, rest, value);
  if (owner.entries.length > 1) return together(text, [removeEntry(text, owner, entry), added]);
  // The group goes with its only member, unless the new one is written after it.
  return target === request && member(request, group) === owner
    ? [replaceSpan(entryOf(request, group)?.span ?? owner.span, nested(rest, value, text[entry.key.span.start] === '"' ? '"' : ''))]
    : together(text, [[replaceSpan(owner.span, '{}')], added]);
};
