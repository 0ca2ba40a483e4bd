import type { Arm, Scope, Step } from '../form';
import type { Frame, Root, Value } from '../values/value';
import { holeOf, isEmpty, isNothing, isSomething, type Evaluator } from './evaluator';

const byName = ({ steps }: Scope): ReadonlyMap<string, readonly Step[]> => {
  const made = new Map<string, Step[]>();
  for (const step of steps) {
    const known = made.get(step.root);
    if (known === undefined) made.set(step.root, [step]);
    else known.push(step);
  }
  for (const own of made.values()) own.sort((a, b) => a.at.start - b.at.start);
  return made;
};

/** The places of a scope where something happens to a name, in the order of the text. */
export const stepsOf = (scope: Scope, name: string): readonly Step[] => (scope.index.byName ??= byName(scope)).get(name) ?? [];

/** A step with some of it otherwise. Copied by its members: a step that was moved has them from its class. */
export const stepWith = ({ kind, at, root, path, value, method, isLocal, keepsName }: Step, other: Partial<Step>): Step => ({
  kind,
  at,
  root,
  path,
  value,
  method,
  isLocal,
  keepsName,
  ...other,
});

const isIn = (arm: Arm, at: number): boolean => arm.at.start <= at && at < arm.at.end;

export const armsAt = ({ arms }: Scope, at: number): readonly Arm[] => arms.filter((arm) => isIn(arm, at));

/** Arms that run whenever a place is reached, and those that then never run. */
export interface Way {
  readonly arms: readonly Arm[];
  readonly never: readonly Arm[];
}

const isSo = (value: Value, { module }: Frame): boolean | undefined =>
  isSomething(value) ? true : isNothing(value) || (module.language === 'python' && isEmpty(value)) ? false : undefined;

/** Does an arm run, by what its tests are worth: surely, surely not, or perhaps? */
const runs = (ev: Evaluator, { when }: Arm, frame: Frame): boolean | undefined => {
  let all: boolean | undefined = when.length > 0 ? true : undefined;
  for (const { test, is } of when) {
    const so = isSo(ev.valueOf(test, frame), frame);
    if (so === !is) return false;
    if (so === undefined) all = undefined;
  }
  return all;
};

/** What is known of the arms around a place and around those where something happens before it; `Infinity`: when all has run. */
export const wayTo = (ev: Evaluator, frame: Frame, use: number, places: readonly { readonly at: Step['at'] }[]): Way => {
  const own = use === Infinity ? [] : armsAt(frame.scope, use);
  const others = frame.scope.arms.filter(
    (arm) => arm.when.length > 0 && arm.at.start < use && !own.includes(arm) && places.some(({ at }) => isIn(arm, at.start)),
  );
  if (others.length === 0) return { arms: own, never: [] };
  // What nobody gave may be given: a default decides no test.
  const asked: Frame = frame.probes ? frame : { ...frame, probes: true, memo: new Map() };
  const known = others.map((arm) => [arm, runs(ev, arm, asked)] as const);
  const which = (wanted: boolean): readonly Arm[] => known.flatMap(([arm, does]) => (does === wanted ? [arm] : []));
  return { arms: [...own, ...which(true)], never: which(false) };
};

/**
 * Can a place in a function that has been called be reached: in no arm that does not run, and behind no result of an arm that does? What was tried is
 * left by an error too, so that nothing is said of what stands in an arm without a test.
 */
export const isReached = (ev: Evaluator, at: number, frame: Frame): boolean => {
  const { scope, parent } = frame;
  if (scope.sort !== 'function') return true;
  const own = armsAt(scope, at);
  const way = wayTo(ev, frame, at, scope.returns);
  const asked: Frame = { ...frame, probes: true, memo: new Map() };
  if (own.some((arm) => runs(ev, arm, asked) === false)) return false;
  const isLeft = scope.returns.some((one) => {
    const arms = armsAt(scope, one.at.start);
    return (
      one.at.end <= at &&
      arms.some((arm) => !own.includes(arm)) &&
      arms.every((arm) => way.arms.includes(arm)) &&
      own.every((arm) => arm.when.length > 0 || arms.includes(arm))
    );
  });
  return !isLeft && (parent === undefined || isReached(ev, scope.at.start, parent));
};

/** What callers give to the tests that decide whether something happens; asked only while nobody has given anything. */
export const rootsOfTests = (ev: Evaluator, frame: Frame, places: readonly Pick<Step, 'at'>[], { arms, never }: Way): readonly Root[] => {
  if (!frame.probes) return [];
  const open = frame.scope.arms.filter(
    (arm) => !arms.includes(arm) && !never.includes(arm) && places.some(({ at }) => isIn(arm, at.start)),
  );
  return open.flatMap(({ when }) => when.flatMap(({ test }) => holeOf(ev.valueOf(test, frame))?.roots ?? []));
};

/** Does the step happen whenever the place with these arms is reached? */
export const isSure = (scope: Scope, { at }: Pick<Step, 'at'>, { arms }: Way): boolean =>
  armsAt(scope, at.start).every((arm) => arms.includes(arm));

/** Can no run reach both? They stand in two arms of one statement, or in one that never runs. */
export const isDisjoint = (scope: Scope, { at }: Pick<Step, 'at'>, { arms, never }: Way): boolean =>
  armsAt(scope, at.start).some((arm) => never.includes(arm) || arms.some((one) => one !== arm && one.statement === arm.statement));

/** Is a name with this step seen from a place with these arms? */
export const isSeen = (scope: Scope, step: Step, use: Way): boolean =>
  !isDisjoint(scope, step, use) && (!step.isLocal || isSure(scope, step, use));

/** May the step have happened in an earlier round of a loop that holds both, when its value was made before the loop? */
export const isCarried = (scope: Scope, step: Step, { arms }: Way, base: Step | undefined): boolean =>
  armsAt(scope, step.at.start).some(
    (arm) => arm.isLoop && arms.includes(arm) && (base === undefined || base.at.start < arm.at.start || base.at.start >= arm.at.end),
  );

/** The loops in which a step happens that the value was made before, the outermost first; but for those that a round is in. */
export const loopsAround = (scope: Scope, step: Step, base: Step | undefined, within: readonly Arm[]): readonly Arm[] =>
  armsAt(scope, step.at.start).filter((arm) => arm.isLoop && !within.includes(arm) && (base === undefined || base.at.start < arm.at.start));
