import { fixTitles } from '../messages/fixes';
import type { Problem, Severity, SyntaxCode } from '../prompt/problems';
import { markerWord } from '../prompt/words';
import type { Fix, Rule, RuleInput } from './types';

/** A problem that the parser found; the rule only passes it on. */
const parsed = <C extends SyntaxCode>(
  code: C,
  severity: Severity,
  fixes?: (problem: Problem<C>, input: RuleInput) => Iterable<Fix>,
): Rule<C> => ({
  severity,
  *check({ prompt }) {
    // `code` is the discriminant, so what has it is of that type.
    for (const problem of prompt.problems) if (problem.code === code) yield problem as unknown as Problem<C>;
  },
  ...(fixes === undefined ? {} : { fixes }),
});

function* renameKey({ data, span }: Problem<'syntax/unknown-key'>, { text }: RuleInput): Generator<Fix> {
  if (data.nearest === undefined) return;
  const quoted = text.slice(span.start, span.end).startsWith('"');
  yield { title: fixTitles.renameKey(data.nearest), edits: [{ span, text: quoted ? `"${data.nearest}"` : data.nearest }], preferred: true };
}

function* repairMarker({ data, span }: Problem<'syntax/marker'>, { text }: RuleInput): Generator<Fix> {
  if (data.reason === 'notAlone') {
    const before = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start).trim() === '' ? '' : '\n';
    const newline = text.indexOf('\n', span.end);
    const after = text.slice(span.end, newline === -1 ? text.length : newline).trim() === '' ? '' : '\n';
    yield { title: fixTitles.ownLine, edits: [{ span, text: `${before}${data.found}${after}` }], preferred: true };
    return;
  }
  const ttl = /ttl\s*=\s*["']?(5m|1h)\b/i.exec(data.found)?.[1]?.toLowerCase();
  const written = ttl === undefined ? `<!-- ${markerWord} -->` : `<!-- ${markerWord} ttl=${ttl} -->`;
  yield { title: fixTitles.writeMarker(written), edits: [{ span, text: written }], preferred: true };
}

export const syntaxRules: { readonly [C in SyntaxCode]: Rule<C> } = {
  'syntax/front-matter': parsed('syntax/front-matter', 'error'),
  'syntax/unknown-key': parsed('syntax/unknown-key', 'warning', renameKey),
  'syntax/value': parsed('syntax/value', 'warning'),
  'syntax/marker': {
    ...parsed('syntax/marker', 'warning', repairMarker),
    // Anything else is sent as text; a lifetime that does not exist reaches the service, which refuses it.
    rate: ({ data }) => (data.reason === 'ttl' ? 'error' : 'warning'),
  },
  'syntax/inert-marker': parsed('syntax/inert-marker', 'hint'),
  'syntax/fence': parsed('syntax/fence', 'warning'),
  'syntax/json': parsed('syntax/json', 'error'),
  'syntax/role-order': parsed('syntax/role-order', 'warning'),
  'syntax/too-deep': parsed('syntax/too-deep', 'error'),
  // Found where all other problems of the prompt are known.
  'syntax/unused-ignore': parsed('syntax/unused-ignore', 'warning'),
  'syntax/not-converse': parsed('syntax/not-converse', 'error'),
  'request/include': parsed('request/include', 'error'),
};
