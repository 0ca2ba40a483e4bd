import type { RuleCode } from '../prompt/problems';
import { applyEdits, type Edits } from '../text/edit';
import { lineIndex } from '../text/lines';
import { theDocument } from '../text/place';
import type { Span } from '../text/span';
import { keepsAll, type Gauge } from './gate';
import type { RatedProblem } from './index';
import type { Fix, FixKind } from './types';

/** A document as far as its problems can be fixed. */
export interface Fixable<P extends RatedProblem = RatedProblem> {
  readonly text: string;
  readonly problems: readonly P[];
  /** Each tried: for a few. */
  readonly fixesOf: (problem: P) => readonly Fix[];
  /** As the rules propose them: for many, which are tried together. */
  readonly candidatesOf: (problem: P) => readonly Fix[];
  /** What fixes must keep, for each prompt. */
  readonly gauges: readonly Gauge[];
}

/** A fix that was applied, where its problem stood in the text of its round. */
export interface DoneFix {
  readonly code: RuleCode;
  readonly title: string;
  readonly at: Span;
  /** From 1. */
  readonly line: number;
}

export interface FixedText {
  readonly text: string;
  readonly done: readonly DoneFix[];
  /** How often the text was changed. */
  readonly rounds: number;
}

/** From the most harmless on. */
export const allKinds: readonly FixKind[] = ['safe', 'moves', 'changes'];

/** Changes of the text after which whatever is left is left: each fix ends its problem, so more are needed only where fixes call for one another. */
const maxRounds = 100;

/** Readings of the text after which no other fixes are tried: fewer of a long one. */
const readingsOf = (text: string): number => Math.max(6, Math.min(150, Math.floor(4_000_000 / (text.length + 1))));

/** More problems than this are not tried one by one. */
const few = 20;

type Edit = Edits[number];

/** Edits that are taken, in order; what only touches one counts as meeting it, unless both take something away. */
const takenEdits = () => {
  const taken: Edit[] = [];
  const indexOf = (start: number): number => {
    let [low, high] = [0, taken.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((taken[middle]?.at.span.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const isBehind = (later: Edit, earlier: Edit | undefined): boolean => {
    if (earlier === undefined) return true;
    const gap = later.at.span.start - earlier.at.span.end;
    return gap > 0 || (gap === 0 && isDeletion(later) && isDeletion(earlier));
  };
  return {
    isFree: (edit: Edit): boolean => {
      const index = indexOf(edit.at.span.start);
      const next = taken[index];
      return isBehind(edit, taken[index - 1]) && (next === undefined || isBehind(next, edit));
    },
    take: (edit: Edit): void => void taken.splice(indexOf(edit.at.span.start), 0, edit),
  };
};

const isDeletion = ({ at, text }: Edit): boolean => text === '' && at.span.end > at.span.start;

/** The fix of a problem that is to be made. */
interface PickedFix {
  readonly fix: Fix;
  readonly done: DoneFix;
}

/** Fixes that come back in another round are the same where they do the same at the same words. */
const keyOf = ({ fix, done }: PickedFix, text: string): string => `${done.code} ${fix.title} ${text.slice(done.at.start, done.at.end)}`;

/** The preferred fixes of the most harmless kind of which there are any, that may be made at once: first come, first served, and none in another's way. */
const picksOf = <P extends RatedProblem>(
  fixable: Fixable<P>,
  kinds: readonly FixKind[],
  refused: ReadonlySet<string>,
): readonly PickedFix[] => {
  const { text, problems } = fixable;
  const lines = lineIndex(text);
  const wanted = problems.flatMap((problem): readonly PickedFix[] => {
    const candidate = fixable.candidatesOf(problem).find(({ preferred }) => preferred);
    if (candidate === undefined || !kinds.includes(candidate.kind)) return [];
    const { code, span: at } = problem;
    const pick = (fix: Fix): PickedFix => ({ fix, done: { code, title: fix.title, at, line: lines.positionOf(at.start).line } });
    if (problems.length > few) return [pick(candidate)];
    const tried = fixable.fixesOf(problem).find(({ preferred }) => preferred);
    return tried === undefined || !kinds.includes(tried.kind) ? [] : [pick(tried)];
  });
  const open = wanted.filter((pick) => !refused.has(keyOf(pick, text)));
  const kind = kinds.find((one) => open.some(({ fix }) => fix.kind === one));
  const taken = takenEdits();
  return open.filter(({ fix }) => {
    if (fix.kind !== kind || !fix.edits.every((edit) => edit.at.source === theDocument && taken.isFree(edit))) return false;
    for (const edit of fix.edits) taken.take(edit);
    return true;
  });
};

type Gauged = Pick<Fixable, 'gauges'>;

const isKept = (before: Gauged, after: Gauged, picks: readonly PickedFix[]): boolean =>
  before.gauges.length === after.gauges.length &&
  before.gauges.every((gauge, index) => {
    const now = after.gauges[index];
    const codes = picks.map(({ done }) => done.code);
    return now !== undefined && picks.every(({ fix }) => codes.some((code) => keepsAll(gauge, now, { kind: fix.kind, code })));
  });

/**
 * Applies the preferred fixes of these kinds, many at once, and reads the text again after each round, until nothing is left to fix. What makes
 * something worse is not applied; where several do so together, one half of them is tried, and so on. Ends within a fixed number of readings.
 */
export const fixAll = <P extends RatedProblem>(
  text: string,
  analyzeAgain: (text: string) => Fixable<P>,
  kinds: readonly FixKind[] = allKinds,
): FixedText => {
  const done: DoneFix[] = [];
  const seen = new Set<string>([text]);
  const refused = new Set<string>();
  let current = analyzeAgain(text);
  const maxReadings = readingsOf(text);
  let rounds = 0;
  let readings = 1;
  while (rounds < maxRounds && readings < maxReadings) {
    let picks = picksOf(current, kinds, refused);
    if (picks.length === 0) break;
    while (picks.length > 0 && readings < maxReadings) {
      const written = applyEdits(
        current.text,
        picks.flatMap(({ fix }) => fix.edits),
      );
      // A text that was there before would come again.
      const next = seen.has(written) ? undefined : analyzeAgain(written);
      readings += 1;
      if (next !== undefined && isKept(current, next, picks)) {
        seen.add(written);
        done.push(...picks.map((pick) => pick.done));
        current = next;
        rounds += 1;
        break;
      }
      const [only] = picks;
      if (picks.length === 1 && only !== undefined) refused.add(keyOf(only, current.text));
      picks = picks.slice(0, picks.length >> 1);
    }
  }
  return { text: current.text, done, rounds };
};
