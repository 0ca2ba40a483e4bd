import { plus, times, type Band, type Sized, type TokenCount, type TokenEstimate } from '../figures/band';
import type { ModelEntry } from '../models/types';
import { invokeApiOf } from '../prompt/api';
import { segmentsOf, type Block, type Gap, type Prompt } from '../prompt/model';
import type { Varies } from '../prompt/words';
import { draftRequest, wireOrder, type PlacedBlock } from '../request/build';
import { nameOfHole } from '../request/values';
import type { Place } from '../request/wirePlace';
import { calibrated, isTaught, type CalibrationContext } from '../tokens/calibrate';
import { countedRequest, countRequest, type RequestCount } from '../tokens/requestCount';
import { withCountedPoints } from './countedPoints';
import { variationOf, variesByName, type Break, type Variation, type VariationOptions } from '../varies/variation';

/** One block in the order Bedrock reads, with its tokens and what makes it vary. */
export interface WireBlock {
  readonly place: Place;
  readonly block: Block;
  /** Counted when it is read. */
  readonly own: TokenEstimate;
  /** What a checkpoint straight after this block would cover; counted when it is read. */
  readonly prefix: TokenEstimate;
  /** The same, for questions that need no more counted than they ask. */
  readonly upTo: Sized;
  /** How often it changes; `never` for text that looks the same in each request. Its text is searched when this or `breaks` is read. */
  readonly varies: Varies;
  readonly breaks: readonly Break[];
  /** Does something of unknown size stand in it or before it? Then figures are "at least". */
  readonly isOpen: boolean;
}

/** Tokens that a variable without an example may stand for: a guess, and a wide one. */
const unknownVariable = { low: 0, likely: 8, high: 60 };

/** For an unknown model the estimate is made as for the newer Claude models, which count highest: a careful figure. */
const fallbackModel = { tokens: 'claude-5' } as const;

const withUnknown = (estimate: TokenEstimate, unknown: number): TokenEstimate =>
  unknown === 0 ? estimate : plus(estimate, times(unknownVariable, unknown));

/** A count with variables of unknown length in it. */
class CountWithUnknown implements TokenCount {
  readonly #count: TokenCount;
  readonly #unknown: number;

  constructor(count: TokenCount, unknown: number) {
    this.#count = count;
    this.#unknown = unknown;
  }

  get tokens(): TokenEstimate {
    return withUnknown(this.#count.tokens, this.#unknown);
  }

  passes(end: keyof Band, amount: number): true | undefined {
    // More than without them is more with them, too.
    return this.#count.passes(end, amount) === true ? true : undefined;
  }
}

const countWithUnknown = (count: TokenCount, unknown: number): TokenCount => (unknown === 0 ? count : new CountWithUnknown(count, unknown));

/** Variables in a block whose value and length nobody has told. */
const unknownIn = (block: Block, known: ReadonlySet<string>): number => {
  return segmentsOf(block).filter((one) => {
    const name = nameOfHole(one);
    return name !== undefined && !known.has(name);
  }).length;
};

/** The draft's tokens, corrected by what past answers of the service taught. */
const countDraft = (prompt: Prompt, model: ModelEntry | undefined, calibration: CalibrationContext | undefined): RequestCount => {
  const draft = draftRequest(prompt);
  const api = invokeApiOf(prompt.api);
  const count = countRequest(draft, { ...(model ?? fallbackModel), ...api });
  if (model === undefined) return count;
  const points = calibration?.points?.has(model.id) === true ? calibration.points : undefined;
  if (points === undefined && !isTaught(model, calibration)) return count;
  const taught = calibrated(draft, count.estimate(), { ...model, ...api }, calibration);
  return countedRequest(points === undefined ? taught : withCountedPoints(taught, draft, model.id, points));
};

const fields = ['tools', 'system', 'messages'] as const;

/** Does a stretch that cannot be known come before a block? */
const isBefore = (gap: Gap, place: Place): boolean => {
  if (gap.field !== place.field) return fields.indexOf(gap.field) < fields.indexOf(place.field);
  if (place.field !== 'messages') return gap.index <= place.index;
  if (gap.message === undefined) return gap.index <= place.message;
  return gap.message < place.message || (gap.message === place.message && gap.index <= place.index);
};

/** Does a stretch that cannot be known come before a place in its own list? Then a cache point there closes something, whatever that is. */
export const isBehindGap = ({ open }: Prompt, place: Place): boolean =>
  open?.gaps.some(
    (gap) =>
      gap.field === place.field && gap.index <= place.index && gap.message === (place.field === 'messages' ? place.message : undefined),
  ) === true;

/** Is the size of a text in a block not known? `unread`: variables with a file that is not read yet. */
const isUnsure = (block: Block, known: ReadonlySet<string>, unread: ReadonlySet<string>): boolean =>
  segmentsOf(block).some(
    (one) =>
      (one.kind === 'unknown' && one.varies === 'unclear' && !known.has(one.source)) || (one.kind === 'variable' && unread.has(one.name)),
  );

/** What is asked for all blocks of a request. */
interface Counting {
  readonly variationOf: (block: Block) => Variation;
  readonly request: RequestCount;
  /** Variables of unknown length up to each block, itself included. */
  readonly unknown: Uint32Array;
}

/** A block whose figures are counted, and whose text is searched, when they are read. There may be very many, so it holds as little as it can. */
class CountedBlock implements WireBlock {
  readonly place: Place;
  readonly block: Block;
  readonly isOpen: boolean;
  readonly #counting: Counting;
  readonly #index: number;
  #variation: Variation | undefined;

