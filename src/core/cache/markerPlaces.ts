import type { Caching } from '../models/types';
import type { Block } from '../prompt/model';
import type { Place } from '../request/wirePlace';
import { oncePer } from '../text/once';

/** A block and where it stands; every `WireBlock` will do. */
export interface Placed {
  readonly place: Place;
  readonly block: Block;
}

/** How a model caches that takes markers. */
export type ExplicitCaching = Extract<Caching, { kind: 'explicit' }>;

/** Do two blocks stand in the same list: the tools, the system text, or one message? */
export const sameList = (a: Place, b: Place): boolean =>
  a.field === b.field && (a.field !== 'messages' || (b.field === 'messages' && a.message === b.message));

/** What is asked of a list of blocks for each of its markers, found in one pass. */
interface Layout {
  /** For each block: index of the nearest block before it in its list that is no marker; -1 where there is none. */
  readonly carriers: Int32Array;
  /** For each block: index of the first block of its list. */
  readonly firsts: Int32Array;
  /** For each block that is the first of its list: the index after the last one. */
  readonly ends: Int32Array;
  /** Numbers of the messages that hold tool calls or results. */
  readonly toolTurns: ReadonlySet<number>;
}

const readLayout = (blocks: readonly Placed[]): Layout => {
  const carriers = new Int32Array(blocks.length).fill(-1);
  const firsts = Int32Array.from(blocks.keys());
  const ends = new Int32Array(blocks.length);
  const toolTurns = new Set<number>();
  blocks.forEach(({ block, place }, index) => {
    const before = blocks[index - 1];
    if (before !== undefined && sameList(before.place, place)) {
      carriers[index] = before.block.kind === 'cachePoint' ? (carriers[index - 1] ?? -1) : index - 1;
      firsts[index] = firsts[index - 1] ?? index;
    }
    ends[firsts[index] ?? index] = index + 1;
    if (place.field === 'messages' && block.kind === 'json' && (block.member === 'toolUse' || block.member === 'toolResult'))
      toolTurns.add(place.message);
  });
  return { carriers, firsts, ends, toolTurns };
};

/** Read once of each list of blocks. */
const layoutOf = oncePer(readLayout);

/** Indexes of the blocks of the list in which block `index` stands: the first, and the one after the last. */
export const listAround = (blocks: readonly Placed[], index: number): readonly [from: number, to: number] => {
  const { firsts, ends } = layoutOf(blocks);
  const from = firsts[index] ?? index;
  return [from, ends[from] ?? index + 1];
};

/** Index of the content that a marker at `index` closes: the nearest block before it in its list that is no marker. */
export const carrierOf = (blocks: readonly Placed[], index: number): number | undefined => {
  const carrier = layoutOf(blocks).carriers[index] ?? -1;
  return carrier === -1 ? undefined : carrier;
};

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as { readonly [name: string]: unknown })[key]
    : undefined; // own members of an object

/** The format of a document block, however its file wrote it; `undefined` for any other block. */
export const documentFormat = (block: Block): string | undefined => {
  if (block.kind === 'media') return block.member === 'document' ? block.format : undefined;
  if (block.kind !== 'json' || block.member !== 'document') return undefined;
  const format = memberOf(block.value, 'format');
  return typeof format === 'string' ? format : '';
};

/** Why a model refuses a marker at a place. */
export type PlaceRefusal = 'field' | 'toolMessage' | 'afterReasoning' | 'afterDocument';

/** Why the model would refuse a marker straight after block `index`, or `undefined` when it takes one there. */
export const refusalAfter = (blocks: readonly Placed[], index: number, caching: ExplicitCaching): PlaceRefusal | undefined => {
  const carrier = blocks[index];
  if (carrier === undefined) return undefined;
  const { block, place } = carrier;
  if (!caching.fields.includes(place.field)) return 'field';
  if (caching.refusesToolMessages === true && place.field === 'messages' && layoutOf(blocks).toolTurns.has(place.message))
    return 'toolMessage';
  if (block.kind === 'json' && block.member === 'reasoningContent') return 'afterReasoning';
  const format = caching.refusesAfterDocument === true && place.field === 'messages' ? documentFormat(block) : undefined;
  return format === undefined || format === 'pdf' ? undefined : 'afterDocument';
};
