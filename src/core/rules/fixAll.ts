import type { RuleCode } from '../prompt/problems';
import { applyEdits, type Edits } from '../text/edit';
import { lineIndex } from '../text/lines';
import { theDocument } from '../text/place';
import type { Span } from '../text/span';
import { allKinds } from './fixKinds';
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
  /** It ended before all was tried: once more may change more. */
  readonly stopped: boolean;
}

/** Readings of the text after which no other fixes are tried: fewer of a long one. */
const readingsOf = (text: string): number => Math.max(6, Math.min(150, Math.floor(4_000_000 / (text.length + 1))));

/** More problems, or longer texts, are not tried one by one. */
const few = { problems: 20, characters: 100_000 };

type Edit = Edits[number];

interface TakenEdit {
  readonly edit: Edit;
  readonly stacks: boolean;
}

const isDeletion = ({ at, text }: Edit): boolean => text === '' && at.span.end > at.span.start;

/** What only touches counts as meeting, unless both take something away, or both are insertions that may stand beside each other. */
const isBehind = (later: TakenEdit, earlier: TakenEdit | undefined): boolean => {
  if (earlier === undefined) return true;
  const gap = later.edit.at.span.start - earlier.edit.at.span.end;
  if (gap !== 0) return gap > 0;
  return (isDeletion(later.edit) && isDeletion(earlier.edit)) || (later.stacks && earlier.stacks);
};

/** Edits that are taken, in the order of the text. */
const takenEdits = () => {
  const taken: TakenEdit[] = [];
  const indexOf = (start: number): number => {
    let [low, high] = [0, taken.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((taken[middle]?.edit.at.span.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    isFree: (one: TakenEdit): boolean => {
      const index = indexOf(one.edit.at.span.start);
      const next = taken[index];
      return isBehind(one, taken[index - 1]) && (next === undefined || isBehind(next, one));
    },
    take: (one: TakenEdit): void => void taken.splice(indexOf(one.edit.at.span.start), 0, one),
  };
};

/** The fix of a problem that is to be made. */
interface PickedFix {
  readonly fix: Fix;
  readonly done: DoneFix;
}

/** Fixes that come back in another round are the same where they do the same at the same words. */
const keyOf = ({ fix, done }: PickedFix, text: string): string => `${done.code} ${fix.title} ${text.slice(done.at.start, done.at.end)}`;

/**
 * The fix of a problem that it would be best to make: the first preferred one that has not been refused. Where others are to be preferred that are of
 * a kind that is not wanted, only what has been tried says so for sure.
 */
const wantedFix = <P extends RatedProblem>(
  fixable: Fixable<P>,
  problem: P,
  kinds: readonly FixKind[],
  isRefused: (fix: Fix) => boolean,
): Fix | undefined => {
  const wishes = fixable.candidatesOf(problem).filter((fix) => fix.preferred && !isRefused(fix));
  const isWanted = ({ kind }: Fix): boolean => kinds.includes(kind);
  const isSmall = fixable.problems.length <= few.problems && fixable.text.length <= few.characters;
  if (!wishes.some(isWanted)) return undefined;
  const [first] = isSmall ? fixable.fixesOf(problem).filter((fix) => fix.preferred && !isRefused(fix)) : wishes;
  return first !== undefined && isWanted(first) ? first : undefined;
};

/** The fixes of the most harmless kind of which there are any, that may be made at once: first come, first served, and none in another's way. */
const picksOf = <P extends RatedProblem>(
  fixable: Fixable<P>,
  kinds: readonly FixKind[],
  refused: ReadonlySet<string>,
): readonly PickedFix[] => {
  const { text, problems } = fixable;
  const lines = lineIndex(text);
  const open = problems.flatMap((problem): readonly PickedFix[] => {
    const { code, span: at } = problem;
    const pick = (fix: Fix): PickedFix => ({ fix, done: { code, title: fix.title, at, line: lines.positionOf(at.start).line } });
    const fix = wantedFix(fixable, problem, kinds, (one) => refused.has(keyOf(pick(one), text)));
    return fix === undefined ? [] : [pick(fix)];
  });
  const kind = kinds.find((one) => open.some(({ fix }) => fix.kind === one));
  const taken = takenEdits();
  return open.filter(({ fix }) => {
    const edits = fix.edits.map((edit) => ({ edit, stacks: fix.stacks === true && edit.at.span.start === edit.at.span.end }));
    if (fix.kind !== kind || !edits.every((one) => one.edit.at.source === theDocument && taken.isFree(one))) return false;
    for (const one of edits) taken.take(one);
    return true;
  });
};

/** Of fixes that make something worse together, those of one code, or a half of them. */
const fewerOf = (picks: readonly PickedFix[]): readonly PickedFix[] => {
  const alike = picks.filter(({ done }) => done.code === picks[0]?.done.code);
  return alike.length < picks.length ? alike : picks.slice(0, picks.length >> 1);
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
 * Applies the preferred fixes of these kinds, many at once, and reads the text again after each round, until nothing is left to fix: once more then
 * changes nothing. What makes something worse is not applied; where several do so together, one half of them is tried, and so on. Ends within a
 * number of readings, and says so where something was left to try.
 */
export const fixAll = <P extends RatedProblem>(
  text: string,
  analyzeAgain: (text: string) => Fixable<P>,
  kinds: readonly FixKind[] = allKinds,
): FixedText => {
  const done: DoneFix[][] = [];
  const seen = new Set<string>([text]);
  const refused = new Set<string>();
  let current = analyzeAgain(text);
  let readings = readingsOf(text);
  /** Was something refused of a text that has changed since? */
  let isStale = false;
  let picks = picksOf(current, kinds, refused);
  const result = (stopped: boolean): FixedText => ({ text: current.text, done: done.flat(), rounds: done.length, stopped });
  for (;;) {
    if (picks.length === 0) {
      if (!isStale) return result(false);
      isStale = false;
      refused.clear();
      picks = picksOf(current, kinds, refused);
      continue;
    }
    if (readings === 0) return result(true);
    readings -= 1;
    const written = applyEdits(
      current.text,
      picks.flatMap(({ fix }) => fix.edits),
    );
    // A text that was there before would come again.
    const next = seen.has(written) ? undefined : analyzeAgain(written);
    if (next !== undefined && isKept(current, next, picks)) {
      seen.add(written);
      done.push(picks.map((pick) => pick.done));
      isStale = refused.size > 0;
      current = next;
      picks = picksOf(current, kinds, refused);
      continue;
    }
    const [only] = picks;
    if (picks.length > 1) picks = fewerOf(picks);
    else {
      if (only !== undefined) refused.add(keyOf(only, current.text));
      picks = picksOf(current, kinds, refused);
    }
  }
};
