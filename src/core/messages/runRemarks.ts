import type { NumberFormats } from '../figures/numbers';
import type { Band } from '../figures/band';

/** What the measured usage of a run means, a sentence each. */

const lifetimes: Readonly<Record<string, string>> = { '5m': '5 minutes', '30m': '30 minutes', '1h': 'an hour' };

/** "5 minutes"; of several lifetimes their name. */
const lifetimeText = (ttls: readonly string[]): string => {
  const [only = ''] = ttls;
  return ttls.length > 1 ? 'the lifetime of each cache point' : (lifetimes[only] ?? only);
};

const minimumText = (minimum: Pick<Band, 'low' | 'high'> | undefined, formats: NumberFormats): string =>
  minimum === undefined ? 'the model’s minimum' : `the model’s minimum of ${formats.tokenBand(minimum.low, minimum.high)} tokens`;

/** The sentences that hold no figure. */
export const remarks = {
  noCaching: 'The service reported nothing of the cache: this model has no prompt caching.',
  notMentioned: 'The service reported nothing of the cache, so reads and writes are not known. That is not the same as zero.',
  nothingAsPredicted: 'Nothing was written or read, as predicted: no cache point of this prompt can take effect.',
  coldWasWarm:
    'The first call was not cold: an earlier call within the lifetime had already written this prefix. Wait until it expires, or change the prefix, to compare.',
  notEmpty: 'The prediction took the cache to be empty, but an earlier call within the lifetime had filled it.',
  notCached:
    'The prediction took the prefix to be in the cache, but it had expired, or something before the cache point has changed since.',
  noUsage:
    'The answer is whole, but the service reported no tokens for this run, so nothing can be said of the cache or of its cost. It is billed all the same.',
  billedSoFar:
    'The tokens up to here are billed but not reported: the service sends the figures at the end of the stream. A cache write may have taken place.',
  perhapsBilled: 'If the service had begun to work on the call, its tokens are billed but not reported.',
} as const;

export const nothingHappened = (minimum: Pick<Band, 'low' | 'high'> | undefined, formats: NumberFormats): string =>
  `Nothing was written or read: the prefix is probably below ${minimumText(minimum, formats)}, or the prompt has no cache point that takes effect.`;

export const writtenOnly = (written: number, ttls: readonly string[], formats: NumberFormats): string =>
  `Written, not read yet: the next call with the same prefix within ${lifetimeText(ttls)} reads ${formats.tokens(written)} tokens from the cache.`;

export const readOnly = (read: number, formats: NumberFormats): string =>
  `Read ${formats.tokens(read)} tokens from the cache; nothing written. The read also renewed their lifetime.`;

/** `freely`: the model also caches by itself. */
export const readAndWritten = (read: number, written: number, freely: boolean, formats: NumberFormats): string => {
  const figures = `Read ${formats.tokens(read)} tokens and wrote ${formats.tokens(written)}`;
  return freely
    ? `${figures}. This model also caches by itself: how it splits reads and writes varies from call to call, and only their sum is steady.`
    : `${figures}: the prefix matched up to one cache point, and what follows it was new.`;
};

export const warmAfterNothing = (minimum: Pick<Band, 'low' | 'high'> | undefined, formats: NumberFormats): string =>
  `The second call read nothing because the first one wrote nothing: the prefix is probably below ${minimumText(minimum, formats)}, or no cache point takes effect.`;

/** `left`: tokens that the first call left in the cache, where that is known. */
export const warmReadNothing = (left: number | undefined, formats: NumberFormats): string =>
  `The second call read nothing${left === undefined ? '' : `, although the first one left ${formats.tokens(left)} tokens in the cache`}. Likely reasons: something before the cache point differs between the calls ` +
  '(a date, an id, a variable, the order of keys in a tool); an inference profile sent them to different Regions; or the entry had expired.';

export const readLess = (read: number, left: number, formats: NumberFormats): string =>
  `Only ${formats.tokens(read)} of the ${formats.tokens(left)} tokens that the first call left were read: a later part of the prefix differs between the calls.`;

/** `line`: what was put before the request. */
export const madeCold = (line: string): string =>
  `This call was made cold: it began with a line that no other call has, ${line}. The file was not changed.`;

export const firstTokenSooner = (now: number, before: number, formats: NumberFormats): string =>
  `First token after ${formats.duration(now)} instead of ${formats.duration(before)}: ${formats.percent((before - now) / before)} sooner.`;

/** What a pair cost. `paid`, `plain`: sums of money. */
export const pairSaved = (paid: string, plain: string): string => `Both calls together cost ${paid} instead of ${plain} without caching.`;

export const pairCost = (paid: string, plain: string, reads: boolean): string =>
  `Both calls together cost ${paid}; without caching ${plain}.${reads ? ' Each further read lowers the average.' : ''}`;

export const oldPrices = (days: number, checked: string, formats: NumberFormats): string =>
  `The prices of this model were last checked ${formats.tokens(days)} days before this run, on ${checked}: AWS may charge others by now. The setting cachepoint.models takes newer ones.`;

/** Why an answer ended, and what to do about it. */
const stopTexts: Readonly<Record<string, string>> = {
  max_tokens: 'The answer was cut at maxTokens. Raise it in the prompt for a longer one.',
  tool_use:
    'The model asks for a tool. Cachepoint shows the request and does not run tools: to go on, use Continue Conversation of Prompt, or add this call and its toolResult to the messages.',
  guardrail_intervened:
    'A guardrail intervened: the answer is the guardrail’s. With trace enabled in guardrailConfig the service says which policy it was; policies are changed in the Bedrock console.',
  content_filtered: 'The service filtered the answer. Say in other words what is asked, or leave out what a filter may take for harmful.',
  model_context_window_exceeded:
    'The prompt and the answer together filled the model’s context window. Send less, or choose a model with a larger one.',
  malformed_model_output:
    'The service could not read what the model wrote. Run again; if it stays so, a lower temperature or another model may help.',
  malformed_tool_use:
    'The model asked for a tool in a form that could not be read. Run again; if it stays so, a simpler schema of the tool may help.',
};

/** `undefined` for an end that needs no word. */
export const stopText = (stopReason: string | undefined): string | undefined =>
  stopReason !== undefined && Object.hasOwn(stopTexts, stopReason) ? stopTexts[stopReason] : undefined;