  constructor({ place, block }: PlacedBlock, isOpen: boolean, counting: Counting, index: number) {
    this.place = place;
    this.block = block;
    this.isOpen = isOpen;
    this.#counting = counting;
    this.#index = index;
  }

  get varies(): Varies {
    // What is not known is not taken to be shared; whether it varies is not claimed either.
    return this.isOpen ? 'request' : this.#found.varies;
  }

  get breaks(): readonly Break[] {
    return this.#found.breaks;
  }

  get #found(): Variation {
    return (this.#variation ??= this.#counting.variationOf(this.block));
  }

  get upTo(): TokenCount {
    const { request, unknown } = this.#counting;
    return countWithUnknown(request.upTo(this.#index), unknown[this.#index] ?? 0);
  }

  get own(): TokenEstimate {
    const { request, unknown } = this.#counting;
    const before = unknown[this.#index - 1] ?? 0;
    return withUnknown(request.own(this.#index), (unknown[this.#index] ?? before) - before);
  }

  get prefix(): TokenEstimate {
    return this.upTo.tokens;
  }
}

/** All blocks of a prompt in the order Bedrock reads them, and the size of the whole request. */
export const wireBlocks = (
  prompt: Prompt,
  model: ModelEntry | undefined,
  variation: VariationOptions,
  calibration: CalibrationContext | undefined,
): { blocks: readonly WireBlock[]; size: TokenCount } => {
  const request = countDraft(prompt, model, calibration);
  const declarations = prompt.header.variables;
  const known = new Set(declarations.filter((d) => (d.fixed ?? d.fallback ?? d.example) !== undefined).map((d) => d.name));
  const unread = new Set(declarations.filter((d) => d.unread === true).map((d) => d.name));
  const named = variesByName(declarations);
  const gaps = prompt.open?.gaps ?? [];
  const order = wireOrder(prompt);
  const counting: Counting = {
    variationOf: (block) => variationOf(block, named, prompt.sources, variation),
    request,
    unknown: new Uint32Array(order.length),
  };
  let unknown = 0;
  let isOpen = false;
  const blocks = order.map((placed, index): WireBlock => {
    const { block, place } = placed;
    isOpen ||= isUnsure(block, known, unread) || gaps.some((gap) => isBefore(gap, place));
    unknown += unknownIn(block, known);
    counting.unknown[index] = unknown;
    return new CountedBlock(placed, isOpen, counting, index);
  });
  return { blocks, size: countWithUnknown(request.whole, unknown) };
};
