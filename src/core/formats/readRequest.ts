import type { Block, Header, Message, ReadPrompt } from '../prompt/model';
import { converseStreamRequest } from '../service/shapes';
import type { Json } from '../text/json';
import type { Located } from '../text/span';
import { member, stringValue, toJson, type Tree } from '../text/tree';
import { contentMembers, readBlock, systemMembers, toolMembers, type Origin } from './converseBlocks';

/** What is no block, or no list of them, is left out here; the rules on the service's shapes tell of it. */
const readList = (tree: Tree | undefined, members: readonly string[], origin: Origin): readonly Block[] =>
  tree?.kind === 'array' ? tree.items.flatMap((item) => readBlock(item, members, origin) ?? []) : [];

const readMessages = (tree: Tree | undefined, origin: Origin): readonly Message[] =>
  tree?.kind === 'array'
    ? tree.items.flatMap((item): Message | readonly Message[] =>
        item.kind === 'object'
          ? {
              role: stringValue(member(item, 'role')) ?? '',
              span: item.span,
              content: readList(member(item, 'content'), contentMembers, origin),
            }
          : [],
      )
    : [];

/** Members of a request that are read into blocks, not passed through. */
const readMembers = ['modelId', 'messages', 'system', 'toolConfig'];

const readFields = (request: Tree | undefined): Header['fields'] => {
  const fields: [string, Located<Json>][] = [];
  if (request?.kind === 'object')
    for (const entry of request.entries)
      if (Object.hasOwn(converseStreamRequest.members, entry.name) && !readMembers.includes(entry.name))
        fields.push([entry.name, { value: toJson(entry.value), span: entry.value.span }]);
  return Object.fromEntries(fields);
};

type RequestParts = Pick<ReadPrompt, 'tools' | 'toolChoice' | 'system' | 'messages'> & Pick<Header, 'fields'>;

/** The blocks and settings of a Converse request, or of what was translated into one. */
export const readRequest = (request: Tree | undefined, origin: Origin): RequestParts => {
  const toolConfig = member(request, 'toolConfig');
  const choice = member(toolConfig, 'toolChoice');
  return {
    fields: readFields(request),
    tools: readList(member(toolConfig, 'tools'), toolMembers, origin),
    toolChoice: choice === undefined ? undefined : toJson(choice),
    system: readList(member(request, 'system'), systemMembers, origin),
    messages: readMessages(member(request, 'messages'), origin),
  };
};
