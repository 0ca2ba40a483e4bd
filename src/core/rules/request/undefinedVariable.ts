import { didYouMean } from '../../messages/phrases';
import { shownSpan, standsAt } from '../../text/segment';
import { ownFormat } from '../sources';
import type { Rule } from '../types';
import { variablesOf } from '../variablesOf';
import { placeholder } from '../../text/templateTokens';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/undefined-variable': { readonly name: string; readonly nearest: string | undefined };
  }
}

/** The titles of its fixes. */
const titles = {
  declareVariable: (name: string) => `Declare the variable ${name}`,
  renameVariable: (name: string) => `Change to ${placeholder(name)}`,
} as const;

/** A placeholder without a declaration: a run asks for it, and it is taken to vary with each request. */
export const undefinedVariable: Rule<'request/undefined-variable'> = {
  code: 'request/undefined-variable',
  severity: 'warning',
  sources: [ownFormat],
  says: ({ name, nearest }) =>
    `The variable ${name} is not declared: a run asks for its value, and it counts as varying with each request.${didYouMean(nearest)}`,
  *check({ prompt }) {
    const { uses, declared, nearestDeclared } = variablesOf(prompt);
    const seen = new Set<string>();
    // A cache point written as a variable has been told.
    const markers = new Set(prompt.problems.flatMap((one) => (one.code === 'syntax/marker' ? [one.span.start] : [])));
    for (const use of uses) {
      const { name } = use;
      if (declared.has(name) || seen.has(name) || markers.has(shownSpan(use).start)) continue;
      seen.add(name);
      yield { code: 'request/undefined-variable', ...standsAt(use), data: { name, nearest: nearestDeclared(name) } };
    }
  },
  *fixes({ data, span }, { prompt }) {
    const { write } = prompt;
    const declared = write.declareVariable(data.name);
    if (declared !== undefined)
      yield {
        title: titles.declareVariable(data.name),
        kind: 'changes',
        edits: declared,
        preferred: data.nearest === undefined,
        // The first declaration writes the list; more of them go to its end.
        stacks: prompt.header.variables.length > 0,
      };
    const use = variablesOf(prompt).byStart.get(span.start);
    const renamed = use === undefined || data.nearest === undefined ? undefined : write.renameVariable(use, data.nearest);
    if (renamed !== undefined && data.nearest !== undefined)
      yield { title: titles.renameVariable(data.nearest), kind: 'changes', edits: renamed, preferred: true };
  },
};
