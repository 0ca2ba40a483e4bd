import { segmentsOf, type Block } from '../../prompt/model';
import type { Segment, UnknownSegment } from '../../text/segment';
import type { Draft } from './draft';

/** Less text behind a value that comes with each call is not worth a word. */
const enough = 4000;

const knownLength = (segment: Segment): number => (segment.kind === 'text' ? segment.text.length : 0);

/** The index of a list's last marker; -1 where it has none. */
const lastMarker = (blocks: readonly Block[]): number => blocks.findLastIndex(({ kind }) => kind === 'cachePoint');

const withGiven = (block: Block, given: ReadonlySet<Segment>): Block => {
  const change = (one: Segment): Segment =>
    one.kind === 'unknown' && given.has(one) ? ({ ...one, varies: 'request' } satisfies UnknownSegment) : one;
  if (block.kind === 'text') return { ...block, segments: block.segments.map(change) };
  return block.kind === 'json' ? { ...block, texts: block.texts.map(change) } : block;
};

/**
 * A value that callers give and that stands in a text is no news by itself: nearly every program has some. It is told where a marker stands behind it
 * and much text between them is written again with each value.
 */
export const tellGiven = (draft: Draft): void => {
  const lists = [draft.tools, draft.system];
  const last = lists.map(lastMarker);
  const covered = lists.map((blocks, at) => ((last[1] ?? -1) >= 0 && at === 0 ? blocks : blocks.slice(0, Math.max(0, last[at] ?? 0))));
  let behind = 0;
  const given = new Set<Segment>();
  for (const segment of covered.flat().flatMap(segmentsOf).reverse()) {
    const hole = segment.kind === 'unknown' ? draft.holes.get(segment) : undefined;
    if (hole !== undefined && hole.cause === undefined && hole.isGiven && hole.roots.length > 0 && behind >= enough) given.add(segment);
    behind += knownLength(segment);
  }
  if (given.size === 0) return;
  for (const blocks of lists) {
    for (const [at, block] of blocks.entries()) {
      if (!segmentsOf(block).some((one) => given.has(one))) continue;
      const told = withGiven(block, given);
      const origin = draft.origins.get(block);
      blocks[at] = told;
      if (origin !== undefined) draft.origins.set(told, origin);
    }
  }
};
