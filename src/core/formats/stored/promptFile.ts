import { emptyHeader, segmentsOf, type Gap, type Prompt, type ReadPrompt, type VariableDeclaration } from '../../prompt/model';
import { wireOrder } from '../../request/build';
import { replaceSpan } from '../../text/edit';
import { theDocument } from '../../text/place';
import { span, type Located } from '../../text/span';
import { entryOf, member, stringValue, type Tree } from '../../text/tree';
import type { Hole } from '../converseBlocks';
import { readRequest } from '../readRequest';
import { sourceList } from '../sourceList';
import { bedrockModel } from './bedrockModel';
import type { Finder, StoredDocument } from './document';
import { entriesOf, type NamedPrompt } from './entries';
import { fromPromptFile, modelTree, partsOf, type PromptParts } from './promptFileTree';
import { storedWriter } from './storedWriter';
import { placeholdersIn } from './templateHoles';

/** Documents of others in which the same names stand. */
const othersHave = [
  'jobs',
  'services',
  'openapi',
  'swagger',
  'apiVersion',
  'AWSTemplateFormatVersion',
  'Resources',
  'interactions',
  'http_interactions',
];

/** Prompts that lie deeper in a document are not looked for. */
const deepest = 4;

/** `{{name}}`, and `{{ an expression }}` of a template language. */
const holesIn = (text: string): readonly Hole[] => {
  if (!text.includes('{{')) return [];
  const variables = placeholdersIn(text);
  const starts = new Set(variables.map(({ start }) => start));
  const others = [...text.matchAll(/\{\{([^{}\n]+)\}\}/g)].flatMap(({ index, 0: whole, 1: inside = '' }): readonly Hole[] =>
    starts.has(index) ? [] : [{ kind: 'unknown', source: inside.trim(), start: index, end: index + whole.length }],
  );
  return [...variables, ...others].sort((a, b) => a.start - b.start);
};

/** Such a file declares nothing: a variable is declared where it is first used. */
const declarationsIn = (prompt: Pick<ReadPrompt, 'tools' | 'system' | 'messages'>): readonly VariableDeclaration[] => {
  const found = new Map<string, VariableDeclaration>();
  for (const { block } of wireOrder(prompt))
    for (const segment of segmentsOf(block))
      if (segment.kind === 'variable' && !found.has(segment.name))
        found.set(segment.name, { name: segment.name, span: segment.at.span, entrySpan: segment.at.span, varies: 'request' });
  return [...found.values()];
};

const readObject = (document: StoredDocument, tree: Tree, modelId: Located<string>, parts: PromptParts): Prompt => {
  const { text, problems, ignores } = document;
  const sources = sourceList(text).all;
  const request = fromPromptFile(text, tree, parts);
  const { fields, ...lists } = readRequest(request, {
    sources,
    source: theDocument,
    templated: false,
    holesIn: (string) => holesIn(String(string.value)),
  });
  const isOpen = parts.messages === undefined && parts.user === undefined;
  const gaps: readonly Gap[] = isOpen ? [{ field: 'messages', index: 0, source: undefined, at: tree.span }] : [];
  const isUnknown = wireOrder(lists).some(({ block }) => segmentsOf(block).some(({ kind }) => kind === 'unknown'));
  const prompt: ReadPrompt = {
    format: 'yaml',
    api: 'converse',
    head: headOf(tree),
    sources,
    header: { ...emptyHeader, modelId, fields, variables: declarationsIn(lists) },
    ...lists,
    problems,
    written: [],
    files: [],
    ...(ignores === undefined ? {} : { ignores }),
    ...(isOpen || isUnknown ? { open: { gaps, model: false, partly: true, mayMark: false } } : {}),
  };
  const spelling = { point: 'cachePoint', type: 'type', variable: 'name', modelId: 'model' };
  const writer = storedWriter({ text, prompt, owner: tree, single: undefined, variables: undefined, spelling });
  return {
    ...prompt,
    write: {
      ...writer,
      // What reads the file takes cache points where it takes the blocks of Converse.
      insertMarker: (after, ttl) =>
        /^\{?\s*["']?text["']?\s*:/.test(text.slice(after.span.start, after.span.end)) ? writer.insertMarker(after, ttl) : undefined,
      removeMarker: (marker) => (/^\{?\s*["']?cachePoint/.test(text.slice(marker.span.start)) ? writer.removeMarker(marker) : undefined),
      removeBlock: () => undefined,
      setModelId: (id) => {
        const written = text.slice(modelId.span.start, modelId.span.end);
        return written.includes(modelId.value)
          ? [
              replaceSpan(
                modelId.span,
                written.replace(modelId.value, () => id),
              ),
            ]
          : undefined;
      },
    },
  };
};

const nameOf = (tree: Tree): Located<string> | undefined => {
  const name = member(tree, 'name') ?? member(tree, 'id');
  const value = stringValue(name);
  return name === undefined || value === undefined || value.trim() === '' ? undefined : { value, span: name.span };
};

const headOf = (tree: Tree): NamedPrompt['head'] => nameOf(tree)?.span ?? span(tree.span.start, tree.span.start);

const isWorthIt = ({ system, messages, user }: PromptParts, ownsModel: boolean): boolean =>
  messages !== undefined || system !== undefined || (ownsModel && user !== undefined);

/** The prompts in an object and below it. `model`: what an object around it names; `path`: the names on the way to it. */
const promptsIn = (
  document: StoredDocument,
  tree: Tree,
  path: readonly string[],
  model: Located<string> | undefined,
): readonly NamedPrompt[] => {
  if (tree.kind === 'array')
    return tree.items.flatMap((item, index) => promptsIn(document, item, [...path.slice(0, -1), `${path.at(-1) ?? ''}[${index}]`], model));
  if (tree.kind !== 'object' || path.length > deepest) return [];
  const named = modelTree(tree);
  const text = stringValue(named);
  const id = text === undefined ? undefined : bedrockModel(text);
  // A model of another provider hides the one around.
  const own = named === undefined ? model : id === undefined ? undefined : { value: id, span: named.span };
  const parts = partsOf(tree);
  if (own !== undefined && isWorthIt(parts, named !== undefined))
    return [
      {
        name: nameOf(tree)?.value ?? (path.join('.') || 'prompt'),
        head: headOf(tree),
        span: tree.span,
        read: () => readObject(document, tree, own, parts),
      },
    ];
  return tree.entries.flatMap(({ key, value }) =>
    value.kind === 'object' || (value.kind === 'array' && /prompts?$|agents?$/i.test(key.value))
      ? promptsIn(document, value, [...path, key.value], own)
      : [],
  );
};

/** YAML files that name a model of Bedrock beside a system text, a prompt or messages, once or under several names. */
export const promptFile: Finder = (document) => {
  const { tree, isJson } = document;
  if (isJson || othersHave.some((name) => entryOf(tree, name) !== undefined)) return undefined;
  return entriesOf(promptsIn(document, tree, [], undefined));
};
