import { didYouMean } from '../../messages/phrases';
import { describeFault } from '../../messages/requestText';
import type { InvokeApi } from '../../prompt/api';
import { type RequestApi, invokeApiOf } from '../../prompt/model';
import type { Problem } from '../../prompt/problems';
import type { FoundFault } from '../fieldFaults';
import { onOneLine, requestPlace } from '../requestPlace';
import type { Fix, Rule, RuleInput } from '../types';
import { writtenFaults } from '../writtenFaults';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/unknown-field': {
      /** As `inferenceConfig.maxTokens`. */
      readonly path: string;
      readonly fault: FieldFault;
      readonly nearest: string | undefined;
      /** Whose names these are, where they are not Converse's. */
      readonly api?: InvokeApi;
    };
  }
}

/** The titles of its fixes. */
const titles = {
  changeTo: (text: string) => `Change to ${text}`,
  moveTo: (member: string) => `Move it to ${member}`,
} as const;

type Code = 'request/unknown-field';

const written = (path: FoundFault['path']): string =>
  path
    .filter((step) => step !== '*')
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');

/** Other rules speak of these: a cache point of another dialect, and a blank text. */
const isSaidElsewhere = ({ path, fault }: FoundFault): boolean =>
  fault.kind === 'dialect' || (fault.kind === 'length' && fault.least === 1 && path.at(-1) === 'text');

const maxTokensPath: { readonly [A in RequestApi]: string } = {
  converse: 'inferenceConfig.maxTokens',
  messages: 'max_tokens',
  nova: 'inferenceConfig.maxTokens',
};

/** More output than the model gives. */
function* inOutput(input: RuleInput): Generator<Problem<Code>> {
  const { prompt, plan } = input;
  const config = prompt.header.fields['inferenceConfig']?.value;
  const asked = typeof config === 'object' && config !== null && 'maxTokens' in config ? config.maxTokens : undefined;
  const most = plan.model?.maxOutputTokens ?? Infinity;
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked <= most) return;
  const whole = requestPlace(input, ['inferenceConfig', 'maxTokens']);
  const value = /[^\s:]+$/.exec(input.text.slice(whole.start, whole.end))?.[0] ?? '';
  const span = { start: whole.end - value.length, end: whole.end };
  yield {
    code: 'request/unknown-field',
    span,
    data: {
      path: maxTokensPath[invokeApiOf(prompt.api).api ?? 'converse'],
      fault: { kind: 'range', least: 1, most },
      nearest: undefined,
      ...invokeApiOf(input.prompt.api),
    },
  };
}

/** The value that a fault asks for, where it can be told from what is written now. */
const repaired = (old: string, { fault, nearest }: Problem<Code>['data']): string | number | boolean | undefined => {
  if (fault.kind === 'range') return /^-?[\d.]+$/.test(old) ? (Number(old) > fault.most ? fault.most : fault.least) : undefined;
  const unquoted = /^(["'])(-?\d+(?:\.\d+)?|true|false)\1$/.exec(old)?.[2];
  if (fault.kind !== 'type' || unquoted === undefined) return nearest;
  if (/^-?\d/.test(unquoted)) return fault.expected.endsWith('number') ? Number(unquoted) : nearest;
  return fault.expected === 'true or false' ? unquoted === 'true' : nearest;
};

/** Where each vendor's models take the setting that the others have among `inferenceConfig`, by the beginning of their ids. */
const topKNames: readonly (readonly [vendor: RegExp, names: readonly string[]])[] = [
  [/^anthropic\.|^mistral\./, ['top_k']],
  [/^amazon\.nova/, ['inferenceConfig', 'topK']],
  [/^cohere\./, ['k']],
];

/** `topK` is no member of Converse's own settings, and no slip for `topP` either. */
const isTopK = (path: string): boolean => /^inferenceConfig\.top_?k$/i.test(path);

function* moveTopK({ data }: Problem<Code>, { plan, prompt: { write } }: RuleInput): Generator<Fix> {
  const names = topKNames.find(([vendor]) => vendor.test(plan.model?.id ?? ''))?.[1];
  const edits = names && write.moveMember(data.path.split('.'), ['additionalModelRequestFields', ...names]);
  if (edits !== undefined) yield { title: titles.moveTo('additionalModelRequestFields'), kind: 'changes', edits, preferred: true };
}

function* repair(problem: Problem<Code>, input: RuleInput): Generator<Fix> {
  const { data, span } = problem;
  const {
    text,
    prompt: { write },
  } = input;
  if (isTopK(data.path)) return yield* moveTopK(problem, input);
  const next = data.fault.kind === 'unknown' ? data.nearest : repaired(text.slice(span.start, span.end), data);
  if (next === undefined) return;
  const edits = data.fault.kind === 'unknown' ? write.renameKey(span, String(next)) : write.setValue(span, next);
  if (edits !== undefined) yield { title: titles.changeTo(String(next)), kind: 'changes', edits, preferred: true };
}

/** A part of the request that is not as the API has it. */
export const unknownField: Rule<Code> = {
  code: 'request/unknown-field',
  severity: 'error',
  sources: [
    'Service model bedrock-runtime/2023-09-30 of 2026-07-31, compared with the JavaScript SDK 3.1164.0',
    'Runs of boto3 and the SDK against a recording server, 2026-11. Output limits are those of the model catalog',
  ],
  says: ({ path, fault, nearest, api }, formats) => `${describeFault(path, fault, formats, api)}${didYouMean(nearest)}`,
  rate: ({ data: { fault } }) =>
    (fault.kind === 'base64' && fault.padding) || (fault.kind === 'value' && !fault.isSure) ? 'warning' : 'error',
  *check(input) {
    for (const found of writtenFaults(input.prompt)) {
      const { path, fault, span, foreign } = found;
      if (isSaidElsewhere(found)) continue;
      const name = written(path);
      const nearest = isTopK(name) ? undefined : found.nearest;
      yield {
        code: 'request/unknown-field',
        span: onOneLine(input.text, span),
        ...(foreign && { foreign }),
        data: { path: name, fault, nearest, ...invokeApiOf(input.prompt.api) },
      };
    }
    yield* inOutput(input);
  },
  fixes: repair,
};
