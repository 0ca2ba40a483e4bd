import type { ReadPrompt } from '../../prompt/model';
import type { PromptWriter } from '../../prompt/writer';
import { member, type Tree } from '../../text/tree';
import { converseWriter } from '../converseWriter';
import type { StoredDocument } from './document';
import { storedWriter, type Spelling } from './storedWriter';
import { templateOf } from './variantTree';

const ofApi: Spelling = { point: 'cachePoint', type: 'type', variable: 'name', modelId: 'modelId' };
const ofTemplate: Spelling = { point: 'CachePoint', type: 'Type', variable: 'Name', modelId: 'ModelId' };

const writerOf = (spelling: Spelling, { text }: StoredDocument, prompt: ReadPrompt, variant: Tree): PromptWriter => {
  const { chat, text: single } = templateOf(variant);
  return storedWriter({
    text,
    prompt,
    owner: variant,
    single: chat === undefined ? single : undefined,
    variables: member(chat ?? single, 'inputVariables'),
    spelling,
  });
};

/** How changes are written into a template of CloudFormation. */
export const templateWriter = (document: StoredDocument, prompt: ReadPrompt, variant: Tree): PromptWriter =>
  writerOf(ofTemplate, document, prompt, variant);

/** How changes are written into a variant as the API has it: its conversations are written as those of Converse are. */
export const variantWriter = (document: StoredDocument, prompt: ReadPrompt, variant: Tree): PromptWriter => {
  const own = writerOf(ofApi, document, prompt, variant);
  if (!document.isJson || templateOf(variant).chat === undefined) return own;
  const { splitAt, moveText, ...others } = converseWriter(document.text, prompt, variant);
  return {
    ...others,
    ...own,
    splitAt: (block, offset, ttl) => (ttl === undefined ? splitAt(block, offset) : undefined),
    moveText,
    insertText: others.insertText,
    setMember: others.setMember,
    setValue: others.setValue,
    moveMember: others.moveMember,
    removeItem: others.removeItem,
    renameKey: others.renameKey,
    markerFromDialect: others.markerFromDialect,
  };
};
