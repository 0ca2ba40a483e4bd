import type { Caching } from '../models/types';
import type { CachePoint, ContentBlock, ConverseRequest, Message, ToolResultContent } from '../request/types';
import { lookBackOf } from '../cache/lookBack';

/** What a person gives to go on: results of the tools that the answer called, and a text of their own; one of them at least. */
export interface UserTurn {
  readonly results: readonly { readonly toolUseId: string; readonly content: readonly ToolResultContent[]; readonly status?: 'error' }[];
  readonly text: string;
}

/** A place in a request's messages. */
export interface MessagePlace {
  readonly message: number;
  readonly block: number;
}

/** What becomes of the cache points when a conversation goes on. */
export interface MovedPoints {
  /** Points in messages that leave. */
  readonly dropped: readonly MessagePlace[];
  /** The point after the new turn; `undefined`: it gets none. */
  readonly point: CachePoint | undefined;
}

const pointOf = (block: ContentBlock): CachePoint | undefined => ('cachePoint' in block ? block.cachePoint : undefined);

const pointsIn = (blocks: readonly unknown[]): number =>
  blocks.filter((block) => typeof block === 'object' && block !== null && 'cachePoint' in block).length;

const holdsTools = (blocks: readonly ContentBlock[]): boolean => blocks.some((block) => 'toolUse' in block || 'toolResult' in block);

/** The blocks of the new user turn, without a cache point. */
export const userBlocks = ({ results, text }: UserTurn): readonly ContentBlock[] => [
  ...results.map(({ toolUseId, content, status }): ContentBlock => ({
    toolResult: { toolUseId, content, ...(status === undefined ? {} : { status }) },
  })),
  ...(text.trim() === '' ? [] : [{ text }]),
];

/**
 * The cache point moves to the end of the newest turn, where the model looks back far enough to find what the last one wrote; else the last one
 * stays beside it, and the first of the conversation makes room where there are too many. A request without any point gets none.
 */
export const movePoints = (request: ConverseRequest, added: readonly ContentBlock[], caching: Caching | undefined): MovedPoints => {
  const none: MovedPoints = { dropped: [], point: undefined };
  const { messages = [], system = [], toolConfig } = request;
  const found = messages.flatMap(({ content }, message) =>
    content.flatMap((block, at) => {
      const point = pointOf(block);
      return point === undefined ? [] : [{ message, block: at, point }];
    }),
  );
  const others = pointsIn(system) + pointsIn(toolConfig?.tools ?? []);
  if (caching?.kind !== 'explicit' || !caching.fields.includes('messages') || found.length + others === 0) return none;
  if (caching.refusesToolMessages === true && holdsTools(added)) return none;
  const last = found.at(-1);
  const behind = last && messages.slice(last.message).flatMap(({ content }, at) => (at === 0 ? content.slice(last.block + 1) : content));
  const distance = behind === undefined ? 0 : [...behind, ...added].filter((block) => pointOf(block) === undefined).length;
  const isFound = last !== undefined && distance < lookBackOf(caching);
  const kept = isFound ? found.slice(0, -1) : found;
  const room = caching.maxCheckpoints - others - 1;
  if (room < 0) return none;
  const first = Math.max(0, kept.length - room);
  const stays = new Set(kept.slice(first));
  return {
    dropped: found.filter((one) => !stays.has(one)).map(({ message, block }) => ({ message, block })),
    // A shorter lifetime may stand behind a longer one, and never before.
    point: last?.point ?? { type: 'default' },
  };
};

/** The request of the next turn: the answer as it came, the new turn, and the cache points where they belong now. */
export const nextRequest = (
  request: ConverseRequest,
  answer: readonly ContentBlock[],
  turn: UserTurn,
  caching: Caching | undefined,
): ConverseRequest => {
  const blocks = userBlocks(turn);
  const { dropped, point } = movePoints(request, [...answer, ...blocks], caching);
  const kept = (request.messages ?? []).map(({ role, content }, message): Message => ({
    role,
    content: content.filter((_, block) => !dropped.some((one) => one.message === message && one.block === block)),
  }));
  return {
    ...request,
    messages: [
      ...kept,
      { role: 'assistant', content: answer },
      { role: 'user', content: point === undefined ? blocks : [...blocks, { cachePoint: point }] },
    ],
  };
};
