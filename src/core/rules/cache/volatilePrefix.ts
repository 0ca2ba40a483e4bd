import { moveVarying } from '../../advice/moveVarying';
import { planFigures } from '../../advice/solve';
import { placeBeforeLine } from '../../advice/splitBlock';
import { fits } from '../../cache/fit';
import type { ExplicitCaching } from '../../cache/markerPlaces';
import type { CachePlan, Checkpoint, WireBlock } from '../../cache/plan';
import { lastReadable, mayBeWritten } from '../../cache/written';
import { type TokenEstimate, minus } from '../../figures/band';
import type { NumberFormats } from '../../figures/numbers';
import { fixTitles } from '../../messages/fixes';
import { shorten } from '../../messages/phrases';
import { describeTokens } from '../../messages/tokensText';
import { costOf } from '../../money/bill';
import type { Problem, VolatileKind } from '../../prompt/problems';
import type { Edits } from '../../text/edit';
import type { Break } from '../../varies/variation';
import { clockPair } from '../clockPair';
import { extraOfWrite, removeMarkers, takesMarker, writeUsd, writtenTtl } from '../markers';
import { anthropicCaching, awsCaching } from '../sources';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/volatile-prefix': {
      readonly what: VolatileKind;
      readonly text: string;
      readonly every: 'request' | 'day';
      /** A variable that only gets longer. */
      readonly grows: boolean;
      /** Tokens written on each call and never read, or once a day instead of being read. */
      readonly lost: TokenEstimate;
      /** What that costs more, a call or a day; `undefined` without a price. */
      readonly extraUsd: number | undefined;
      /** Numbers of the checkpoints that lose by it. */
      readonly checkpoints: readonly number[];
    };
  }
}

/** The titles of its fixes. */
const titles = {
  removeUselessMarkers: (count: number) => `Remove the ${count} cache points that are never read`,
  declareVaries: (name: string, varies: 'never' | 'session') =>
    varies === 'never' ? `Declare that ${name} never varies` : `Declare that ${name} varies by session only`,
  keepTheDay: 'Keep the day here and give the exact time in the last user message',
  declareStatic: (text: string) => `Remember that this is the same in each request: ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`,
} as const;

const volatileNames: { readonly [K in Exclude<VolatileKind, 'variable'>]: string } = {
  date: "This looks like today's date",
  time: 'This looks like the present time',
  uuid: 'This looks like an id made for one request',
  epoch: 'This looks like the present time',
  hexId: 'This looks like an id made for one request',
  requestId: 'This looks like an id made for one request',
  clock: 'This reads the clock',
  readClock: 'This reads the clock',
  madeId: 'This makes another id each time',
  given: 'This comes with each call',
};

type Code = 'cache/volatile-prefix';

const isUseless = (point: Checkpoint): boolean => mayBeWritten(point) && point.reuse.kind === 'never' && point.reuse.by.kind !== 'turn';

const uselessIn = ({ checkpoints }: CachePlan): readonly Checkpoint[] => checkpoints.filter(isUseless);

const placeOfBreak = ({ span, foreign }: Break): Pick<Break, 'span' | 'foreign'> => ({
  span,
  ...(foreign === undefined ? {} : { foreign }),
});

/** One diagnostic for one cause: the first thing that varies per request before a marker that would be written. */
const eachRequest = (plan: CachePlan): Problem<Code> | undefined => {
  const useless = uselessIn(plan);
  const [first, last] = [useless[0], useless.at(-1)];
  if (first?.reuse.kind !== 'never' || last === undefined) return undefined;
  const { kind: what, text, grows = false } = first.reuse.by;
  if (what === 'turn') return undefined;
  const readable = plan.checkpoints.findLast((point) => mayBeWritten(point) && point.reuse.kind !== 'never');
  const lost = minus(last.prefix, readable?.prefix);
  const extraUsd = extraOfWrite(plan, last, lost);
  const checkpoints = useless.map(({ number }) => number);
  const data = { what, text, every: 'request', grows, lost, extraUsd, checkpoints } as const;
  return { code: 'cache/volatile-prefix', ...placeOfBreak(first.reuse.by), data };
};

