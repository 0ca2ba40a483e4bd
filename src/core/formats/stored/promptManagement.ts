import { member, stringValue, type Tree } from '../../text/tree';
import type { Finder } from './document';
import { entriesOf } from './entries';
import { placeholdersIn } from './templateHoles';
import { variantPrompt, type VariantForm } from './variantPrompt';
import { variantWriter } from './variantWriter';

const form: VariantForm = {
  holesIn: (text) => placeholdersIn(String(text.value)),
  modelOf: (value) => {
    const id = stringValue(value);
    return { id: id === undefined ? undefined : { value: id, span: value.span }, unsure: false };
  },
  writer: variantWriter,
};

const variantsOf = (tree: Tree): readonly Tree[] => {
  const list = member(tree, 'variants');
  return list?.kind === 'array' ? list.items : [tree];
};

/** What CreatePrompt takes and GetPrompt answers: each variant is a prompt. */
export const promptManagement: Finder = (document) => {
  const prompts = variantsOf(document.tree).flatMap((variant) => variantPrompt(document, variant, '', form) ?? []);
  return prompts.length === 0 ? undefined : entriesOf(prompts);
};
