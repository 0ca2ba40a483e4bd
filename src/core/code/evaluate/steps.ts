import type { Arm, Scope, Step } from '../form';

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

export const armsAt = ({ arms }: Scope, at: number): readonly Arm[] => arms.filter((arm) => arm.at.start <= at && at < arm.at.end);

/** Does the step happen whenever the place with these arms is reached? */
export const isSure = (scope: Scope, step: Step, use: readonly Arm[]): boolean =>
  armsAt(scope, step.at.start).every((arm) => use.includes(arm));

/** Can no run reach both? They stand in two arms of one statement. */
export const isDisjoint = (scope: Scope, step: Step, use: readonly Arm[]): boolean =>
  armsAt(scope, step.at.start).some((arm) => use.some((one) => one !== arm && one.statement === arm.statement));

/** Is a name with this step seen from a place with these arms? */
export const isSeen = (scope: Scope, step: Step, use: readonly Arm[]): boolean =>
  !isDisjoint(scope, step, use) && (!step.isLocal || isSure(scope, step, use));

/** May the step have happened in an earlier round of a loop that holds both, when its value was made before the loop? */
export const isCarried = (scope: Scope, step: Step, use: readonly Arm[], base: Step | undefined): boolean =>
  armsAt(scope, step.at.start).some(
    (arm) => arm.isLoop && use.includes(arm) && (base === undefined || base.at.start < arm.at.start || base.at.start >= arm.at.end),
  );

/** Does the step happen in a loop that the value was made before? */
export const isRepeated = (scope: Scope, step: Step, base: Step | undefined): boolean =>
  armsAt(scope, step.at.start).some((arm) => arm.isLoop && (base === undefined || base.at.start < arm.at.start));
