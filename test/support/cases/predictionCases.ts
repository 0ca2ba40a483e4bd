import { planRequest } from '../../../src/core/analysis';
import { predictCalls } from '../../../src/core/change/predict';
import { judgeProblems, type ProblemsExpected } from './problemCases';
import { analyzeCase, problemsOf, promptIn, writtenOut, type Case, type CaseDocument } from './caseFile';

/** `none`, `some`, or a number of tokens. */
type Figure = 'none' | 'some' | number;

interface CallExpected {
  readonly read?: Figure;
  readonly write?: Figure;
  /** All input tokens of the call. */
  readonly total?: Figure;
  /** The share by which a number may be missed. */
  readonly within?: number;
}

interface CaseCall extends CaseDocument {
  /** Seconds. */
  readonly at: number;
  /** Seconds until its answer begins. */
  readonly begins?: number;
  /** Values of the variables of this call. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Calls in the order they are sent, or one document with what is to be found in it. */
export type PredictionCase =
  | (Omit<Case<{ readonly calls: readonly CallExpected[] }>, keyof CaseDocument> & { readonly calls: readonly CaseCall[] })
  | Case<ProblemsExpected>;

const second = 1000;
const usual = { within: 0.05, frame: 4, nothing: 0.5 };

const fits = (wanted: Figure, found: number, within = usual.within): boolean => {
  if (wanted === 'none') return found <= usual.nothing;
  return wanted === 'some' ? found > usual.nothing : Math.abs(found - wanted) <= Math.max(usual.frame, within * wanted);
};

/** What a case misses; empty when it holds. */
export const judgePredictionCase = (one: PredictionCase): readonly string[] => {
  if (!('calls' in one)) return judgeProblems(one.expect, problemsOf(analyzeCase(one)), writtenOut(one.text));
  const calls = one.calls.map((call) => {
    const { at, begins, values = {} } = call;
    const times = { at: at * second, ...(begins === undefined ? {} : { begins: (at + begins) * second }) };
    return { ...planRequest(promptIn(analyzeCase(call)), values), ...times };
  });
  const predictions = predictCalls(calls);
  return one.expect.calls.flatMap((expect, index) => {
    const prediction = predictions[index];
    if (prediction === undefined) return [`call ${index + 1} is not predicted`];
    const [read, write, input] = [prediction.cacheRead.likely, prediction.cacheWrite.likely, prediction.input.likely];
    const found = { read, write, total: read + write + input };
    return (['read', 'write', 'total'] as const).flatMap((name) => {
      const wanted = expect[name];
      if (wanted === undefined || fits(wanted, found[name], expect.within)) return [];
      return [`call ${index + 1} ${name}: ${wanted} expected, ${Math.round(found[name])} found`];
    });
  });
};
