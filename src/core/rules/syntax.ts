import { fixTitles } from '../messages/fixes';
import type { Problem, Severity, SyntaxCode } from '../prompt/problems';
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

function* renameKey({ data, span }: Problem<'syntax/unknown-key'>, { prompt }: RuleInput): Generator<Fix> {
  const edits = data.nearest === undefined ? undefined : prompt.write.renameKey(span, data.nearest);
  if (edits !== undefined && data.nearest !== undefined)
    yield { title: fixTitles.renameKey(data.nearest), kind: 'changes', edits, preferred: true };
}

function* repairMarker({ span }: Problem<'syntax/marker'>, { prompt }: RuleInput): Generator<Fix> {
  const repair = prompt.write.repairMarker(span);
  if (repair === undefined) return;
  const title = repair.moved ? fixTitles.ownLine : fixTitles.writeMarker(repair.written);
  yield { title, kind: 'moves', edits: repair.edits, preferred: true };
}

function* createFile({ data: { path, reason } }: Problem<'request/include'>): Generator<Fix> {
  if (reason === 'missing') yield { title: fixTitles.createFile(path), kind: 'changes', edits: [], create: path, preferred: false };
}

export const syntaxRules: { readonly [C in Exclude<SyntaxCode, `code/${string}`>]: Rule<C> } = {
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
  'request/include': {
    ...parsed('request/include', 'error', createFile),
    // Nothing is wrong with it: the person has not said yet that it may be read.
    rate: ({ data }) => (data.reason === 'untrusted' ? 'information' : 'error'),
  },
};
