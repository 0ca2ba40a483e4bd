import type { SampleRow, VariableDeclaration } from '../prompt/model';
import { variesWords, type VariesWord } from '../prompt/words';
import type { Located } from '../text/span';
import { stringValue, type Tree, type TreeEntry } from '../text/tree';
import { variableShape } from './frontMatterShape';
import { given, readText, scalarText, wrongValue, type FrontMatterWork } from './frontMatterWork';
import { checkKeys } from './unknownKeys';
import { expectedWording } from '../wording/promptFile';

const variableKeys = Object.keys(variableShape.members);

/** Without a fixed value a variable is taken to change with each request: the careful assumption. */
const readVaries = (work: FrontMatterWork, tree: Tree | undefined, fixed: boolean): VariesWord => {
  const word = variesWords.find((candidate) => candidate === stringValue(tree));
  if (tree !== undefined && word === undefined) wrongValue(work, 'varies', tree.span, expectedWording.oneOf(variesWords));
  return word ?? (fixed ? 'never' : 'request');
};

/** An empty example is none yet: a new declaration has one, for a person to fill in. */
const exampleIn = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

const readVariable = (entry: TreeEntry, work: FrontMatterWork): VariableDeclaration => {
  const { key, value } = entry;
  const base = { name: key.value, span: key.span, entrySpan: entry.span };
  if (value.kind !== 'object') {
    if (value.kind === 'array') wrongValue(work, base.name, value.span, expectedWording.declaration);
    const example = exampleIn(scalarText(work, value));
    return { ...base, varies: 'request', ...(example === undefined ? {} : { example }) };
  }
  checkKeys(work.problems, value, variableKeys);
  const text = (name: string) => scalarText(work, given(value, name));
  const file = given(value, 'file');
  const path = scalarText(work, file);
  if (file !== undefined && path === undefined) wrongValue(work, 'file', file.span, expectedWording.path);
  const fixed = text('value') ?? (path === undefined || file === undefined ? undefined : readText(work, path, file.span));
  const isUnread = file !== undefined && work.unread.includes(file.span);
  const optional = Object.entries({
    fixed,
    fallback: text('default'),
    example: exampleIn(text('example')),
    description: text('description'),
  });
  return {
    ...base,
    varies: readVaries(work, given(value, 'varies'), text('value') !== undefined || path !== undefined),
    ...(isUnread ? { unread: true } : {}),
    ...Object.fromEntries(optional.filter(([, part]) => part !== undefined)),
  };
};

/** The declarations below `variables`. */
export const readVariables = (tree: Tree | undefined, work: FrontMatterWork): readonly VariableDeclaration[] => {
  if (tree === undefined) return [];
  if (tree.kind !== 'object') return wrongValue(work, 'variables', tree.span, expectedWording.declarations) ?? [];
  return tree.entries.map((entry) => readVariable(entry, work));
};

/** The rows below `samples`; a value that is no text, number or word counts as empty. */
export const readSamples = (tree: Tree | undefined, work: FrontMatterWork): readonly Located<SampleRow>[] => {
  if (tree === undefined) return [];
  if (tree.kind !== 'array') return wrongValue(work, 'samples', tree.span, expectedWording.samples) ?? [];
  return tree.items.flatMap((item) => {
    if (item.kind !== 'object') return wrongValue(work, 'samples', item.span, expectedWording.sample) ?? [];
    const row = Object.fromEntries(item.entries.map(({ name, value }) => [name, scalarText(work, value) ?? '']));
    return [{ value: row, span: item.span }];
  });
};
