import type { Span } from '../text/span';
import { entryOf, member, stringValue, withValue, type Tree, type TreeEntry } from '../text/tree';
import { arrayOf, eachObject, entryAt, grouped, objectOf, pointOf, renamed, textBlockOf, wordAt, type ObjectTree } from './converseTree';

/** The member of a block that asks for a cache point after it. */
export const cacheControl = 'cache_control';

/** Where a block as a whole is named: its type. */
const homeOf = (block: ObjectTree): Span => entryOf(block, 'type')?.span ?? block.span;

const within = (name: string, block: ObjectTree, entries: readonly (TreeEntry | undefined)[]): ObjectTree =>
  objectOf(block.span, [entryAt(name, homeOf(block), objectOf(block.span, entries))]);

const formatEntry = (source: Tree | undefined, otherwise: string): TreeEntry => {
  const type = member(source, 'media_type');
  const at = type?.span ?? source?.span ?? { start: 0, end: 0 };
  return entryAt('format', at, wordAt(at, stringValue(type)?.split('/').at(-1) ?? otherwise));
};

/** Bytes, or for a plain text document its text. Other sources have no twin in Converse and stay as they are. */
const sourceEntry = (block: ObjectTree): TreeEntry | undefined => {
  const entry = renamed(block, 'source');
  const kind = stringValue(member(entry?.value, 'type'));
  const name = kind === 'base64' ? 'bytes' : kind === 'text' ? 'text' : undefined;
  return entry && name !== undefined ? withValue(entry, objectOf(entry.value.span, [renamed(entry.value, 'data', name)])) : entry;
};

const media = (block: ObjectTree): ObjectTree => {
  const source = member(block, 'source');
  if (stringValue(member(block, 'type')) === 'image') return within('image', block, [formatEntry(source, 'png'), sourceEntry(block)]);
  const format =
    stringValue(member(source, 'type')) === 'text'
      ? entryAt('format', homeOf(block), wordAt(homeOf(block), 'txt'))
      : formatEntry(source, 'pdf');
  const name = renamed(block, 'title', 'name') ?? entryAt('name', homeOf(block), wordAt(homeOf(block), 'document'));
  const citations = renamed(block, 'citations');
  return within('document', block, [format, name, sourceEntry(block), renamed(block, 'context'), citations]);
};

/** A text is one block; of a list each block is one of Converse's. */
const listOf = (content: Tree | undefined, toBlocks: (block: ObjectTree) => readonly Tree[]): readonly Tree[] =>
  stringValue(content) === undefined ? eachObject(content, toBlocks) : content === undefined ? [] : [textBlockOf(content)];

const resultContent = (block: ObjectTree): TreeEntry | undefined => {
  const entry = renamed(block, 'content');
  const blocks = entry && listOf(entry.value, (inner) => [contentBlock(inner)]);
  return entry && blocks && withValue(entry, arrayOf(entry.value.span, blocks));
};

const errorStatus = (block: ObjectTree): TreeEntry | undefined => {
  const entry = entryOf(block, 'is_error');
  return entry?.value.kind === 'scalar' && entry.value.value === true
    ? entryAt('status', entry.span, wordAt(entry.value.span, 'error'))
    : undefined;
};

const reasoning = (block: ObjectTree): ObjectTree =>
  within('reasoningContent', block, [
    entryAt('reasoningText', homeOf(block), objectOf(block.span, [renamed(block, 'thinking', 'text'), renamed(block, 'signature')])),
  ]);

const contentBlock = (block: ObjectTree): ObjectTree => {
  const type = stringValue(member(block, 'type'));
  const text = renamed(block, 'text');
  switch (type ?? (text === undefined ? '' : 'text')) {
    case 'text':
      return objectOf(block.span, [text ?? entryAt('text', homeOf(block), block)]);
    case 'image':
    case 'document':
      return media(block);
    case 'tool_use':
      return within('toolUse', block, [renamed(block, 'id', 'toolUseId'), renamed(block, 'name'), renamed(block, 'input')]);
    case 'tool_result':
      return within('toolResult', block, [renamed(block, 'tool_use_id', 'toolUseId'), resultContent(block), errorStatus(block)]);
    case 'thinking':
      return reasoning(block);
    case 'redacted_thinking':
      return within('reasoningContent', block, [renamed(block, 'data', 'redactedContent')]);
    default:
      return objectOf(block.span, [entryAt(type || 'unknown', homeOf(block), block)]);
  }
};

