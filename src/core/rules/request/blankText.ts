import { listAround } from '../../cache/markerPlaces';
import type { CachePlan, WireBlock } from '../../cache/plan';
import type { Block } from '../../prompt/model';
import { type Level, levelOf } from '../../service/refusals';
import { oncePer } from '../../text/once';
import { type Span, firstFrom } from '../../text/span';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/blank-text': { readonly isSure: boolean };
  }
}

/** The titles of its fixes. */
const titles = {
  removeBlankText: 'Remove the blank text',
} as const;

/** How a text that shows nothing fares: empty ones are refused, white space by some. */
const levelOfBlank = ({ block, place }: WireBlock, { plan, prompt: { api } }: RuleInput): Level => {
  if (block.kind !== 'text' || !block.segments.every((segment) => segment.kind === 'text' && segment.text.trim() === '')) return 'none';
  if (block.segments.every((segment) => segment.kind === 'text' && segment.text === '')) return 'error';
  return place.field === 'messages' && plan.model !== undefined && api !== 'messages' ? levelOf('text.space', plan.model.id) : 'warning';
};

/** Where files are included that are still being read, or missing, in the order of the text. */
const awaitedFiles = ({ prompt }: RuleInput): readonly Span[] =>
  prompt.problems.flatMap(({ code, span }) => (code === 'request/include' ? [span] : [])).sort((a, b) => a.start - b.start);

/** A text that waits for its file, or misses it, is not blank but unknown. */
const holdsOne = (awaited: readonly Span[], { span }: Block): boolean => (firstFrom(awaited, span.start)?.end ?? Infinity) <= span.end;

/** Indexes of the text blocks by their places. */
const textsByPlace = oncePer(
  ({ blocks }: CachePlan) => new Map(blocks.flatMap(({ block }, index) => (block.kind === 'text' ? [[placeOf(block.span), index]] : []))),
);
const placeOf = ({ start, end }: Span): string => `${start} ${end}`;

/** A text block without a character that shows: the service refuses the request. */
export const blankText: Rule<'request/blank-text'> = {
  code: 'request/blank-text',
  severity: 'error',
  sources: [
    'Error reports NousResearch/hermes-agent#63983 and others, read 2026-11: "The text field in the ContentBlock object at messages.N.content.M is blank."',
  ],
  says: ({ isSure }) =>
    isSure
      ? 'This text block is blank, so the call fails (ValidationException). Fill it or remove it.'
      : 'This text block is blank, so the call may fail: some models refuse white space alone. Fill it or remove it.',
  rate: ({ data }) => (data.isSure ? 'error' : 'warning'),
  *check(input) {
    const awaited = awaitedFiles(input);
    for (const wire of input.plan.blocks) {
      const level = levelOfBlank(wire, input);
      if (level !== 'none' && !holdsOne(awaited, wire.block))
        yield { code: 'request/blank-text', span: wire.block.span, data: { isSure: level === 'error' } };
    }
  },
  *fixes({ span }, { plan, prompt: { write } }) {
    const index = textsByPlace(plan).get(placeOf(span));
    const wire = index === undefined ? undefined : plan.blocks[index];
    if (wire === undefined || index === undefined) return;
    const [from, to] = listAround(plan.blocks, index);
    const isContent = (at: number): boolean => at !== index && plan.blocks[at]?.block.kind !== 'cachePoint';
    let next = from;
    while (next < to && !isContent(next)) next += 1;
    // A message cannot be left empty.
    if (next === to && wire.place.field === 'messages') return;
    // Markers that close nothing but the blank text go with it.
    const orphans = plan.blocks.slice(from, next).flatMap(({ block }) => (block.kind === 'cachePoint' ? [write.removeMarker(block)] : []));
    const edits = write.together([write.removeBlock(wire.block), ...orphans]);
    if (edits !== undefined) yield { title: titles.removeBlankText, kind: 'moves', edits, preferred: true };
  },
};