/** The first thing that changes with each day before a marker that is written and read: a day's first call finds nothing of the day before. */
const eachDay = (plan: CachePlan): Problem<Code> | undefined => {
  const at = plan.blocks.findIndex(({ breaks }) => breaks.some(({ varies }) => varies === 'day'));
  const by = plan.blocks[at]?.breaks.find(({ varies }) => varies === 'day');
  const points = plan.checkpoints.filter((point) => point.index > at && mayBeWritten(point) && point.reuse.kind !== 'never');
  const last = points.at(-1);
  if (by === undefined || by.kind === 'turn' || last === undefined) return undefined;
  const earlier = plan.checkpoints.findLast((point) => point.index < at && mayBeWritten(point));
  const lost = minus(last.prefix, earlier?.prefix);
  const { prices } = plan;
  const extraUsd = prices && writeUsd(last, lost, prices) - costOf({ read: lost.likely, write: {}, input: 0 }, prices).likely;
  const checkpoints = points.map(({ number }) => number);
  return {
    code: 'cache/volatile-prefix',
    ...placeOfBreak(by),
    data: { what: by.kind, text: by.text, every: 'day', grows: false, lost, extraUsd, checkpoints },
  };
};

function* check({ plan }: RuleInput): Generator<Problem<Code>> {
  for (const found of [eachRequest(plan), eachDay(plan)]) if (found !== undefined) yield found;
}

/** The last block before the one that varies after which a marker would be written and adds to what is covered. */
const blockBefore = (input: RuleInput, caching: ExplicitCaching, covered: number): WireBlock | undefined => {
  const { plan } = input;
  const target = plan.blocks.findLast(
    ({ prefix }, at) => at < plan.firstVarying && prefix.likely > covered && takesMarker(input, at, caching),
  );
  return target !== undefined && fits(target.prefix, caching) === 'surely' ? target : undefined;
};

/** Puts the first useless marker in front of what varies, between two lines of a block or between two blocks, where enough stands before it. */
const markerBefore = ({ span }: Problem<Code>, input: RuleInput, removed: Edits): Fix | undefined => {
  const {
    plan,
    prompt: { write },
  } = input;
  const { caching } = plan;
  if (caching?.kind !== 'explicit') return undefined;
  const useless = uselessIn(plan);
  const ttl = useless[0] && writtenTtl(useless[0]);
  const gone = new Set(useless);
  const covered = plan.checkpoints.reduce((most, point) => (gone.has(point) ? most : Math.max(most, point.prefix.likely)), 0);
  const inLine = placeBeforeLine(input, span)?.write(ttl);
  const target = inLine === undefined ? blockBefore(input, caching, covered) : undefined;
  const inserted = inLine ?? (target && write.insertMarker(target.block, ttl));
  const edits = inserted && write.together([removed, inserted]);
  return edits && { title: fixTitles.moveMarkerUp, kind: 'moves', edits, preferred: true };
};

/** A date alone may well stay where it is: it costs one write a day. */
const dayBehind = (input: RuleInput): Fix | undefined => {
  const move = moveVarying(input, 'day');
  return move && { title: fixTitles.moveVarying(move), kind: 'moves', edits: move.edits, preferred: false };
};

/** Moves what varies after the marker, where later calls can then read more. */
const textBehind = (input: RuleInput): Fix | undefined => {
  const move = moveVarying(input);
  const after = move && input.trial?.after(move.edits);
  if (move === undefined || after === undefined || readableIn(after.input.plan) <= readableIn(input.plan)) return undefined;
  return { title: fixTitles.moveVarying(move), kind: 'moves', edits: move.edits, preferred: true };
};

const readableIn = (plan: CachePlan): number => lastReadable(plan)?.prefix.likely ?? 0;

/** What a call costs on average after a fix; what has no price is compared by the tokens that are not read. */
const costAfter = ({ edits }: Fix, { plan, trial, traffic }: RuleInput): number => {
  const after = trial?.after(edits);
  if (after === undefined) return Infinity;
  const figures = planFigures(after.input.plan, { traffic });
  return figures.usdPerCall ?? plan.total.likely - figures.readTokens;
};

/** The cheaper of moving what varies and moving the marker, then the other; last, the marker goes, as even the day alone is better kept. */
function* betterPlaces(problem: Problem<Code>, input: RuleInput): Generator<Fix> {
  const useless = uselessIn(input.plan);
  const removed = removeMarkers(input, useless);
  const up = removed && markerBefore(problem, input, removed);
  const places = [textBehind(input), up].flatMap((fix) => fix ?? []);
  yield* places
    .map((fix) => ({ fix, cost: costAfter(fix, input) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ fix }) => fix);
  yield* keepTheDay(problem, input);
  const title = useless.length === 1 ? fixTitles.removeMarker : titles.removeUselessMarkers(useless.length);
  if (removed !== undefined) yield { title, kind: 'moves', edits: removed, preferred: true };
}

