import { entryOf, resolveModel } from '../models/resolve';
import { segmentsOf, type Block, type Prompt, type SampleRow } from '../prompt/model';
import { buildRequest, wireOrder } from '../request/build';
import type { Place } from '../request/wirePlace';
import type { ConverseRequest } from '../request/types';
import { declaredValues, renderSegment, type Values } from '../request/values';
import { shownPlace, shownSpan, type Segment, type VariableSegment } from '../text/segment';
import type { Span } from '../text/span';
import { estimateRequest, estimateText } from '../tokens/estimate';
import { noTokens, plus, type TokenEstimate } from '../figures/band';
import { commonPrefix, comparedText } from './commonPrefix';
import type { PlanOptions } from '../cache/plan';

/** Why two requests of one prompt differ at a place. */
export type DifferenceCause =
  | { readonly kind: 'variable'; readonly name: string; readonly a: string | undefined; readonly b: string | undefined }
  /** No variable explains it; `text` is what stands there in the first request, at most 40 characters. */
  | { readonly kind: 'literal'; readonly text: string };

/** The first place at which two requests differ, painted back onto the source. */
export interface Difference {
  /** Index of the block in the order Bedrock reads, as in `CachePlan.blocks`. */
  readonly index: number;
  readonly place: Place;
  readonly block: Block;
  /** Characters of the block's text (of its JSON for other blocks) that both requests share. */
  readonly offset: number;
  readonly segment: Segment | undefined;
  readonly span: Span;
  readonly cause: DifferenceCause;
}

/** A checkpoint and whether everything before it is the same in both requests. */
export interface SharedCheckpoint {
  /** 1 for the first marker on the wire. */
  readonly number: number;
  readonly index: number;
  readonly shared: boolean;
}

/** What two requests of one prompt, made from two rows of values, have in common. */
export interface Divergence {
  readonly sharedBlocks: number;
  readonly sharedCharacters: number;
  /** Tokens before the first difference; of the whole request where there is none. */
  readonly sharedTokens: TokenEstimate;
  /** `undefined` when both rows make the same request. */
  readonly difference: Difference | undefined;
  readonly checkpoints: readonly SharedCheckpoint[];
  /** Names of the variables the prompt uses, by whether the two rows give them different values. */
  readonly differing: readonly string[];
  readonly agreeing: readonly string[];
}

/** Values of a row, then what the declarations say, examples included: a comparison needs no question answered. */
export const rowValues = (prompt: Prompt, row: SampleRow): Values => {
  const declared = declaredValues(prompt.header.variables, true);
  return (name) => (Object.hasOwn(row, name) ? row[name] : declared(name));
};

/** Length of a segment as it is sent. */
const lengthOf = (segment: Segment, values: Values): number => renderSegment(segment, values).length;

/**
 * The variable whose two values make the texts differ at `offset`: the last one before which both texts stand at the same length, so
 * that values which happen to even out ("ab" and "c", "a" and "bc") are passed over.
 */
const differingVariable = (block: Block, offset: number, a: Values, b: Values): VariableSegment | undefined => {
  let [atA, atB] = [0, 0];
  let differing: VariableSegment | undefined;
  for (const segment of segmentsOf(block)) {
    const differs = segment.kind === 'variable' && a(segment.name) !== b(segment.name);
    // The JSON around the strings of other blocks is not known here, so there the first differing variable is named.
    if (differs && (block.kind === 'text' ? atA === atB && atA <= offset : differing === undefined)) differing = segment;
    atA += lengthOf(segment, a);
    atB += lengthOf(segment, b);
  }
  return differing;
};

/** The text that holds character `offset` of a text block, and where that character stands in it. */
const literalAt = (block: Block, offset: number, values: Values): { readonly segment: Segment; readonly within: number } | undefined => {
  if (block.kind !== 'text') return undefined;
  let at = 0;
  for (const segment of block.segments) {
    const length = lengthOf(segment, values);
    if (offset < at + length) return segment.kind === 'text' ? { segment, within: offset - at } : undefined;
    at += length;
  }
  return undefined;
};

const wireBlockAt = (request: ConverseRequest, index: number): object | undefined =>
  [...(request.toolConfig?.tools ?? []), ...(request.system ?? []), ...(request.messages ?? []).flatMap(({ content }) => content)][index];

interface Side {
  readonly request: ConverseRequest;
  readonly values: Values;
}

const differenceAt = (prompt: Prompt, index: number, offset: number, a: Side, b: Side): Difference | undefined => {
  const wire = wireOrder(prompt)[index];
  if (wire === undefined) return undefined;
  const { block } = wire;
  const base = { index, place: wire.place, block, offset };
  const differing = differingVariable(block, offset, a.values, b.values);
  if (differing !== undefined) {
    const cause: DifferenceCause = { kind: 'variable', name: differing.name, a: a.values(differing.name), b: b.values(differing.name) };
    return { ...base, segment: differing, span: shownSpan(differing), cause };
  }
  const literal = literalAt(block, offset, a.values);
  const text = comparedText(wireBlockAt(a.request, index) ?? {}).slice(offset, offset + 40);
  const at = literal === undefined ? block.span : shownPlace(prompt.sources, literal.segment, literal.within, literal.within + 1);
  return { ...base, segment: literal?.segment, span: at, cause: { kind: 'literal', text } };
};

const tokensBefore = (a: Side, blocks: number, offset: number, equal: boolean, options: PlanOptions): TokenEstimate => {
  const model = entryOf(resolveModel(a.request.modelId || (options.defaultModelId ?? ''), options)) ?? ({ tokens: 'claude-5' } as const);
  const estimate = estimateRequest(a.request, model);
  if (equal) return estimate.total;
  const whole = estimate.blocks[blocks - 1]?.prefix ?? noTokens('estimated');
  const wire = offset > 0 ? wireBlockAt(a.request, blocks) : undefined;
  if (wire === undefined) return whole;
  return plus(whole, estimateText(comparedText(wire).slice(0, offset), model.tokens));
};

const usedVariables = (prompt: Prompt): ReadonlySet<string> =>
  new Set(
    wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : []))),
  );

/**
 * Makes the requests of two rows of values and finds what they truly share. Pure; `options` are those of the plan and serve the token
 * figures only.
 */
export const diverge = (prompt: Prompt, rowA: SampleRow, rowB: SampleRow, options: PlanOptions = {}): Divergence => {
  const side = (row: SampleRow): Side => {
    const values = rowValues(prompt, row);
    return { request: buildRequest(prompt, values), values };
  };
  const [a, b] = [side(rowA), side(rowB)];
  const { blocks, offset, characters, equal } = commonPrefix(a.request, b.request);
  const markers = wireOrder(prompt).flatMap(({ block }, index) => (block.kind === 'cachePoint' ? [index] : []));
  const used = [...usedVariables(prompt)];
  return {
    sharedBlocks: blocks,
    sharedCharacters: characters,
    sharedTokens: tokensBefore(a, blocks, offset, equal, options),
    difference: equal ? undefined : differenceAt(prompt, blocks, offset, a, b),
    checkpoints: markers.map((index, at) => ({ number: at + 1, index, shared: blocks >= index })),
    differing: used.filter((name) => a.values(name) !== b.values(name)),
    agreeing: used.filter((name) => a.values(name) === b.values(name)),
  };
};
