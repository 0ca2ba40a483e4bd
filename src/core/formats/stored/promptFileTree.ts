import type { Span } from '../../text/span';
import { entryOf, member, stringValue, withValue, type Tree, type TreeEntry } from '../../text/tree';
import { arrayOf, entryAt, grouped, objectOf, renamed, wordAt } from '../converseTree';
import { contentBlocks, toolBlocks } from '../messagesTree';
import { cutAtMarkers } from './textMarker';

/** Names under which prompt files keep the parts of a prompt. */
const names = {
  model: ['model', 'modelId', 'model_id', 'modelName', 'model_name'],
  system: ['system', 'system_prompt', 'systemPrompt', 'system_message', 'systemMessage', 'instructions'],
  user: ['prompt', 'user', 'user_prompt', 'userPrompt', 'user_message', 'userMessage', 'task_prompt', 'prompt_template', 'template'],
} as const;

const first = (tree: Tree | undefined, among: readonly string[]): TreeEntry | undefined => {
  for (const name of among) {
    const found = renamed(tree, name);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A text; an empty one is a field that nobody has filled in. */
const isText = ({ value }: TreeEntry): boolean => (stringValue(value) ?? '').trim() !== '';
const isList = ({ value }: TreeEntry): boolean => value.kind === 'array';

const textOrList = (entry: TreeEntry | undefined): TreeEntry | undefined => (entry && (isText(entry) || isList(entry)) ? entry : undefined);

/** The parts of a prompt that an object keeps. */
export interface PromptParts {
  readonly system: TreeEntry | undefined;
  readonly messages: TreeEntry | undefined;
  readonly user: TreeEntry | undefined;
}

export const partsOf = (tree: Tree): PromptParts => {
  const messages = entryOf(tree, 'messages');
  const isConversation =
    messages?.value.kind === 'array' && messages.value.items.some((item) => stringValue(member(item, 'role')) !== undefined);
  return {
    system: textOrList(first(tree, names.system)),
    messages: isConversation ? messages : undefined,
    user: textOrList(first(tree, names.user)),
  };
};

/** What an object calls its model: a text, or an object with the id. */
export const modelTree = (tree: Tree): Tree | undefined => {
  const value = first(tree, names.model)?.value;
  return value?.kind === 'object' ? first(value, ['id', 'name', ...names.model])?.value : value;
};

const hasKind = (block: Tree): boolean => entryOf(block, 'type') !== undefined || entryOf(block, 'text') !== undefined;

/** A text, or blocks as Converse or a Messages body has them. */
const blocksOf = (source: string, content: Tree): readonly Tree[] => {
  if (stringValue(content) !== undefined) return cutAtMarkers(source, content);
  if (content.kind !== 'array') return [];
  return content.items.flatMap((item) => {
    if (item.kind === 'scalar') return stringValue(item) === undefined ? [] : cutAtMarkers(source, item);
    return hasKind(item) ? contentBlocks({ kind: 'array', span: item.span, items: [item] }) : item.kind === 'object' ? [item] : [];
  });
};

const roles: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
]);

const messageOf = (source: string, role: string, at: Span, span: Span, content: Tree | undefined): Tree =>
  objectOf(span, [
    entryAt('role', at, wordAt(at, role)),
    content && entryAt('content', content.span, arrayOf(content.span, blocksOf(source, content))),
  ]);

/**
 * A prompt file's object as the Converse request that says the same. Messages of the role `system` are texts of the system. What becomes of its
 * settings only the code knows that reads it.
 */
export const fromPromptFile = (source: string, tree: Tree, { system, messages, user }: PromptParts): Tree => {
  const turns = messages?.value.kind === 'array' ? messages.value.items : [];
  const texts: Tree[] = system === undefined ? [] : [...blocksOf(source, system.value)];
  const conversation: Tree[] = [];
  for (const turn of turns) {
    const role = member(turn, 'role');
    const said = stringValue(role) ?? '';
    const content = member(turn, 'content');
    if (said === 'system') texts.push(...(content === undefined ? [] : blocksOf(source, content)));
    else conversation.push(messageOf(source, roles.get(said) ?? said, role?.span ?? turn.span, turn.span, content));
  }
  if (messages === undefined && user !== undefined) conversation.push(messageOf(source, 'user', user.key.span, user.span, user.value));
  const [around, tools] = [messages ?? user, renamed(tree, 'tools')];
  const specs =
    tools?.value.kind === 'array'
      ? tools.value.items.flatMap((tool) => (entryOf(tool, 'name') ? toolBlocks(arrayOf(tool.span, [tool])) : [tool]))
      : [];
  return objectOf(tree.span, [
    texts.length === 0 ? undefined : entryAt('system', tree.span, arrayOf(tree.span, texts)),
    around && entryAt('messages', around.span, arrayOf(around.span, conversation)),
    tools && specs.length > 0 ? grouped('toolConfig', [withValue(tools, arrayOf(tools.value.span, specs))]) : undefined,
  ]);
};
