import type { CachePlan, Checkpoint } from '../../cache/plan';
import type { TokenEstimate } from '../../figures/band';
import { describeOrder } from '../../messages/codeProblems';
import { describeTokens } from '../../messages/tokensText';
import { type Prompt, segmentsOf } from '../../prompt/model';
import type { ByteTrouble, OrderTrouble, Problem } from '../../prompt/problems';
import type { Edits } from '../../text/edit';
import { theDocument } from '../../text/place';
import { type Segment, type Standing, type TextSegment, standsAt, textStandsAt } from '../../text/segment';
import { awsCaching } from '../sources';
import { signsOf } from '../textSigns';
import { type Trouble, usualForm } from '../troubles';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/unstable-bytes': { readonly what: ByteTrouble | OrderTrouble; readonly count: number; readonly tokens: TokenEstimate };
  }
}

/** The titles of its fixes. */
const titles = {
  normalize: 'Write these characters in the usual way',
  sort: 'Sort it, so that its order is the same each time',
} as const;

const troubleNames: { readonly [T in ByteTrouble]: string } = {
  trailingSpace: 'White space at the end of a line, which many editors cut off on saving,',
  carriageReturn: 'A carriage return, which other tools write as a plain line break,',
  notComposed: 'A letter with a combining mark, which other tools write as one character,',
  byteOrderMark: 'An invisible byte order mark',
};

type Code = 'cache/unstable-bytes';
interface Found {
  readonly segment: TextSegment;
  readonly troubles: readonly Trouble[];
}

const lastWorking = (plan: CachePlan): Checkpoint | undefined =>
  plan.checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');

/** Text of another file is put right there; where the source has no lines of its own, no editor cuts white space off. */
const inSegment = (segment: Segment): Found[] => {
  if (segment.kind !== 'text' || segment.via !== undefined || segment.notation.name === 'opaque') return [];
  const all = signsOf(segment).troubles;
  const troubles = segment.notation.keepsLines ? all : all.filter(({ what }) => what !== 'trailingSpace');
  return troubles.length === 0 ? [] : [{ segment, troubles }];
};

const findAll = ({ plan }: RuleInput): readonly Found[] =>
  plan.blocks.slice(0, lastWorking(plan)?.index ?? 0).flatMap(({ block }) => segmentsOf(block).flatMap(inSegment));

const editsOf = ({ write }: Prompt, { segment, troubles }: Found): Edits | undefined =>
  write.replaceText(
    segment,
    troubles.map(({ what, start, end }) => ({ from: start, to: end, text: usualForm(what, segment.text.slice(start, end)) })),
  );

interface Unordered {
  readonly what: OrderTrouble;
  /** Where the order is lost. */
  readonly at: Standing;
}

/** What a program puts into text in an order that may be another one each time. */
const unorderedIn = (segment: Segment): readonly Unordered[] => {
  if (segment.kind !== 'unknown' || (segment.cause !== 'unordered' && segment.cause !== 'unsorted')) return [];
  const isHere = segment.end?.source === theDocument;
  return [{ what: segment.cause, at: isHere ? { span: segment.end.span } : standsAt(segment) }];
};

/** Text before a working marker that another editor, machine or run would write with other bytes, which is another prefix. */
export const unstableBytes: Rule<Code> = {
  code: 'cache/unstable-bytes',
  severity: 'hint',
  sources: [`${awsCaching} (exact prefix)`, 'Unicode Standard Annex 15, 2025-07'],
  says: ({ what, count, tokens }, formats) =>
    what === 'unordered' || what === 'unsorted'
      ? describeOrder(what, describeTokens(tokens, formats))
      : `${troubleNames[what]} stands before a cache point: once a tool saves the file without it, the prefix is another one and ${describeTokens(tokens, formats)} are written again.${count > 1 ? ` There are ${formats.tokens(count)} such places.` : ''}`,
  *check(input): Generator<Problem<Code>> {
    const last = lastWorking(input.plan);
    if (last === undefined) return;
    const blocks = input.plan.blocks.slice(0, last.index);
    for (const { what, at } of blocks.flatMap(({ block }) => segmentsOf(block).flatMap(unorderedIn)))
      yield { code: 'cache/unstable-bytes', ...at, data: { what, count: 1, tokens: last.prefix } };
    // One hint for all of what other tools write in another way.
    const found = findAll(input);
    const [first] = found;
    const trouble = first?.troubles[0];
    if (first === undefined || trouble === undefined) return;
    const count = found.reduce((sum, { troubles }) => sum + troubles.length, 0);
    yield {
      code: 'cache/unstable-bytes',
      ...textStandsAt(input.prompt.sources, first.segment, trouble.start, trouble.end),
      data: { what: trouble.what, count, tokens: last.prefix },
    };
  },
  *fixes({ data, span }, input) {
    const { prompt } = input;
    if (data.what === 'unordered' || data.what === 'unsorted') {
      const sorted = prompt.write.sortAt?.(span);
      if (sorted !== undefined) yield { title: titles.sort, kind: 'changes', edits: sorted, preferred: true };
      return;
    }
    const edits = prompt.write.together(findAll(input).map((found) => editsOf(prompt, found)));
    if (edits !== undefined) yield { title: titles.normalize, kind: 'changes', edits, preferred: true };
  },
};