/** The person knows better: the value is the same in each request, or in each request of a session. */
function* declareSteady({ data }: Problem<Code>, { prompt: { write } }: RuleInput): Generator<Fix> {
  if (data.what !== 'variable') {
    const edits = write.declareStatic(data.text);
    if (edits !== undefined) yield { title: titles.declareStatic(data.text), kind: 'changes', edits, preferred: false };
    return;
  }
  if (data.grows) return;
  for (const varies of ['never', 'session'] as const) {
    const edits = write.setVaries(data.text, varies);
    if (edits !== undefined) yield { title: titles.declareVaries(data.text, varies), kind: 'changes', edits, preferred: false };
  }
}

/** The day is the same in all calls of a day: for a clock in the prefix that is often all that is needed there. */
function* keepTheDay({ span, data }: Problem<Code>, { plan, prompt }: RuleInput): Generator<Fix> {
  if (data.what !== 'time') return;
  const block = plan.blocks.find((wire) => wire.block.span.start <= span.start && span.end <= wire.block.span.end)?.block;
  const edits = block?.kind === 'text' && block.foreign === undefined ? clockPair(prompt, block, span, data.text) : undefined;
  if (edits !== undefined) yield { title: titles.keepTheDay, kind: 'changes', edits, preferred: false };
}

/** What it costs that something varies before a cache point, and what to do. */
const describeVolatile = (
  { what, text, every, grows, lost, extraUsd, checkpoints }: Problem<Code>['data'],
  formats: NumberFormats,
): string => {
  const subject = what === 'variable' ? `The variable ${text} changes with each request` : `${volatileNames[what]} (${shorten(text)})`;
  const points = checkpoints.length === 1 ? `cache point ${checkpoints[0] ?? 1}` : `cache points ${checkpoints.join(', ')}`;
  const extra = extraUsd === undefined || extraUsd <= 0 ? undefined : formats.usd(extraUsd);
  if (every === 'day') {
    const daily = extra === undefined ? '' : `, for ${extra} more a day`;
    return `${subject} and stands before ${points}: the first call of each day writes ${describeTokens(lost, formats)} again${daily}. A date alone may stay; a time of day belongs after the cache point.`;
  }
  const money = extra === undefined ? '' : `, at an extra cost of ${extra} a call`;
  if (grows)
    return `The variable ${text} grows before ${points}, and an entry of the cache ends where a block ends: every call writes ${describeTokens(lost, formats)} and no call reads them${money}. Append what is new as a block or message of its own, or move it after the cache point.`;
  const inCode = what === 'readClock' || what === 'madeId' || what === 'given';
  const remedy = inCode
    ? 'Move it after the cache point.'
    : what === 'variable'
      ? 'Move it after the cache point, or declare that it does not vary.'
      : 'Move it after the cache point, or remember it as static if it never changes.';
  return `${subject} and stands before ${points}: every call writes ${describeTokens(lost, formats)} and no call reads them${money}. ${remedy}`;
};

/** Something that changes with each request stands before a marker: every call pays for the write, none reads it. */
export const volatilePrefix: Rule<Code> = {
  code: 'cache/volatile-prefix',
  severity: 'warning',
  sources: [
    `${awsCaching}: changes in a prefix lead to cache misses`,
    `${anthropicCaching}: what invalidates the cache. strands-agents/harness-sdk#3677, read 2026-11, is a case from practice`,
  ],
  says: describeVolatile,
  rate: ({ data }) => (data.every === 'day' ? 'information' : 'warning'),
  check,
  *related({ data }, { plan }) {
    for (const { number, marker } of plan.checkpoints)
      if (data.checkpoints.includes(number) && marker.foreign === undefined)
        yield { span: marker.span, text: `What cache point ${number} covers is written again for it.` };
  },
  *fixes(problem, input) {
    if (problem.data.every === 'request') yield* betterPlaces(problem, input);
    else yield* [dayBehind(input)].flatMap((fix) => fix ?? []);
    yield* declareSteady(problem, input);
  },
};