const toolEntry = (tool: ObjectTree): ObjectTree => {
  const schema = renamed(tool, 'input_schema', 'json');
  const name = renamed(tool, 'name');
  // What the service brings along has a type and no schema.
  if (schema === undefined) return within('systemTool', tool, [name]);
  const inputSchema = entryAt('inputSchema', schema.key.span, objectOf(schema.value.span, [schema]));
  return within('toolSpec', tool, [name, renamed(tool, 'description'), inputSchema, renamed(tool, 'strict')]);
};

const marked =
  (convert: (block: ObjectTree) => ObjectTree) =>
  (block: ObjectTree): readonly Tree[] => [convert(block), ...pointOf(renamed(block, cacheControl))];

/** The content of a message, or a system text, as blocks of Converse. */
export const contentBlocks = (content: Tree | undefined): readonly Tree[] => listOf(content, marked(contentBlock));

/** Tools as those of Converse. */
export const toolBlocks = (tools: Tree | undefined): readonly Tree[] => eachObject(tools, marked(toolEntry));

const messageOf = (message: ObjectTree): readonly Tree[] => {
  const content = entryOf(message, 'content');
  const blocks = content && withValue(content, arrayOf(content.value.span, contentBlocks(content.value)));
  return [objectOf(message.span, [renamed(message, 'role'), blocks])];
};

const choices: { readonly [type: string]: (choice: Tree) => TreeEntry } = {
  auto: ({ span }) => entryAt('auto', span, objectOf(span, [])),
  any: ({ span }) => entryAt('any', span, objectOf(span, [])),
  tool: (choice) => entryAt('tool', choice.span, objectOf(choice.span, [renamed(choice, 'name')])),
};

const choiceEntry = (body: Tree): TreeEntry | undefined => {
  const entry = renamed(body, 'tool_choice', 'toolChoice');
  const type = stringValue(member(entry?.value, 'type')) ?? '';
  const made = Object.hasOwn(choices, type) ? entry && choices[type]?.(entry.value) : undefined;
  return entry && made && withValue(entry, objectOf(entry.value.span, [made]));
};

const toolsEntry = (body: Tree): TreeEntry | undefined => {
  const entry = renamed(body, 'tools');
  const tools = toolBlocks(entry?.value);
  if (entry === undefined || tools.length === 0) return undefined;
  return grouped('toolConfig', [withValue(entry, arrayOf(entry.value.span, tools)), choiceEntry(body)]);
};

const listEntry = (body: Tree, name: string, toBlocks: (block: ObjectTree) => readonly Tree[]): TreeEntry | undefined => {
  const entry = renamed(body, name);
  return entry && withValue(entry, arrayOf(entry.value.span, listOf(entry.value, toBlocks)));
};

/** Settings that Converse has no member for go to a model among its additional fields. */
const additionalNames = ['thinking', 'output_config', 'output_format', 'top_k', 'anthropic_beta'];

/**
 * An Anthropic Messages body as the Converse request that says the same: texts are one block each, `cache_control` is a cache point after its
 * block. Every part stands where the body has it. Source: Anthropic's Messages API reference, read 2026-11.
 */
export const fromMessages = (body: Tree): Tree =>
  objectOf(body.span, [
    listEntry(body, 'system', marked(contentBlock)),
    listEntry(body, 'messages', messageOf),
    toolsEntry(body),
    grouped('inferenceConfig', [
      renamed(body, 'max_tokens', 'maxTokens'),
      renamed(body, 'temperature'),
      renamed(body, 'top_p', 'topP'),
      renamed(body, 'stop_sequences', 'stopSequences'),
    ]),
    grouped(
      'additionalModelRequestFields',
      additionalNames.map((name) => renamed(body, name)),
    ),
  ]);
