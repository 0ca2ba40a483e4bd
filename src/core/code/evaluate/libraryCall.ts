import type { CallExpr } from '../form';
import type { Frame, SymbolValue, Value } from '../values/value';
import { argumentAt, type Evaluator } from './evaluator';

/** What a function of a library gives; `undefined` where that is not known. */
export type Library = (ev: Evaluator, call: CallExpr, frame: Frame, symbol: SymbolValue) => Value | undefined;

/** What the first argument is worth. */
export const first = (ev: Evaluator, call: CallExpr, frame: Frame): Value | undefined => {
  const argument = argumentAt(call, 0);
  return argument && ev.valueOf(argument, frame);
};
