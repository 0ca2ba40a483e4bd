import { fixTitles } from '../messages/fixes';
import { segmentsOf, type Prompt } from '../prompt/model';
import { wireOrder } from '../request/build';
import { nearestWord } from '../text/nearest';
import { shownSpan, type VariableSegment } from '../text/segment';
import { isPlaceholder, placeholder } from '../text/templateTokens';
import type { Rule } from './types';

const uses = (prompt: Prompt): readonly VariableSegment[] =>
  wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).filter((one): one is VariableSegment => one.kind === 'variable'));

/** A placeholder without a declaration: a run asks for it, and it is taken to vary with each request. */
export const undefinedVariable: Rule<'request/undefined-variable'> = {
  severity: 'warning',
  *check({ prompt }) {
    const declared = new Set(prompt.header.variables.map(({ name }) => name));
    const seen = new Set<string>();
    for (const use of uses(prompt)) {
      const { name } = use;
      if (declared.has(name) || seen.has(name)) continue;
      seen.add(name);
      yield { code: 'request/undefined-variable', span: shownSpan(use), data: { name, nearest: nearestWord(name, declared) } };
    }
  },
  *fixes({ data, span }, { text, prompt, edits }) {
    const declared = edits.declareVariable?.(text, prompt, data.name);
    if (declared !== undefined)
      yield { title: fixTitles.declareVariable(data.name), edits: declared, preferred: data.nearest === undefined };
    const written = text.slice(span.start, span.end);
    if (data.nearest !== undefined && isPlaceholder(written))
      yield { title: fixTitles.renameVariable(data.nearest), edits: [{ span, text: placeholder(data.nearest) }], preferred: true };
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
  *fixes({ data }, { text, prompt }) {
    const declaration = prompt.header.variables.find(({ name }) => name === data.name);
    if (declaration === undefined) return;
    const { start, end } = declaration.entrySpan;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const newline = text.indexOf('\n', Math.max(start, end - 1));
    // A declaration inside a flow mapping shares its line with others: leave that to a person.
    if (text.slice(lineStart, start).trim() !== '' || newline === -1 || prompt.header.variables.length === 1) return;
    yield {
      title: fixTitles.removeDeclaration(data.name),
      edits: [{ span: { start: lineStart, end: newline + 1 }, text: '' }],
      preferred: true,
    };
  },
};
