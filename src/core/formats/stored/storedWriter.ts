import type { Block, MarkerBlock, ReadPrompt } from '../../prompt/model';
import type { PromptWriter } from '../../prompt/writer';
import { insertAt, replaceSpan, type Edits } from '../../text/edit';
import type { Span } from '../../text/span';
import { isPlaceholder, placeholder } from '../../text/templateTokens';
import { entryOf, member, type Tree, type TreeEntry } from '../../text/tree';
import { gapAt } from '../converseWriter';
import { dashBefore, insertYamlEntry, lineBreakOf, lineEnd, lineStart, removeYamlEntry, together, wholeLines } from '../listEdits';
import { memberEdits } from '../memberEdits';
import { noWriter } from '../noWriter';

/** How a kind of document spells what is written into it. */
export interface Spelling {
  readonly point: string;
  readonly type: string;
  readonly variable: string;
  readonly modelId: string;
}

const isSame = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** Is a value written in brackets, as JSON is, and are its names in quotes? */
const isFlow = (text: string, { span }: Tree): boolean => '{['.includes(text.charAt(span.start));
const isQuoted = (text: string, { key }: TreeEntry): boolean => text[key.span.start] === '"';

/** Block scalars that keep the blank lines after them would take in what is written there. */
const keepsBreaks = (text: string, { start, end }: Span): boolean => /[|>][1-9]?\+[1-9]?[ \t]*(?:#.*)?\r?$/m.test(text.slice(start, end));

/** What stands between two members of an object, where one of them begins at `start`. */
const between = (text: string, start: number, flow: boolean): string => {
  if (flow) return gapAt(text, start);
  return lineBreakOf(text) + ' '.repeat(start - lineStart(text, start));
};

/** An entry of a list or a member of an object, with all that separates it from its neighbors. */
const removed = (text: string, at: Span, owner: Tree | undefined): Edits =>
  owner?.kind === 'object' && !isFlow(text, owner) && dashBefore(text, at.start) === undefined
    ? [replaceSpan(wholeLines(text, at), '')]
    : removeYamlEntry(text, at);

interface Written {
  readonly text: string;
  readonly prompt: ReadPrompt;
  /** The object that names the model. */
  readonly owner: Tree;
  /** The object whose only text is the prompt, where it is one; its cache point is a member beside the text. */
  readonly single: Tree | undefined;
  /** The list of declared variables. */
  readonly variables: Tree | undefined;
  readonly spelling: Spelling;
}

/** Is it the text that stands alone, or its cache point? */
const isMember = (single: Tree | undefined, at: Span): boolean =>
  single?.kind === 'object' && single.entries.some((one) => isSame(one.span, at) || isSame(one.value.span, at));

const insertMarker = ({ text, single, spelling: { point, type } }: Written, { span }: Block): Edits | undefined => {
  const bare = `${point}: { ${type}: default }`;
  const quoted = `"${point}": { "${type}": "default" }`;
  if (keepsBreaks(text, span)) return undefined;
  const entry = entryOf(single, 'text');
  if (single !== undefined && entry !== undefined && isSame(entry.value.span, span)) {
    if (entryOf(single, 'cachePoint') !== undefined) return undefined;
    const flow = isFlow(text, single);
    const at = flow ? entry.span.end : lineEnd(text, entry.span.end);
    return [insertAt(at, between(text, entry.span.start, flow) + (isQuoted(text, entry) ? quoted : bare))];
  }
  if (isMember(single, span)) return undefined;
  if (!/^\{\s*"/.test(text.slice(span.start, span.start + 200))) return insertYamlEntry(text, span, bare);
  return [insertAt(span.end, `${gapAt(text, span.start)}{ ${quoted} }`)];
};

/** Names the model where it is named, or first in the object that may name one. */
const setModelId = ({ text, owner, spelling }: Written, modelId: string): Edits | undefined => {
  const value = member(owner, 'modelId');
  const [first] = owner.kind === 'object' ? owner.entries : [];
  if (value !== undefined && first !== undefined) {
    const written = text.slice(value.span.start, value.span.end);
    const quote = /^["']/.exec(written)?.[0] ?? (isQuoted(text, first) ? '"' : '');
    return value.kind === 'scalar' && !written.includes('\n') ? [replaceSpan(value.span, quote + modelId + quote)] : undefined;
  }
  if (first === undefined) return undefined;
  const { start } = first.span;
  const written = isQuoted(text, first) ? `"${spelling.modelId}": "${modelId}"` : `${spelling.modelId}: ${modelId}`;
  return [insertAt(start, written + between(text, start, isFlow(text, owner)))];
};

const declareVariable = ({ text, variables, spelling: { variable } }: Written, name: string): Edits | undefined => {
  const last = variables?.kind === 'array' ? variables.items.at(-1) : undefined;
  if (last === undefined) return undefined;
  if (!/^\{\s*"/.test(text.slice(last.span.start))) return insertYamlEntry(text, last.span, `${variable}: ${name}`);
  return [insertAt(last.span.end, `${gapAt(text, last.span.start)}{ "${variable}": "${name}" }`)];
};

/**
 * How changes are written into a document that keeps prompts for a service: entries and members in JSON, and in YAML in the style that it has.
 * Cache points of Prompt Management have no lifetime of their own.
 */
export const storedWriter = (written: Written): PromptWriter => {
  const { text, prompt, single } = written;
  const removeMarker = (marker: MarkerBlock): Edits => removed(text, marker.span, isMember(single, marker.span) ? single : undefined);
  return {
    ...noWriter,
    replaceText: memberEdits(text, prompt).replaceText,
    insertMarker: (after, ttl) => (ttl === undefined ? insertMarker(written, after) : undefined),
    removeMarker,
    setTtl: ({ ttl }, wanted) => (ttl?.value === wanted ? [] : undefined),
    removeBlock: (block) => (isMember(single, block.span) ? undefined : removeYamlEntry(text, block.span)),
    renameVariable: ({ at: { span } }, name) =>
      isPlaceholder(text.slice(span.start, span.end)) ? [replaceSpan(span, placeholder(name))] : undefined,
    declareVariable: (name) => declareVariable(written, name),
    removeDeclaration: (name) => {
      const found = prompt.header.variables.find((one) => one.name === name);
      return found && removeYamlEntry(text, found.entrySpan);
    },
    setModelId: (modelId) => setModelId(written, modelId),
    together: (changes) => together(text, changes),
  };
};
