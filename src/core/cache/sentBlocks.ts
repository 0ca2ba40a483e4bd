import type { CacheField } from '../models/types';
import type { ConverseRequest } from '../request/types';
import { hashOf } from '../text/hash';
import { memoByPiece } from '../text/pieces';
import { fieldOf, isLoose, listOf } from '../tokens/json';

/** One block of a request, cache points among them. */
export interface SentBlock {
  readonly field: CacheField;
  /** The list that it stands in: equal blocks in other lists are other blocks. */
  readonly list: string;
  readonly block: unknown;
}

/** All blocks of a request in the order Bedrock reads them, cache points included. */
export const sentBlocks = (request: ConverseRequest): readonly SentBlock[] => [
  ...listOf(fieldOf(fieldOf(request, 'toolConfig'), 'tools')).map((block): SentBlock => ({ field: 'tools', list: 'tools', block })),
  ...listOf(fieldOf(request, 'system')).map((block): SentBlock => ({ field: 'system', list: 'system', block })),
  ...listOf(fieldOf(request, 'messages')).flatMap((message, at) =>
    listOf(fieldOf(message, 'content')).map((block): SentBlock => ({
      field: 'messages',
      list: `message ${at} ${String(fieldOf(message, 'role'))}`,
      block,
    })),
  ),
];

/** Longer texts are hashed by pieces, which are remembered: an edit changes one of them. */
const longText = 16_384;
const hashesOfPieces = memoByPiece((text) => hashOf(text));

/**
 * What stands for a block in its hash: a long text by the hashes of its pieces, which depend on the text alone; a document that is told not to be cited
 * as one that is told nothing.
 */
export const comparedBlock = (block: unknown): unknown => {
  if (!isLoose(block)) return block;
  const { text, document } = block;
  if (typeof text === 'string' && text.length > longText) return { ...block, text: [...hashesOfPieces(text).results] };
  if (!isLoose(document) || fieldOf(document['citations'], 'enabled') !== false) return block;
  const { citations: _none, ...rest } = document;
  return { ...block, document: rest };
};

export const isCachePoint = (block: unknown): boolean => isLoose(block) && isLoose(block['cachePoint']);
