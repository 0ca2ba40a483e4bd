import { markerFollows } from './markers';
import { refusalAfter } from '../cache/markerPlaces';
import type { WireBlock } from '../cache/plan';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import type { JsonBlock } from '../prompt/model';
import type { Json } from '../text/json';
import type { Span } from '../text/span';
import { member, type Tree } from '../text/tree';
import { blockTree } from './jsonPlaces';
import type { Fix, Rule, RuleInput } from './types';

type Code = 'cache/in-tool-result';

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const holdsMarker = ({ value }: JsonBlock): boolean => {
  const content = isRecord(value) ? value['content'] : undefined;
  return Array.isArray(content) && content.some((item: Json) => isRecord(item) && 'cachePoint' in item);
};

/** Does the content of any tool result hold a cache point? */
export const hasMarkerInToolResult = (input: RuleInput): boolean => !(toolResults(input).next().done ?? false);

const toolResults = function* ({
  plan,
}: RuleInput): Generator<{ readonly index: number; readonly wire: WireBlock; readonly block: JsonBlock }> {
  for (const [index, wire] of plan.blocks.entries()) {
    const { block } = wire;
    if (block.kind === 'json' && block.member === 'toolResult' && holdsMarker(block)) yield { index, wire, block };
  }
};

/** The cache points inside a tool result's content, as they are written. */
const markersIn = (text: string, block: JsonBlock): readonly Span[] => {
  const content = member(member(blockTree(text, block), 'toolResult'), 'content');
  const items: readonly Tree[] = content?.kind === 'array' ? content.items : [];
  return items.filter((item) => member(item, 'cachePoint') !== undefined).map((item) => item.span);
};

/** A list entry with the comma before it or, for the first, the one behind it. */
const withComma = (text: string, { start, end }: Span): Span => {
  let before = start;
  while (/\s/.test(text.charAt(before - 1))) before -= 1;
  if (text[before - 1] === ',') return { start: before - 1, end };
  const after = /^\s*,[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(end, end + 1000));
  return { start, end: end + (after?.[0].length ?? 0) };
};

function* moveOut(problem: Problem<Code>, input: RuleInput): Generator<Fix> {
  const { text, plan, edits } = input;
  const found = [...toolResults(input)].find(({ block }) => block.span.start <= problem.span.start && problem.span.end <= block.span.end);
  if (found === undefined) return;
  const removed = { span: withComma(text, problem.span), text: '' };
  const { caching } = plan;
  const legal = caching?.kind !== 'explicit' ? undefined : refusalAfter(plan.blocks, found.index, caching) === undefined;
  const free =
    legal === true &&
    !markerFollows(input, found.index) &&
    plan.checkpoints.length < (caching?.kind === 'explicit' ? caching.maxCheckpoints : 0);
  const inserted = free ? edits.insertMarker(text, found.block, found.wire.place, undefined) : undefined;
  if (inserted !== undefined) yield { title: fixTitles.moveMarkerOut, edits: [removed, ...inserted], preferred: true };
  yield { title: fixTitles.removeMarker, edits: [removed], preferred: inserted === undefined };
}

/** A cache point inside the content of a tool result, whose union has no such member: the call fails. */
export const inToolResult: Rule<Code> = {
  severity: 'error',
  *check(input) {
    for (const { block } of toolResults(input))
      for (const span of markersIn(input.text, block)) yield { code: 'cache/in-tool-result', span, data: {} };
  },
  fixes: moveOut,
};
