import type { ConverseRequest } from '../request/types';

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

/** FNV-1a of 32 bits: the bytes of files are compared by length and this. */
const digest = (bytes: Uint8Array): string => {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${bytes.length} bytes ${(hash >>> 0).toString(16)}`;
};

/** The characters of a block that the cache compares: its text, or its JSON with file contents as a digest. */
export const comparedText = (block: object): string =>
  'text' in block && typeof block.text === 'string'
    ? block.text
    : (JSON.stringify(block, (_key, value: unknown) => (value instanceof Uint8Array ? digest(value) : value)) ?? '');

const comparedBlocks = (request: ConverseRequest): readonly ComparedBlock[] => [
  ...(request.toolConfig?.tools ?? []).map((block) => ({ list: 'tools', text: comparedText(block) })),
  ...(request.system ?? []).map((block) => ({ list: 'system', text: comparedText(block) })),
  ...(request.messages ?? []).flatMap((message, at) =>
    message.content.map((block) => ({ list: `${message.role} ${at}`, text: comparedText(block) })),
  ),
];

/** Characters that two texts share from their beginning; a surrogate pair is not parted. */
export const commonCharacters = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const before = at > 0 ? a.charCodeAt(at - 1) : 0;
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
};

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
  const offset = mine !== undefined && mine.list === other?.list ? commonCharacters(mine.text, other.text) : 0;
  return { blocks, offset, characters: characters + offset, equal: mine === undefined && other === undefined };
};
