import { entryOf, withValue, type Tree, type TreeEntry } from '../text/tree';
import { arrayOf, eachObject, objectOf, pointOf, renamed, type ObjectTree } from './converseTree';

/** A block with a cache point inside it as two; a cache point that stands alone is one already. */
const parted = (block: ObjectTree): readonly Tree[] => {
  const point = renamed(block, 'cachePoint');
  const others = block.entries.filter(({ name }) => name !== 'cachePoint');
  return point === undefined || others.length === 0 ? [block] : [objectOf(block.span, others), ...pointOf(point)];
};

const listEntry = (owner: Tree, name: string, toBlocks: (block: ObjectTree) => readonly Tree[]): TreeEntry | undefined => {
  const entry = renamed(owner, name);
  return entry && withValue(entry, arrayOf(entry.value.span, eachObject(entry.value, toBlocks)));
};

const messageOf = (message: ObjectTree): readonly Tree[] => [
  objectOf(message.span, [renamed(message, 'role'), listEntry(message, 'content', parted)]),
];

const toolConfig = (body: Tree): TreeEntry | undefined => {
  const entry = renamed(body, 'toolConfig');
  return (
    entry && withValue(entry, objectOf(entry.value.span, [listEntry(entry.value, 'tools', parted), renamed(entry.value, 'toolChoice')]))
  );
};

const inferenceConfig = (body: Tree): TreeEntry | undefined => {
  const entry = renamed(body, 'inferenceConfig');
  if (entry?.value.kind !== 'object') return entry;
  const most = renamed(entry.value, 'max_new_tokens', 'maxTokens');
  const others = entry.value.entries.filter(({ name }) => name !== 'max_new_tokens');
  return withValue(entry, objectOf(entry.value.span, [most, ...others]));
};

/**
 * A Nova body as the Converse request that says the same: `cachePoint` inside a text block is a cache point after it. Source: AWS user guide,
 * Amazon Nova, complete request schema, and Prompt caching, read 2026-11.
 */
export const fromNova = (body: Tree): Tree =>
  objectOf(body.span, [
    listEntry(body, 'system', parted),
    listEntry(body, 'messages', messageOf),
    toolConfig(body),
    inferenceConfig(body),
    entryOf(body, 'additionalModelRequestFields'),
  ]);
