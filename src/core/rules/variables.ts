import { fixTitles } from '../messages/fixes';
import { segmentsOf, type Prompt } from '../prompt/model';
import { wireOrder } from '../request/build';
import { nearestAmong } from '../text/nearest';
import { shownSpan, type VariableSegment } from '../text/segment';
import type { Rule } from './types';

const uses = (prompt: Prompt): readonly VariableSegment[] =>
  wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).filter((one): one is VariableSegment => one.kind === 'variable'));

/** A placeholder without a declaration: a run asks for it, and it is taken to vary with each request. */
export const undefinedVariable: Rule<'request/undefined-variable'> = {
  severity: 'warning',
  *check({ prompt }) {
    const declared = new Set(prompt.header.variables.map(({ name }) => name));
    const seen = new Set<string>();
    // A cache point written as a variable has been told.
    const markers = new Set(prompt.problems.flatMap((one) => (one.code === 'syntax/marker' ? [one.span.start] : [])));
    const nearest = nearestAmong(declared);
    for (const use of uses(prompt)) {
      const { name } = use;
      if (declared.has(name) || seen.has(name) || markers.has(shownSpan(use).start)) continue;
      seen.add(name);
      yield { code: 'request/undefined-variable', span: shownSpan(use), data: { name, nearest: nearest(name) } };
    }
  },
  *fixes({ data, span }, { prompt }) {
    const { write } = prompt;
    const declared = write.declareVariable(data.name);
    if (declared !== undefined)
      yield { title: fixTitles.declareVariable(data.name), kind: 'changes', edits: declared, preferred: data.nearest === undefined };
    const use = uses(prompt).find((one) => one.name === data.name && shownSpan(one).start === span.start);
    const renamed = use === undefined || data.nearest === undefined ? undefined : write.renameVariable(use, data.nearest);
    if (renamed !== undefined && data.nearest !== undefined)
      yield { title: fixTitles.renameVariable(data.nearest), kind: 'changes', edits: renamed, preferred: true };
  },
};

/** A declaration that nothing uses. */
export const unusedVariable: Rule<'request/unused-variable'> = {
  severity: 'hint',
  *check({ prompt }) {
    const used = new Set(uses(prompt).map(({ name }) => name));
    for (const { name, span } of prompt.header.variables)
      if (!used.has(name)) yield { code: 'request/unused-variable', span, data: { name } };
  },
  *fixes({ data }, { prompt }) {
    const edits = prompt.write.removeDeclaration(data.name);
    if (edits !== undefined) yield { title: fixTitles.removeDeclaration(data.name), kind: 'changes', edits, preferred: true };
  },
};
