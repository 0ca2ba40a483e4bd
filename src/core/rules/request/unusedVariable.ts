import { ownFormat } from '../sources';
import type { Rule } from '../types';
import { variablesOf } from '../variablesOf';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/unused-variable': { readonly name: string };
  }
}

/** The titles of its fixes. */
const titles = {
  removeDeclaration: (name: string) => `Remove the declaration of ${name}`,
} as const;

/** A declaration that nothing uses. */
export const unusedVariable: Rule<'request/unused-variable'> = {
  code: 'request/unused-variable',
  severity: 'hint',
  sources: [ownFormat],
  says: ({ name }) => `Nothing in the prompt uses the variable ${name}, so it is never sent. Remove it, or use it.`,
  *check({ prompt }) {
    const used = new Set(variablesOf(prompt).uses.map(({ name }) => name));
    for (const { name, span } of prompt.header.variables)
      if (!used.has(name)) yield { code: 'request/unused-variable', span, data: { name } };
  },
  *fixes({ data }, { prompt }) {
    // What looks misspelled elsewhere means this one.
    if (variablesOf(prompt).nearestUnknown(data.name) !== undefined) return;
    const edits = prompt.write.removeDeclaration(data.name);
    if (edits !== undefined) yield { title: titles.removeDeclaration(data.name), kind: 'changes', edits, preferred: true };
  },
};
