import type { SyntaxProblem, UsageApi, UsageMisread } from '../../prompt/problems';
import { span, type Span, encloses } from '../../text/span';
import { stepsOf } from '../evaluate/steps';
import type { Expr, Module, Scope } from '../form';
import { callsNamed } from '../parts';

/*
 * In Converse `inputTokens` has no cached tokens in it, and `totalTokens` has all; `input_tokens` of a Messages body has none either. Only these two
 * spellings are looked at: other clients give figures of similar names another meaning.
 */

interface UsageFields {
  readonly api: UsageApi;
  readonly input: string;
  readonly cached: readonly string[];
  /** The sum that the service gives itself. */
  readonly total: string | undefined;
}

const spellings: readonly UsageFields[] = [
  { api: 'converse', input: 'inputTokens', cached: ['cacheReadInputTokens', 'cacheWriteInputTokens'], total: 'totalTokens' },
  { api: 'messages', input: 'input_tokens', cached: ['cache_read_input_tokens', 'cache_creation_input_tokens'], total: undefined },
];

const textOf = (expr: Expr | undefined): string | undefined => {
  const part = expr?.kind === 'text' && expr.parts.length === 1 ? expr.parts[0] : undefined;
  return part?.kind === 'text' ? part.text : undefined;
};

/** The figure of a usage that an expression reads, through a local name. */
const fieldOf = (expr: Expr, scope: Scope, depth = 0): string | undefined => {
  if (depth > 3) return undefined;
  switch (expr.kind) {
    case 'member':
      return expr.name;
    case 'index':
      return textOf(expr.index);
    case 'either':
      return fieldOf(expr.left, scope, depth);
    case 'call': {
      const { callee, args } = expr;
      if (callee.kind === 'member' && callee.name === 'get') return textOf(args[0]?.value);
      return callee.kind === 'name' && /^(?:int|float|Number)$/.test(callee.name) && args[0] !== undefined
        ? fieldOf(args[0].value, scope, depth + 1)
        : undefined;
    }
    case 'name': {
      for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
        const step = stepsOf(at, expr.name).findLast((one) => one.kind === 'set' && one.path.length === 0 && one.at.end <= expr.at.start);
        if (step !== undefined) return step.value && fieldOf(step.value, at, depth + 1);
      }
      return undefined;
    }
    default:
      return undefined;
  }
};

/** The figures of a sum. */
const termsOf = (expr: Expr, scope: Scope): readonly (string | undefined)[] =>
  expr.kind === 'binary' && expr.operator === '+' ? [...termsOf(expr.left, scope), ...termsOf(expr.right, scope)] : [fieldOf(expr, scope)];

const misreadOf = (expr: Expr, scope: Scope, { input, cached, total }: UsageFields): UsageMisread | undefined => {
  if (expr.kind !== 'binary') return undefined;
  const isCached = (field: string | undefined): boolean => field !== undefined && cached.includes(field);
  if (expr.operator === '+') {
    const terms = termsOf(expr, scope);
    return total !== undefined && terms.includes(total) && terms.some(isCached) ? 'total' : undefined;
  }
  const [left, right] = [termsOf(expr.left, scope), termsOf(expr.right, scope)];
  const isInput = (terms: typeof left): boolean => terms.length === 1 && terms[0] === input;
  if (expr.operator === '-') return isInput(left) && right.some(isCached) ? 'subtracted' : undefined;
  return expr.operator === '/' && left.length === 1 && left.some(isCached) && isInput(right) ? 'rate' : undefined;
};

const problem = (reason: UsageMisread, { api }: UsageFields, at: Span): SyntaxProblem => ({
  code: 'code/usage-misread',
  span: at,
  data: { reason, api },
});

const inside = (inner: Span, outer: Span): boolean => encloses(outer, inner) && inner !== outer;

/** An attribute of OpenTelemetry that is given Bedrock's figure as it is. */
const telemetry = (document: Module, fields: UsageFields): readonly SyntaxProblem[] =>
  callsNamed(
    document,
    (name) => /^set_?attribute$/i.test(name),
    (part) => part.holds('gen_ai.usage.input_tokens'),
  ).flatMap(({ call: { callee, args }, scope }) => {
    const [name, value] = args;
    const isAttribute =
      callee.kind === 'member' && /^set_?attribute$/i.test(callee.name) && textOf(name?.value) === 'gen_ai.usage.input_tokens';
    if (!isAttribute || name === undefined || value === undefined || fieldOf(value.value, scope) !== fields.input) return [];
    return [problem('telemetry', fields, span(name.at.start, value.at.end))];
  });

/** Clients whose figures of these names mean something else. */
const others = /from ['"]ai['"]|usage_metadata/;

/** Figures of a call's usage that are put together wrongly, in the order of the text. */
export const findMisreads = (document: Module): readonly SyntaxProblem[] => {
  const { text } = document.source;
  const read = spellings.filter(({ cached }) => cached.some((name) => text.includes(name)));
  if (read.length === 0 || others.test(text)) return [];
  const figures = document.parts.flatMap((part) => part.content().figures);
  const found = read.flatMap((fields) =>
    figures.flatMap(({ expr, scope }) => {
      const reason = misreadOf(expr, scope, fields);
      return reason === undefined ? [] : [problem(reason, fields, expr.at)];
    }),
  );
  const widest = found.filter((one) => !found.some((other) => other !== one && inside(one.span, other.span)));
  return [...widest, ...read.flatMap((fields) => telemetry(document, fields))].sort((a, b) => a.span.start - b.span.start);
};
