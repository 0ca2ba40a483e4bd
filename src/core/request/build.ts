import { segmentsOf, type Block, type MediaBlock, type Prompt } from '../prompt/model';
import type { Place } from './wirePlace';
import type { Bytes, CachePoint, ContentBlock, ConverseRequest, Message, SystemBlock, ToolEntry, Ttl } from './types';
import type { Json } from '../text/json';
import { oncePer } from '../text/once';
import { declaredValues, nameOfHole, renderJson, renderSegments, type Values } from './values';

/** A block and where it goes, in the order Bedrock reads: tools, system, messages. */
export interface PlacedBlock {
  readonly place: Place;
  readonly block: Block;
}

type Lists = Pick<Prompt, 'tools' | 'system' | 'messages'>;

/** All blocks of a prompt in the order Bedrock reads them, listed once for each prompt. Source: AWS user guide, Prompt caching, as of 2026-10. */
export const wireOrder = oncePer(({ tools, system, messages }: Lists): readonly PlacedBlock[] => {
  const placed: PlacedBlock[] = [];
  for (const [index, block] of tools.entries()) placed.push({ place: { field: 'tools', index }, block });
  for (const [index, block] of system.entries()) placed.push({ place: { field: 'system', index }, block });
  for (const [message, { content }] of messages.entries())
    for (const [index, block] of content.entries()) placed.push({ place: { field: 'messages', message, index }, block });
  return placed;
});

const mediaBlock = (block: MediaBlock): ContentBlock => {
  const { source } = block;
  const bytes: Bytes = source.kind === 'file' ? (source.bytes ?? new Uint8Array()) : '';
  const from = source.kind === 's3' ? { s3Location: { uri: source.uri } } : { bytes };
  return block.member === 'image'
    ? { image: { format: block.format, source: from } }
    : { document: { format: block.format, name: block.name, source: from } };
};

const cachePoint = (ttl: string | undefined): CachePoint =>
  // The service judges other lifetimes; a rule has said so before.
  ttl === undefined ? { type: 'default' } : { type: 'default', ttl: ttl as Ttl };

const wireBlock = (block: Block, values: Values): Json | ContentBlock => {
  switch (block.kind) {
    case 'text':
      return { text: renderSegments(block.segments, values) };
    case 'cachePoint':
      return { cachePoint: cachePoint(block.ttl?.value) };
    case 'media':
      return mediaBlock(block);
    case 'json':
      return { [block.member]: block.templated ? renderJson(block.value, values) : block.value };
  }
};

/**
 * The request that a prompt makes with these values, block for block as written: nothing is repaired, moved or left out.
 * Members were read by name from the unions of the API, so each block is of its list's type.
 */
export const buildRequest = (prompt: Prompt, values: Values): ConverseRequest => {
  const blocks = (list: readonly Block[]) => list.map((block) => wireBlock(block, values));
  const { header } = prompt;
  const fields = Object.fromEntries(Object.entries(header.fields).map(([key, field]) => [key, field.value]));
  const messages = prompt.messages.map((message): Message => ({ role: message.role, content: blocks(message.content) as ContentBlock[] }));
  return {
    modelId: header.modelId?.value.trim() ?? '',
    ...(prompt.system.length === 0 ? {} : { system: blocks(prompt.system) as SystemBlock[] }),
    ...(messages.length === 0 ? {} : { messages }),
    ...(prompt.tools.length === 0
      ? {}
      : {
          toolConfig: {
            tools: blocks(prompt.tools) as unknown as ToolEntry[],
            ...(prompt.toolChoice === undefined ? {} : { toolChoice: prompt.toolChoice }),
          },
        }),
    ...fields,
  } as ConverseRequest;
};

/** The request with examples for values that nobody has given yet, made once for each prompt: what estimates and rules are made on. */
export const draftRequest = oncePer((prompt: Prompt): ConverseRequest =>
  buildRequest(prompt, declaredValues(prompt.header.variables, true)),
);

/** Names of variables and of unknown parts that have no value, in order of use. */
export const missingValues = (prompt: Prompt, values: Values): readonly string[] => {
  const names = new Set<string>();
  for (const { block } of wireOrder(prompt)) {
    for (const segment of segmentsOf(block)) {
      const name = nameOfHole(segment);
      if (name !== undefined && values(name) === undefined) names.add(name);
    }
  }
  return [...names];
};
