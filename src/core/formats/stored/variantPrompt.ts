import {
  emptyHeader,
  type Gap,
  type Openness,
  type Prompt,
  type ReadPrompt,
  type VariableDeclaration,
  type Written,
} from '../../prompt/model';
import type { PromptWriter } from '../../prompt/writer';
import { theDocument } from '../../text/place';
import type { Located } from '../../text/span';
import { member, stringValue, type StringTree, type Tree } from '../../text/tree';
import type { Hole } from '../converseBlocks';
import { readRequest } from '../readRequest';
import { sourceList } from '../sourceList';
import type { StoredDocument } from './document';
import type { NamedPrompt } from './entries';
import { fromVariant, templateOf } from './variantTree';

/** How a kind of document keeps a variant. */
export interface VariantForm {
  /** Of the template's texts. */
  holesIn(text: StringTree): readonly Hole[];
  /** The model that a variant names; `unsure`: it may be another one. */
  modelOf(value: Tree): { readonly id: Located<string> | undefined; readonly unsure: boolean };
  writer(document: StoredDocument, prompt: ReadPrompt, variant: Tree): PromptWriter;
}

const variablesIn = (template: Tree | undefined): readonly VariableDeclaration[] => {
  const list = member(template, 'inputVariables');
  const items = list?.kind === 'array' ? list.items : [];
  return items.flatMap((item) => {
    const name = member(item, 'name');
    const value = stringValue(name);
    return name === undefined || value === undefined
      ? []
      : [{ name: value, span: name.span, entrySpan: item.span, varies: 'request' } as const];
  });
};

/** Parts of the request that are checked against the shapes of Converse; its blocks have names of their own. */
const writtenOf = (request: Tree): readonly Written[] =>
  request.kind === 'object' ? request.entries.map(({ name, value }) => ({ path: [name], at: { source: theDocument, tree: value } })) : [];

const isUnknown = ({ tools, system, messages }: Pick<ReadPrompt, 'tools' | 'system' | 'messages'>): boolean =>
  [...tools, ...system, ...messages.flatMap(({ content }) => content)].some(
    (block) =>
      (block.kind === 'text' || block.kind === 'json') &&
      (block.kind === 'text' ? block.segments : block.texts).some(({ kind }) => kind === 'unknown'),
  );

/** A template that is kept in another place: its messages are not known. */
const elsewhere = ({ chat, text }: ReturnType<typeof templateOf>): readonly Gap[] => {
  const location = member(text, 'textS3Location');
  return chat === undefined && location !== undefined && member(text, 'text') === undefined
    ? [{ field: 'messages', index: 0, source: 'textS3Location', at: location.span }]
    : [];
};

const readVariant = (document: StoredDocument, variant: Tree, form: VariantForm): Prompt => {
  const request = fromVariant(variant);
  const template = templateOf(variant);
  const sources = sourceList(document.text).all;
  const { fields, ...lists } = readRequest(request, { sources, source: theDocument, templated: false, holesIn: form.holesIn });
  const value = member(variant, 'modelId');
  const { id, unsure } = value === undefined ? { id: undefined, unsure: false } : form.modelOf(value);
  const agent = member(variant, 'genAiResource') !== undefined;
  const gaps = elsewhere(template);
  const head = member(variant, 'name')?.span;
  const partly = gaps.length > 0 || isUnknown(lists);
  const open: Openness = { gaps, model: unsure || agent, partly, mayMark: false };
  const prompt: ReadPrompt = {
    format: document.isJson ? 'json' : 'yaml',
    api: 'converse',
    usualLifetime: true,
    ...(head === undefined ? {} : { head }),
    sources,
    header: { ...emptyHeader, modelId: id, fields, variables: variablesIn(template.chat ?? template.text) },
    ...lists,
    problems: document.problems,
    written: writtenOf(request),
    files: [],
    ...(document.ignores === undefined ? {} : { ignores: document.ignores }),
    ...(open.model || open.partly ? { open } : {}),
  };
  return { ...prompt, write: form.writer(document, prompt, variant) };
};

/** A variant of a prompt under its name, which begins with `prefix`; `undefined` where it holds no template. */
export const variantPrompt = (document: StoredDocument, variant: Tree, prefix: string, form: VariantForm): NamedPrompt | undefined => {
  const { chat, text } = templateOf(variant);
  if ((chat ?? text)?.kind !== 'object') return undefined;
  const name = member(variant, 'name');
  return {
    name: prefix + (stringValue(name) ?? 'variant'),
    head: name?.span ?? { start: variant.span.start, end: variant.span.start },
    span: variant.span,
    read: () => readVariant(document, variant, form),
  };
};
