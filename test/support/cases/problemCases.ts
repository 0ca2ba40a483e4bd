import { runOperation } from '../../../src/emulator/operation';
import { createState } from '../../../src/emulator/state';
import { isRecord } from '../../../src/core/text/json';
import { comparedAt } from '../serviceVerdicts';
import { analyzeCase, findPlace, meets, problemsOf, writtenOut, type Case, type FoundProblem, type TextPlace } from './caseFile';

type SeverityName = 'error' | 'warning' | 'info' | 'information' | 'hint';

/** What is to be found in a document. */
export interface ProblemsExpected {
  readonly errors?: 'none' | 'some';
  readonly problems?: readonly {
    readonly severity: SeverityName | readonly SeverityName[];
    readonly at: TextPlace;
    /** A regular expression that its message fits, whatever the case. */
    readonly says?: string;
    readonly code?: string;
  }[];
  /** Codes that must not stand there. */
  readonly clean?: readonly string[];
  /** So many problems at most. */
  readonly most?: number;
  /** What the emulator answers to the request as written: 400 for any refusal. */
  readonly emulator?: 200 | 400;
}

export type ProblemCase = Case<ProblemsExpected>;

const named = (severity: SeverityName): string => (severity === 'info' ? 'information' : severity);

const listed = (problems: readonly FoundProblem[]): string =>
  problems.map(({ code, severity, message }) => `${severity} ${code}: ${message}`).join('\n') || 'none';

/** What is missed of what is expected of a document's problems; empty when all is as it should be. */
export const judgeProblems = (expect: ProblemsExpected, problems: readonly FoundProblem[], text: string): readonly string[] => {
  const missed: string[] = [];
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  if (expect.errors !== undefined && hasErrors !== (expect.errors === 'some')) missed.push(`errors: ${expect.errors}`);
  for (const { severity, at, says, code } of expect.problems ?? []) {
    const place = findPlace(text, at);
    if (place === undefined) {
      missed.push(`${JSON.stringify(at)} does not stand in the document`);
      continue;
    }
    const severities = [severity].flat().map(named);
    const isFound = problems.some(
      (problem) =>
        severities.includes(problem.severity) &&
        meets(problem, place) &&
        (code === undefined || problem.code === code) &&
        (says === undefined || new RegExp(says, 'iu').test(problem.message)),
    );
    if (!isFound) missed.push(`no ${severities.join(' or ')} at ${JSON.stringify(at)}${says === undefined ? '' : ` that says ${says}`}`);
  }
  for (const code of expect.clean ?? []) if (problems.some((problem) => problem.code === code)) missed.push(`has ${code}`);
  if (expect.most !== undefined && problems.length > expect.most) missed.push(`${problems.length} problems, at most ${expect.most}`);
  return missed.length === 0 ? missed : [...missed, listed(problems)];
};

const state = createState({ speed: 0, now: () => comparedAt });
const usualModel = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** The body as written, without `modelId` at its top, which stands in the address. */
const answerOf = (text: string): 200 | 400 => {
  const written = text.replace(/^\uFEFF/, '');
  const value: unknown = JSON.parse(written);
  const modelId = isRecord(value) && typeof value['modelId'] === 'string' ? value['modelId'] : usualModel;
  const body = written.replace(/"modelId"\s*:\s*"(?:[^"\\]|\\.)*"\s*,?\s*/, '').replace(/,(\s*\})\s*$/, '$1');
  return runOperation('converse', modelId, Buffer.from(body), comparedAt, state).kind === 'error' ? 400 : 200;
};

/** What a case misses; empty when it holds. */
export const judgeProblemCase = (one: ProblemCase): readonly string[] => {
  const text = writtenOut(one.text);
  const missed = judgeProblems(one.expect, problemsOf(analyzeCase(one)), text);
  const { emulator } = one.expect;
  return emulator === undefined || answerOf(text) === emulator ? missed : [...missed, `the emulator does not answer ${emulator}`];
};
