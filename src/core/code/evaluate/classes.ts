import type { CallExpr, Expr, LanguageId, Scope } from '../form';
import type { ClassValue } from '../values/value';
import type { Evaluator } from './evaluator';

/** Classes that stand behind one another, at most. */
const deepest = 8;

/** A class and those that it is made of, the nearest first, as far as they are known. */
export const lineOf = (ev: Evaluator, of: ClassValue): readonly ClassValue[] => {
  const line: ClassValue[] = [];
  const add = (one: ClassValue): void => {
    if (line.length >= deepest || line.some(({ scope }) => scope === one.scope)) return;
    line.push(one);
    for (const base of one.scope.bases) {
      const value = ev.valueOf(base, one.frame);
      if (value.kind === 'class') add(value);
    }
  };
  add(of);
  return line;
};

export const methodsOf = ({ scope }: ClassValue): readonly Scope[] =>
  scope.steps.flatMap(({ value, path }) => (value?.kind === 'function' && path.length === 0 ? [value.scope] : []));

export const isConstructor = ({ name }: Scope): boolean => name === '__init__' || name === 'constructor';

const ownConstructor = (of: ClassValue): Scope | undefined => methodsOf(of).findLast(isConstructor);

/** A constructor, and the class that has it. */
export interface Constructor {
  readonly scope: Scope;
  readonly of: ClassValue;
}

/** The constructors of a class and of those behind it, the nearest first. */
export const constructorsOf = (ev: Evaluator, of: ClassValue): readonly Constructor[] =>
  lineOf(ev, of).flatMap((one): readonly Constructor[] => {
    const scope = ownConstructor(one);
    return scope === undefined ? [] : [{ scope, of: one }];
  });

export const constructorOf = (ev: Evaluator, of: ClassValue): Constructor | undefined => constructorsOf(ev, of)[0];

/** Is a call that of the constructor behind: `super().__init__(…)`, `super(…)`? */
export const isSuperCall = ({ callee }: CallExpr, language: LanguageId): boolean => {
  if (language === 'typescript') return callee.kind === 'name' && callee.name === 'super';
  return (
    callee.kind === 'member' &&
    callee.name === '__init__' &&
    callee.object.kind === 'call' &&
    callee.object.callee.kind === 'name' &&
    callee.object.callee.name === 'super'
  );
};

/** The class in whose methods a scope stands. */
export const classAround = (scope: Scope): Scope | undefined => {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) if (at.sort === 'class') return at;
  return undefined;
};

/** Is a method called when its name is read? */
export const isProperty = ({ marks }: Scope): boolean => marks.some((mark) => /(?:^|\.)(?:cached_)?property$/.test(mark));

export const isSetter = (value: Expr): boolean => value.kind === 'function' && value.scope.marks.some((mark) => mark.endsWith('.setter'));
