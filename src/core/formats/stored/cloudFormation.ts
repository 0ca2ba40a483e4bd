import type { Located } from '../../text/span';
import { member, stringValue, type StringTree, type Tree } from '../../text/tree';
import type { Finder } from './document';
import { entriesOf } from './entries';
import { holesIn, type FilledTexts } from './templateHoles';
import { apiTree } from './templateTree';
import { templateWriter } from './variantWriter';
import { variantPrompt, type VariantForm } from './variantPrompt';

/** What stands behind the last slash of an ARN that is put together, where nothing is filled in there. */
const nameInArn = (text: string): string | undefined => /\/([^/${}]+)$/.exec(text)?.[1];

/** The same of a call that joins texts, as it is written. */
const nameInJoin = (source: string): string | undefined =>
  /Join/.test(source) ? /\/([\w.:-]+)["']?[\s\]}]*$/.exec(source)?.[1] : undefined;

/** The model that a template names: a text, the end of an ARN that is filled in, or the default of a parameter. */
const modelIn =
  (template: Tree, { substituted, unknown }: FilledTexts): VariantForm['modelOf'] =>
  (value) => {
    const text = stringValue(value);
    const located = (id: string | undefined): Located<string> | undefined =>
      id === undefined ? undefined : { value: id, span: value.span };
    if (text === undefined) return { id: undefined, unsure: false };
    const tree = value as StringTree; // its value is a string
    if (substituted.has(tree)) {
      const name = text.includes('${') ? nameInArn(text) : text;
      return { id: located(name), unsure: name === undefined };
    }
    if (!unknown.has(tree)) return { id: located(text), unsure: false };
    const joined = nameInJoin(text);
    if (joined !== undefined) return { id: located(joined), unsure: false };
    const parameter = /^(?:!Ref\s+|\{\s*"?Ref"?\s*:\s*)["']?(\w+)/.exec(text)?.[1] ?? '';
    return { id: located(stringValue(member(member(member(template, 'Parameters'), parameter), 'Default'))), unsure: true };
  };

const resourceType = 'AWS::Bedrock::Prompt';

/** CloudFormation and SAM templates, also as the CDK writes them: each variant of each prompt. */
export const cloudFormation: Finder = (document) => {
  const resources = member(document.tree, 'Resources');
  if (resources?.kind !== 'object') return undefined;
  const filled: FilledTexts = { substituted: new Set(), unknown: new Set() };
  const form: VariantForm = { holesIn: holesIn(filled), modelOf: modelIn(document.tree, filled), writer: templateWriter };
  const prompts = resources.entries.flatMap(({ key, value }) => {
    const variants = stringValue(member(value, 'Type')) === resourceType ? member(member(value, 'Properties'), 'Variants') : undefined;
    return variants?.kind === 'array'
      ? variants.items.flatMap((item) => variantPrompt(document, apiTree(item, document.text, filled), `${key.value}.`, form) ?? [])
      : [];
  });
  return entriesOf(prompts);
};
