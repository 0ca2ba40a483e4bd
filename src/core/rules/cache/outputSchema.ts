import type { Checkpoint } from '../../cache/plan';
import { outputFormatOf } from '../../cache/prefixSettings';
import { isWritten } from '../../cache/written';
import { type TokenEstimate, minus } from '../../figures/band';
import { shorten } from '../../messages/phrases';
import { describeTokens } from '../../messages/tokensText';
import type { Prompt } from '../../prompt/model';
import type { Problem } from '../../prompt/problems';
import { scanTemplate } from '../../text/templateTokens';
import { isListedAsStatic } from '../../varies/variation';
import { volatileIn } from '../../varies/volatileIn';
import { callerOf, sentBy } from '../callers';
import { requestPlace } from '../requestPlace';
import { strictJson } from '../strictJson';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `what`: a variable's name, or a text that looks generated; `count`: the schemas of all prompts that share the prefix. */
    'cache/output-schema': {
      readonly reason: 'variable' | 'text' | 'callers';
      readonly what: string;
      readonly count: number;
      /** Tokens that another schema does not find. */
      readonly lost: TokenEstimate;
    };
  }
}

type Code = 'cache/output-schema';
type Cause = Pick<Problem<Code>['data'], 'reason' | 'what' | 'count'>;

/** The texts of a schema, which may itself be written as a text. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'string') return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
  const schema = value.trimStart().startsWith('{') ? strictJson(value) : undefined;
  return schema === undefined ? [value] : textsIn(schema);
};

/** A placeholder in a request as it was written for a program, which fills it in. Front matter is sent as it is. */
const placeholderIn = (text: string, { format }: Prompt): string | undefined => {
  if (format === 'bedrock-prompt') return undefined;
  for (const token of scanTemplate(text)) if (token.kind === 'variable') return token.name;
  return undefined;
};

const generatedText = (text: string, staticTexts: readonly string[]): string | undefined => {
  const found = volatileIn(text).find(({ every, start, end }) => every === 'request' && !isListedAsStatic(text, start, end, staticTexts));
  return found && text.slice(found.start, found.end);
};

const causeIn = ({ prompt, callers }: RuleInput, value: unknown): Cause | undefined => {
  const texts = textsIn(value);
  for (const text of texts) {
    const name = placeholderIn(text, prompt);
    if (name !== undefined) return { reason: 'variable', what: name, count: 1 };
  }
  for (const text of texts) {
    const what = generatedText(text, prompt.header.staticTexts ?? []);
    if (what !== undefined) return { reason: 'text', what, count: 1 };
  }
  const all = callers?.() ?? [];
  const own = callerOf('', prompt);
  const sharing = all.filter(({ prefix }) => prefix === own.prefix);
  const schemas = new Set(sharing.map(({ schema }) => schema));
  return schemas.size > 1 ? { reason: 'callers', what: '', count: schemas.size } : undefined;
};

/** Another schema misses what was cached from the system text on; what the tools' own cache point covers stays. */
const isMissed = (point: Checkpoint): boolean => isWritten(point) && point.place.field !== 'tools' && point.reuse.kind !== 'never';

/** The output schema is part of what the cache compares, and differs between requests that would else share a prefix. */
export const outputSchema: Rule<Code> = {
  code: 'cache/output-schema',
  severity: 'warning',
  sources: [
    'Anthropic documentation, Structured outputs, 2026-10: a changed output format invalidates the cache. AWS re:Post, "Does Bedrock include outputConfig in its prompt caching key?", 2026, and two further measurements of that year',
  ],
  says: ({ reason, what, count, lost }, formats) => {
    const way = 'Describe the form in the prompt after the last cache point instead, and check the answer in your program.';
    if (reason === 'callers')
      return `Prompts of this file share this prefix and ask for ${formats.tokens(count)} different forms of output. Each output schema has entries of its own from the system text on, so ${describeTokens(lost, formats)} are written once for each. ${way}`;
    const subject = reason === 'variable' ? `The variable ${what}` : `"${shorten(what)}"`;
    return `${subject} changes the output schema, and with another schema nothing is found from the system text on: each time ${describeTokens(lost, formats)} are written again. ${way}`;
  },
  rate: ({ data }) => (data.reason === 'callers' ? 'information' : 'warning'),
  *check(input) {
    const { plan, prompt } = input;
    const last = plan.checkpoints.findLast(isMissed);
    const format = last && outputFormatOf(sentBy(prompt));
    const cause = format && causeIn(input, format.value);
    if (last === undefined || format === undefined || cause === undefined) return;
    const tools = plan.checkpoints.findLast((point) => isWritten(point) && point.place.field === 'tools');
    const data = { ...cause, lost: minus(last.prefix, tools?.prefix) };
    yield { code: 'cache/output-schema', span: requestPlace(input, format.path), data };
  },
};
