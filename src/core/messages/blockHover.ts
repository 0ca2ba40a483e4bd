/** Hovers at a block and at a variable. */
import type { CachePlan } from '../cache/plan';
import type { NumberFormats } from '../figures/numbers';
import type { Header } from '../prompt/model';
import type { Break } from '../varies/variation';
import { describeTokens } from './tokensText';

const variesSentences = {
  never: 'Its value is always the same, so it does not disturb the cache.',
  session: 'It changes with each session: what comes after it is cached for one session only.',
  request: 'It changes with each request: no cache point after it is ever read by another request.',
  grows:
    'It grows: no cache point after it is read again, as an entry of the cache ends where a block ends. Append what is new as a block or message of its own instead.',
} as const;

/** Values of samples that are shown; a table may have hundreds of rows. */
const mostSamples = 3;

/** What the sample rows say of a variable. */
const sampleTexts = (name: string, samples: Header['samples']): readonly string[] => {
  const given = samples.flatMap(({ value }, at) => (value[name] === undefined ? [] : [`Sample ${at + 1}: ${shorten(value[name])}`]));
  return given.length > mostSamples ? [...given.slice(0, mostSamples), `${given.length - mostSamples} more samples have a value.`] : given;
};

/** Title and paragraphs of the hover at a variable. `sent`: its value in the last call of this prompt. */
export const variableHover = (
  name: string,
  { variables, samples }: Pick<Header, 'variables' | 'samples'>,
  sent?: string,
): readonly string[] => {
  const found = variables.find((declaration) => declaration.name === name);
  const values = [...(sent === undefined ? [] : [`Last sent: ${shorten(sent)}`]), ...sampleTexts(name, samples)];
  if (found === undefined)
    return [`Variable ${name}`, 'It is not declared, so it counts as changing with each request.', variesSentences.request, ...values];
  const parts = [
    found.description,
    variesSentences[found.varies],
    found.fixed === undefined ? undefined : `Value: ${shorten(found.fixed)}`,
    found.fallback === undefined ? undefined : `Default: ${shorten(found.fallback)}`,
    found.example === undefined ? undefined : `Example: ${shorten(found.example)}`,
  ];
  return [`Variable ${name}`, ...parts.filter((part) => part !== undefined), ...values];
};

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

const breakSentence = ({ kind, text, varies, grows }: Break): string => {
  if (grows === true) return `The variable ${text} in it grows, so the block is another one in each request.`;
  if (kind === 'turn')
    return varies === 'session'
      ? 'It is the newest turn: the next request of the conversation sends it again.'
      : 'It is the last user turn, so it counts as another one in each request.';
  return `${kind === 'variable' ? `The variable ${text}` : `"${shorten(text)}"`} in it changes with each ${varies}.`;
};

const fieldTitles = { tools: 'Tools', system: 'System text', messages: 'Message' } as const;

/** Title and paragraphs of the hover at a block: the facts that its tint shows. */
export const blockHover = (index: number, plan: CachePlan, formats: NumberFormats): readonly string[] => {
  const wire = plan.blocks[index];
  if (wire === undefined) return [];
  const covering = plan.checkpoints.find((point) => point.index > index && point.verdict.kind === 'caches' && point.reuse.kind !== 'never');
  const cached =
    covering === undefined
      ? 'No working cache point comes after it, so it is paid in full on each call.'
      : `Cached by cache point ${covering.number} (${covering.ttl}).`;
  const [first] = wire.breaks;
  const varies = first === undefined ? 'Nothing in it varies.' : breakSentence(first);
  return [
    `${fieldTitles[wire.place.field]}, ${describeTokens(wire.own, formats)}`,
    cached,
    varies,
    `Up to its end the prompt has ${describeTokens(wire.prefix, formats)}.`,
  ];
};
