import { parseJsonTree } from '../../text/jsonTree';
import type { Tree } from '../../text/tree';
import { cut, flat, made } from '../values/pieces';
import { knownText, memberOf, textValue, type Piece, type Spot, type Value } from '../values/value';
import type { Api } from '../../prompt/model';

/** A text of JSON inside a literal as the value that it says; each part knows where it stands in the literal. */
const valueOfTree = (tree: Tree, pieces: readonly Piece[]): Value => {
  const within = (start: number, end: number): Spot => {
    const [first] = cut(pieces, start, end);
    return first === undefined ? { source: { path: '', text: '' }, at: { start: 0, end: 0 } } : { source: first.source, at: first.at };
  };
  const spot = within(tree.span.start, tree.span.end);
  switch (tree.kind) {
    case 'array':
      return {
        kind: 'list',
        sort: 'list',
        spot,
        items: tree.items.map((item) => ({ value: () => valueOfTree(item, pieces), gap: undefined, item: undefined })),
      };
    case 'object':
      return {
        kind: 'object',
        spot,
        open: undefined,
        entries: tree.entries.map(({ key, value, span }) => ({
          key: key.value,
          value: () => valueOfTree(value, pieces),
          spot: within(span.start, span.end),
          entry: undefined,
          maybe: false,
        })),
      };
    case 'scalar':
      if (typeof tree.value !== 'string') return { kind: 'constant', value: tree.value, spot };
      return textValue(tree.value === '' ? [] : [made(tree.value, within(tree.inner.start, tree.inner.end))]);
  }
};

/** The body of InvokeModel: what was made JSON, or what a literal of JSON says. */
export const bodyOf = (value: Value | undefined): Value | undefined => {
  if (value?.kind === 'dumped') return value.value;
  if (value?.kind !== 'text') return value;
  const text = knownText(value);
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  const { tree, errors } = parseJsonTree(flat(value.pieces));
  return tree === undefined || errors.length > 0 ? undefined : valueOfTree(tree, value.pieces);
};

/** What a body may be, where it is one of several. */
const alternativesOf = (value: Value, depth = 0): readonly Value[] => {
  const body = bodyOf(value);
  if (body?.kind !== 'unknown') return body === undefined ? [] : [body];
  return depth > 4 ? [] : body.alternatives.flatMap((one) => alternativesOf(one, depth + 1));
};

/**
 * Of bodies for several families of models the one that a model takes, or the first that is a prompt where the model is not known; `isSure`: no other
 * one can be meant.
 */
export const chosenBody = (body: Value, modelId: string | undefined): { readonly body: Value; readonly isSure: boolean } => {
  if (body.kind !== 'unknown') return { body, isSure: true };
  const prompts = alternativesOf(body).filter((one) => one.kind === 'object' && apiOfBody(one, modelId) !== undefined);
  const family =
    modelId === undefined ? undefined : /nova/.test(modelId) ? 'nova' : /claude|anthropic/.test(modelId) ? 'messages' : undefined;
  const own = prompts.filter((one) => apiOfBody(one, modelId) === family);
  const [chosen] = family === undefined ? prompts : own;
  return chosen === undefined ? { body, isSure: false } : { body: chosen, isSure: own.length === 1 };
};

const chatModel = /claude-(?!instant|v2|v1)|amazon\.nova-(?!canvas|reel|sonic)/;

/** Which API a body is for, by its members; `undefined` where it is no prompt: embeddings, images, completions. */
export const apiOfBody = (body: Value, modelId: string | undefined): Api | undefined => {
  if (body.kind !== 'object')
    return modelId !== undefined && chatModel.test(modelId) ? (modelId.includes('nova') ? 'nova' : 'messages') : undefined;
  const has = (name: string): boolean => memberOf(body, name) !== undefined;
  if (!has('messages'))
    return body.open !== undefined && (has('anthropic_version') || has('schemaVersion'))
      ? has('schemaVersion')
        ? 'nova'
        : 'messages'
      : undefined;
  if (has('anthropic_version') || has('max_tokens'))
    return modelId !== undefined && !/claude|anthropic|nova/.test(modelId) && !has('anthropic_version') ? undefined : 'messages';
  if (has('schemaVersion') || has('inferenceConfig')) return 'nova';
  return modelId === undefined ? undefined : /nova/.test(modelId) ? 'nova' : /claude|anthropic/.test(modelId) ? 'messages' : undefined;
};
