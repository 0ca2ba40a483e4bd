import type { RequestApi } from '../prompt/model';
import { member, stringValue, type Tree } from '../text/tree';

/** Which request a JSON object is, and where a file that wraps one keeps it. */

const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === 'array' ? tree.items : []);

/** The first blocks of each list of a request: what they look like tells whose they are. */
const someBlocks = (body: Tree): readonly Tree[] => [
  ...itemsOf(member(body, 'system')).slice(0, 3),
  ...itemsOf(member(body, 'messages'))
    .slice(0, 3)
    .flatMap((message) => itemsOf(member(message, 'content')).slice(0, 3)),
];

const hasText = (body: Tree): boolean =>
  stringValue(member(body, 'system')) !== undefined ||
  itemsOf(member(body, 'messages')).some((message) => stringValue(member(message, 'content')) !== undefined);

const isTyped = (body: Tree): boolean => hasText(body) || someBlocks(body).some((block) => has(block, 'type'));

const has = (body: Tree, ...names: readonly string[]): boolean => names.some((name) => member(body, name) !== undefined);

/** Whose request an object is, by members that only one of them has; `undefined` where none of these is there. */
export const apiOf = (body: Tree | undefined): RequestApi | undefined => {
  if (body?.kind !== 'object') return undefined;
  if (has(body, 'anthropic_version')) return 'messages';
  if (has(body, 'schemaVersion')) return 'nova';
  if (has(body, 'inferenceConfig', 'toolConfig', 'additionalModelRequestFields')) {
    // A body of InvokeModel names no model: that stands in the address.
    const isNova = member(member(body, 'inferenceConfig'), 'max_new_tokens') !== undefined && !has(body, 'modelId');
    return isNova ? 'nova' : 'converse';
  }
  return has(body, 'max_tokens') && isTyped(body) ? 'messages' : undefined;
};

/** Whose a body of InvokeModel is that says nothing of itself: Anthropic's has texts or blocks with a type, Nova's neither. */
export const likelyApi = (body: Tree | undefined): 'messages' | 'nova' => (body !== undefined && isTyped(body) ? 'messages' : 'nova');

/** Is it a Messages body as Anthropic's clients take it? They send the model in the address, and name the version themselves. */
export const isClientForm = (body: Tree): boolean => !has(body, 'anthropic_version') && stringValue(member(body, 'model')) !== undefined;

const conversations: readonly string[] = [
  'text',
  'image',
  'document',
  'video',
  'audio',
  'toolUse',
  'toolResult',
  'cachePoint',
  'guardContent',
];

/** Is it a block as Converse and Nova write them: a member that names its kind, and no `type`? */
const isUnionBlock = (block: Tree): boolean => has(block, ...conversations) && !has(block, 'type');

/** Does an object hold lists as all of these requests have them? Names like these stand in other files too. */
const hasLists = (body: Tree): boolean =>
  member(body, 'messages') === undefined
    ? itemsOf(member(body, 'system')).some(({ kind }) => kind === 'object')
    : member(body, 'messages')?.kind === 'array';

const claude = /claude|anthropic/i;

/** Whose request an object is, where it surely is one: what a document that nobody called a prompt must show. */
export const surelyApi = (body: Tree | undefined): RequestApi | undefined => {
  if (body?.kind !== 'object' || !hasLists(body)) return undefined;
  const api = apiOf(body);
  if (api === 'messages' && isClientForm(body)) return claude.test(stringValue(member(body, 'model')) ?? '') ? api : undefined;
  if (api !== undefined) return api;
  const blocks = someBlocks(body);
  const isConverse = blocks.some(isUnionBlock) || (blocks.length === 0 && has(body, 'modelId'));
  return isConverse ? 'converse' : undefined;
};
