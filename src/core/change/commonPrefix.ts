import type { ConverseRequest } from '../request/types';
import { commonStart } from '../text/common';
import { hashOf } from '../text/hash';

/** How much two requests share from their beginning, in the order Bedrock reads. */
export interface CommonPrefix {
  /** Whole blocks, cache points included. */
  readonly blocks: number;
  /** Characters of the first block that differs: of its text, or of its JSON for other blocks. 0 when one request simply ends. */
  readonly offset: number;
  /** Characters of all shared text: whole blocks and the part of the next one. */
  readonly characters: number;
  readonly equal: boolean;
}

/** A block as the cache compares it: where it stands and what it says. */
interface ComparedBlock {
  readonly list: string;
  readonly text: string;
}

/** The characters of a block that the cache compares: its text, or its JSON with file contents as a digest. */
export const comparedText = (block: object): string =>
  'text' in block && typeof block.text === 'string'
    ? block.text
    : (JSON.stringify(block, (_key, value: unknown) => (value instanceof Uint8Array ? `${value.length} bytes ${hashOf(value)}` : value)) ??
      '');

const comparedBlocks = (request: ConverseRequest): readonly ComparedBlock[] => [
  ...(request.toolConfig?.tools ?? []).map((block) => ({ list: 'tools', text: comparedText(block) })),
  ...(request.system ?? []).map((block) => ({ list: 'system', text: comparedText(block) })),
  ...(request.messages ?? []).flatMap((message, at) =>
    message.content.map((block) => ({ list: `${message.role} ${at}`, text: comparedText(block) })),
  ),
];

/** The longest common prefix of two requests, by blocks and by characters. */
export const commonPrefix = (a: ConverseRequest, b: ConverseRequest): CommonPrefix => {
  const left = comparedBlocks(a);
  const right = comparedBlocks(b);
  let blocks = 0;
  let characters = 0;
  for (; blocks < left.length && blocks < right.length; blocks += 1) {
    const [mine, other] = [left[blocks], right[blocks]];
    if (mine === undefined || other === undefined || mine.list !== other.list || mine.text !== other.text) break;
    characters += mine.text.length;
  }
  const [mine, other] = [left[blocks], right[blocks]];
  const offset = mine !== undefined && mine.list === other?.list ? commonStart(mine.text, other.text) : 0;
  return { blocks, offset, characters: characters + offset, equal: mine === undefined && other === undefined };
};
