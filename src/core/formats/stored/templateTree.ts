import { arrayOf, objectOf } from '../converseTree';
import { opaque } from '../../text/notation';
import { stringValue, type StringTree, type Tree, type TreeEntry } from '../../text/tree';
import type { FilledTexts } from './templateHoles';

/** Members whose values are JSON of somebody else: their names stay as they are. */
const foreign: ReadonlySet<string> = new Set(['Json', 'AdditionalModelRequestFields', 'Metadata', 'Tags']);

const functionName = /^(?:Ref|Condition|Fn::\w+)$/;

/** The function call that an object is, as `{"Ref": "Name"}`. */
export const functionIn = (tree: Tree | undefined): TreeEntry | undefined => {
  const [only, ...others] = tree?.kind === 'object' ? tree.entries : [];
  return only !== undefined && others.length === 0 && functionName.test(only.name) ? only : undefined;
};

const isString = (tree: Tree | undefined): tree is StringTree => stringValue(tree) !== undefined;

/** The text that a function call fills in; its second argument only says with what. */
const substitutedText = ({ key, value }: TreeEntry): StringTree | undefined => {
  const text = value.kind === 'array' ? value.items[0] : value;
  return key.value === 'Fn::Sub' && isString(text) ? text : undefined;
};

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/**
 * A part of a template under the names that the API has for it, with the texts that its functions make as strings, noted in `filled`. Each part
 * stands where the template has it. `source`: the text of the document.
 */
export const apiTree = (tree: Tree, source: string, filled: FilledTexts): Tree => {
  const call = functionIn(tree);
  if (call !== undefined) {
    const text = substitutedText(call);
    if (text !== undefined) {
      filled.substituted.add(text);
      return text;
    }
    const { span } = tree;
    const unknown: StringTree = { kind: 'scalar', span, inner: span, value: source.slice(span.start, span.end), notation: opaque };
    filled.unknown.add(unknown);
    return unknown;
  }
  if (tree.kind === 'array')
    return arrayOf(
      tree.span,
      tree.items.map((item) => apiTree(item, source, filled)),
    );
  if (tree.kind !== 'object') return tree;
  return objectOf(
    tree.span,
    tree.entries.map(({ name, key, value, span }) => ({
      name: camel(name),
      key: { value: camel(name), span: key.span },
      value: foreign.has(name) ? value : apiTree(value, source, filled),
      span,
    })),
  );
};
