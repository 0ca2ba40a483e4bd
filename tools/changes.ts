import type { FileReport, Report } from '../src/core/report/types';

/** A problem as somebody sees it. */
export interface SeenProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** What a change of the code does to what people see. */
export interface ProblemChanges {
  readonly added: readonly SeenProblem[];
  readonly gone: readonly SeenProblem[];
  /** The same code at the same place, with another sentence or severity. */
  readonly changed: readonly { readonly before: SeenProblem; readonly after: SeenProblem }[];
}

const problemsOf = ({ path, prompts, problems }: FileReport): readonly SeenProblem[] =>
  [...problems, ...prompts.flatMap((prompt) => prompt.problems)].map(({ code, severity, message, range }) => ({
    path,
    line: range.start.line,
    column: range.start.column,
    code,
    severity,
    message,
  }));

const placeOf = ({ path, line, column, code }: SeenProblem): string => `${path} ${line} ${column} ${code}`;

/** Problems by their place; several of one code at one place stand in the order in which they are told. */
const byPlace = (report: Report): ReadonlyMap<string, SeenProblem> => {
  const found = new Map<string, SeenProblem>();
  for (const problem of report.files.flatMap(problemsOf)) {
    let key = placeOf(problem);
    while (found.has(key)) key += ' again';
    found.set(key, problem);
  }
  return found;
};

export const changesBetween = (before: Report, after: Report): ProblemChanges => {
  const [old, now] = [byPlace(before), byPlace(after)];
  return {
    added: [...now].flatMap(([key, problem]) => (old.has(key) ? [] : [problem])),
    gone: [...old].flatMap(([key, problem]) => (now.has(key) ? [] : [problem])),
    changed: [...now].flatMap(([key, problem]) => {
      const was = old.get(key);
      return was === undefined || (was.message === problem.message && was.severity === problem.severity)
        ? []
        : [{ before: was, after: problem }];
    }),
  };
};

const head = ({ line, column, severity, code }: SeenProblem): string => `${line}:${column} ${severity} ${code}`;

/** The changes for people, file by file: `+` is new, `-` is gone, `~` says something else. */
export const describeChanges = ({ added, gone, changed }: ProblemChanges, files: number): string => {
  const lines = new Map<string, string[]>();
  const tell = ({ path }: SeenProblem, ...told: readonly string[]): void => {
    lines.set(path, [...(lines.get(path) ?? []), ...told]);
  };
  for (const problem of gone) tell(problem, `  - ${head(problem)}: ${problem.message}`);
  for (const problem of added) tell(problem, `  + ${head(problem)}: ${problem.message}`);
  for (const { before, after } of changed) tell(after, `  ~ ${head(before)}: ${before.message}`, `    ${head(after)}: ${after.message}`);
  const told = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, own]) => [path, ...own]);
  return [
    ...told,
    `${added.length} added, ${gone.length} gone, ${changed.length} changed, in ${files} ${files === 1 ? 'file' : 'files'}`,
    '',
  ].join('\n');
};
