import type { Block, Prompt, PromptOrigin } from '../prompt/model';

/** The newest turn of a request: what the next request has otherwise. */
export interface LastTurn {
  readonly blocks: ReadonlySet<Block>;
  /** A session's: the next request of the conversation sends it again. */
  readonly varies: 'session' | 'request';
}

/** Documents that are one request as it was sent. A prompt file says by its variables what varies; these say nothing. */
const sentRequests: ReadonlySet<PromptOrigin> = new Set(['converse-json', 'messages', 'nova']);

const isListed = (block: Block, staticTexts: readonly string[]): boolean => {
  if (block.kind !== 'text') return false;
  const text = block.segments.map((one) => (one.kind === 'text' ? one.text : '')).join('');
  return staticTexts.some((listed) => listed.trim() === text.trim());
};

/**
 * In a request as it was sent the last user turn is taken to vary: all of it, or what stands behind its last cache point with content on both sides,
 * for such a point says that the text before it stays. Where a cache point closes the turn of a conversation that goes on, the next request sends the
 * turn again, so that it belongs to the session; any other turn is another one in each request.
 */
export const lastTurnOf = ({ format, messages }: Prompt, staticTexts: readonly string[]): LastTurn | undefined => {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  const content = messages[at]?.content;
  if (content === undefined || !sentRequests.has(format)) return undefined;
  const end = content.findLastIndex(({ kind }) => kind !== 'cachePoint');
  const inner = content.findLastIndex(({ kind }, index) => kind === 'cachePoint' && index < end);
  const blocks = content.slice(inner + 1).filter((block) => block.kind !== 'cachePoint' && !isListed(block, staticTexts));
  if (blocks.length === 0) return undefined;
  const goesOn = content.at(-1)?.kind === 'cachePoint' && messages.slice(0, at).some(({ role }) => role === 'assistant');
  return { blocks: new Set(blocks), varies: goesOn ? 'session' : 'request' };
};
