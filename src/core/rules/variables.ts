import { fixTitles } from '../messages/fixes';
import { segmentsOf, type Prompt } from '../prompt/model';
import { wireOrder } from '../request/build';
import { nearestAmong } from '../text/nearest';
import { oncePer } from '../text/once';
import { shownSpan, type VariableSegment } from '../text/segment';
import type { Rule } from './types';

interface Variables {
  readonly uses: readonly VariableSegment[];
  readonly byStart: ReadonlyMap<number, VariableSegment>;
  readonly declared: ReadonlySet<string>;
  /** The declaration that a used name was surely meant to be. */
  readonly nearestDeclared: (name: string) => string | undefined;
  /** The used name without a declaration that was surely meant to be a declared one. */
  readonly nearestUnknown: (name: string) => string | undefined;
}

/** What a prompt uses and declares. */
const variablesOf = oncePer((prompt: Prompt): Variables => {
  const uses = wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).filter((one): one is VariableSegment => one.kind === 'variable'));
  const declared = new Set(prompt.header.variables.map(({ name }) => name));
  const unknown = [...new Set(uses.map(({ name }) => name))].filter((name) => !declared.has(name));
  return {
    uses,
    byStart: new Map(uses.map((use) => [shownSpan(use).start, use])),
    declared,
    nearestDeclared: nearestAmong(declared),
    nearestUnknown: nearestAmong(unknown),
  };
});

/** A placeholder without a declaration: a run asks for it, and it is taken to vary with each request. */
export const undefinedVariable: Rule<'request/undefined-variable'> = {
  severity: 'warning',
  *check({ prompt }) {
    const { uses, declared, nearestDeclared } = variablesOf(prompt);
    const seen = new Set<string>();
    // A cache point written as a variable has been told.
    const markers = new Set(prompt.problems.flatMap((one) => (one.code === 'syntax/marker' ? [one.span.start] : [])));
    for (const use of uses) {
      const { name } = use;
      if (declared.has(name) || seen.has(name) || markers.has(shownSpan(use).start)) continue;
      seen.add(name);
      yield { code: 'request/undefined-variable', span: shownSpan(use), data: { name, nearest: nearestDeclared(name) } };
    }
  },
  *fixes({ data, span }, { prompt }) {
    const { write } = prompt;
    const declared = write.declareVariable(data.name);
    if (declared !== undefined)
      yield {
        title: fixTitles.declareVariable(data.name),
        kind: 'changes',
        edits: declared,
        preferred: data.nearest === undefined,
        // The first declaration writes the list; more of them go to its end.
        stacks: prompt.header.variables.length > 0,
      };
    const use = variablesOf(prompt).byStart.get(span.start);
    const renamed = use === undefined || data.nearest === undefined ? undefined : write.renameVariable(use, data.nearest);
    if (renamed !== undefined && data.nearest !== undefined)
      yield { title: fixTitles.renameVariable(data.nearest), kind: 'changes', edits: renamed, preferred: true };
  },
};

/** A declaration that nothing uses. */
export const unusedVariable: Rule<'request/unused-variable'> = {
  severity: 'hint',
  *check({ prompt }) {
    const used = new Set(variablesOf(prompt).uses.map(({ name }) => name));
    for (const { name, span } of prompt.header.variables)
      if (!used.has(name)) yield { code: 'request/unused-variable', span, data: { name } };
  },
  *fixes({ data }, { prompt }) {
    // What looks misspelled elsewhere means this one.
    if (variablesOf(prompt).nearestUnknown(data.name) !== undefined) return;
    const edits = prompt.write.removeDeclaration(data.name);
    if (edits !== undefined) yield { title: fixTitles.removeDeclaration(data.name), kind: 'changes', edits, preferred: true };
  },
};
