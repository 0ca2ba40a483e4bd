import { refusalAfter } from '../../cache/markerPlaces';
import type { WireBlock } from '../../cache/plan';
import { memberFinder } from '../../formats/memberPlaces';
import { fixTitles } from '../../messages/fixes';
import type { JsonBlock } from '../../prompt/model';
import type { Problem } from '../../prompt/problems';
import type { Path } from '../../prompt/writer';
import { type Json, isRecord } from '../../text/json';
import { oncePer } from '../../text/once';
import type { Span } from '../../text/span';
import { type Tree, member } from '../../text/tree';
import { markerFollows } from '../markers';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/in-tool-result': Record<never, never>;
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerOut: 'Move the cache point after the tool result',
} as const;

type Code = 'cache/in-tool-result';

const holdsMarker = ({ value }: JsonBlock): boolean => {
  const content = isRecord(value) ? value['content'] : undefined;
  return Array.isArray(content) && content.some((item: Json) => isRecord(item) && 'cachePoint' in item);
};

const isOnly = ({ value }: JsonBlock): boolean => {
  const content = isRecord(value) ? value['content'] : undefined;
  return Array.isArray(content) && content.every((item: Json) => isRecord(item) && 'cachePoint' in item);
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

/** The cache points inside a tool result's content: where each is written, and on which path. */
const markersIn = ({ text, prompt }: RuleInput, block: JsonBlock): readonly { readonly path: Path; readonly span: Span }[] => {
  const content = memberFinder(text, prompt)(block, ['content'])?.value;
  const items: readonly Tree[] = content?.kind === 'array' ? content.items : [];
  return items.flatMap((item, index) => (member(item, 'cachePoint') === undefined ? [] : [{ path: ['content', index], span: item.span }]));
};

interface FoundMarker {
  readonly index: number;
  readonly block: JsonBlock;
  readonly path: Path;
  /** Markers inside of tool results before this one. */
  readonly before: number;
}

/** All markers inside of tool results by the place where they begin; looked for once in each prompt. */
const markersOf = oncePer((input: RuleInput): ReadonlyMap<number, FoundMarker> => {
  const found = new Map<number, FoundMarker>();
  for (const { index, block } of toolResults(input))
    for (const { path, span } of markersIn(input, block)) found.set(span.start, { index, block, path, before: found.size });
  return found;
});

function* moveOut({ span }: Problem<Code>, input: RuleInput): Generator<Fix> {
  const {
    plan,
    prompt: { write },
  } = input;
  const found = markersOf(input).get(span.start);
  if (found === undefined) return;
  // A result is not left without content.
  if (isOnly(found.block)) return;
  const removed = write.removeItem(found.block, found.path);
  if (removed === undefined) return;
  const { caching } = plan;
  const legal = caching?.kind !== 'explicit' ? undefined : refusalAfter(plan.blocks, found.index, caching) === undefined;
  const free =
    legal === true &&
    !markerFollows(input, found.index) &&
    plan.checkpoints.length + found.before < (caching?.kind === 'explicit' ? caching.maxCheckpoints : 0);
  const moved = free ? write.together([removed, write.insertMarker(found.block)]) : undefined;
  if (moved !== undefined) yield { title: titles.moveMarkerOut, kind: 'moves', edits: moved, preferred: true };
  yield { title: fixTitles.removeMarker, kind: 'moves', edits: removed, preferred: moved === undefined };
}

/** A cache point inside the content of a tool result, whose union has no such member: the call fails. */
export const inToolResult: Rule<Code> = {
  code: 'cache/in-tool-result',
  severity: 'error',
  sources: ['Service model bedrock-runtime/2023-09-30, read 2026-10 (ToolResultContentBlock)', 'Portkey-AI/gateway#1762, read 2026-11'],
  says: () =>
    'The content of a tool result takes no cache point, so the call fails (ValidationException). Put it after the tool result, as a block of its own.',
  *check(input) {
    for (const { block } of toolResults(input))
      for (const { span } of markersIn(input, block)) yield { code: 'cache/in-tool-result', span, data: {} };
  },
  fixes: moveOut,
};
