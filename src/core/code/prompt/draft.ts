import type { Block, Gap, Message, Written } from '../../prompt/model';
import type { SourceList } from '../../formats/sourceList';
import type { Place } from '../../text/place';
import type { Segment } from '../../text/segment';
import type { Span } from '../../text/span';
import type { LostMarker, Sent } from '../apis/sent';
import type { Hole, Piece, Spot } from '../values/value';

/** How a block is written, for whoever changes it. */
export interface BlockOrigin {
  /** The element of a list that it is, where it is one as written. */
  readonly item: Spot | undefined;
  /** The object that holds its members. */
  readonly object: Spot | undefined;
  /** The text alone: a plain argument, a string `content`. */
  readonly text: Spot | undefined;
  /** For a marker inside of a block: the member. */
  readonly member: Spot | undefined;
}

/** A prompt while it is put together from what a call sends. */
export interface Draft {
  readonly sent: Sent;
  /** The text of the document, which others are brought into. */
  readonly document: Spot['source'];
  readonly sources: SourceList;
  /** Where what is written in another file is shown. */
  readonly site: Span;
  readonly system: Block[];
  readonly tools: Block[];
  readonly messages: Message[];
  readonly gaps: Gap[];
  readonly lost: LostMarker[];
  readonly origins: Map<Block, BlockOrigin>;
  /** What is known of each part that is not. */
  readonly holes: Map<Segment, Hole>;
  /** Parts that are written as Converse has them. */
  readonly written: Written[];
  /** Is something there only sometimes, or not understood? */
  partly: boolean;
  /** Does a marker stand there only sometimes? */
  mayMark: boolean;
}

/** Where a stretch stands for a reader of the document. */
export const shown = ({ document, site }: Draft, spot: Spot, around: Span = site): Span => (spot.source === document ? spot.at : around);

export const placeOfSpot = ({ document, sources }: Draft, { source, at }: Spot): Place => ({
  source: source === document ? 0 : sources.add(source.path, source.text),
  span: at,
});

const unknownSegment = (draft: Draft, hole: Hole, around: Span): Segment => ({
  kind: 'unknown',
  source: hole.name,
  varies: hole.cause === 'clock' || hole.cause === 'id' ? 'request' : 'unclear',
  at: placeOfSpot(draft, hole),
  end: placeOfSpot(draft, hole.end),
  ...(hole.cause === undefined ? {} : { cause: hole.cause }),
  ...(hole.source === draft.document ? {} : { via: around }),
});

/** The segments of a text; what another file says is shown at `around`. */
export const segmentsOfPieces = (draft: Draft, pieces: readonly Piece[], around: Span): readonly Segment[] =>
  pieces.map((piece): Segment => {
    if (piece.kind === 'hole') {
      const unknown = unknownSegment(draft, piece, around);
      draft.holes.set(unknown, piece);
      return unknown;
    }
    const { text, notation, source } = piece;
    return { kind: 'text', text, notation, at: placeOfSpot(draft, piece), ...(source === draft.document ? {} : { via: around }) };
  });

export const addGap = (draft: Draft, field: Gap['field'], hole: Hole | undefined, around: Span, message?: number): void => {
  const list =
    field === 'messages' && message === undefined
      ? draft.messages
      : field === 'messages'
        ? (draft.messages[message ?? 0]?.content ?? [])
        : draft[field];
  draft.gaps.push({
    field,
    index: list.length,
    ...(message === undefined ? {} : { message }),
    source: hole?.name,
    at: hole === undefined ? around : shown(draft, hole, around),
    ...(hole === undefined ? {} : { end: placeOfSpot(draft, hole.end) }),
  });
};

/** Where a block stands; `foreign` where another file has it. */
export const standsAt = (draft: Draft, spot: Spot, around: Span): Pick<Block, 'span' | 'foreign'> =>
  spot.source === draft.document ? { span: spot.at } : { span: around, foreign: placeOfSpot(draft, spot) };
