import { fixTitles } from '../messages/fixes';
import { segmentsOf, type Prompt } from '../prompt/model';
import { wireOrder } from '../request/build';
import { nearestAmong, nearestWord } from '../text/nearest';
import { shownSpan, type VariableSegment } from '../text/segment';
import type { Rule } from './types';

const findUses = (prompt: Prompt): readonly VariableSegment[] =>
  wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).filter((one): one is VariableSegment => one.kind === 'variable'));

interface Variables {
  readonly uses: readonly VariableSegment[];
  readonly declared: ReadonlySet<string>;
  /** Names that are used, each once, and are not declared. */
  readonly unknown: readonly string[];
}

const known = new WeakMap<Prompt, Variables>();

/** What a prompt uses and declares; looked for once in each. */
const variablesOf = (prompt: Prompt): Variables => {
  const cached = known.get(prompt);
  if (cached !== undefined) return cached;
  const uses = findUses(prompt);
  const declared = new Set(prompt.header.variables.map(({ name }) => name));
  const unknown = [...new Set(uses.map(({ name }) => name))].filter((name) => !declared.has(name));
  const found = { uses, declared, unknown };
  known.set(prompt, found);
  return found;
};

/** More are not compared with each other. */
const mostCompared = 200;

/** A placeholder without a declaration: a run asks for it, and it is taken to vary with each request. */
export const undefinedVariable: Rule<'request/undefined-variable'> = {
  severity: 'warning',
  *check({ prompt }) {
    const { uses, declared } = variablesOf(prompt);
    const seen = new Set<string>();
    // A cache point written as a variable has been told.
    const markers = new Set(prompt.problems.flatMap((one) => (one.code === 'syntax/marker' ? [one.span.start] : [])));
    const nearest = nearestAmong(declared);
    for (const use of uses) {
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
    const use = variablesOf(prompt).uses.find((one) => one.name === data.name && shownSpan(one).start === span.start);
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
    const { unknown } = variablesOf(prompt);
    // What looks misspelled elsewhere means this one.
    if (unknown.length > mostCompared || nearestWord(data.name, unknown) !== undefined) return;
    const edits = prompt.write.removeDeclaration(data.name);
    if (edits !== undefined) yield { title: fixTitles.removeDeclaration(data.name), kind: 'changes', edits, preferred: true };
  },
};
