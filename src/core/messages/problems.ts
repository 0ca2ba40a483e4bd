import type { VolatileKind } from '../cache/volatile';
import type { FileRefusal } from '../files';
import type { NumberFormats } from '../numbers';
import type { ByteTrouble, FieldFault, Problem, ProblemData, RuleCode, SecretKind } from '../problems';
import type { OpaqueResource } from '../models/resolve';
import type { CacheField, ContentKind } from '../models/types';
import type { TokenEstimate } from '../tokens/types';

const fieldNames: { readonly [F in CacheField]: string } = { tools: 'the tools', system: 'the system text', messages: 'the messages' };

/** "about 2,310 tokens (2,170 – 2,450)", or one figure where the service counted. */
export const describeTokens = (tokens: TokenEstimate, formats: NumberFormats): string =>
  tokens.basis === 'counted' || tokens.low === tokens.high
    ? `${formats.tokens(tokens.likely)} tokens`
    : `about ${formats.tokens(tokens.likely)} tokens (${formats.tokenBand(tokens.low, tokens.high)})`;

const refusals: { readonly [R in FileRefusal | 'cyclic' | 'tooDeep']: string } = {
  missing: 'the file does not exist',
  outside: 'the file lies outside the workspace folder, and a prompt may only include files inside it',
  tooLarge: 'the text is larger than 5 MB',
  untrusted: 'this workspace is not trusted yet, and includes wait until it is',
  unreadable: 'the file cannot be read as text of this kind',
  cyclic: 'the file includes itself, directly or through another file',
  tooDeep: 'includes are nested more than 8 deep',
};

const volatileNames: { readonly [K in Exclude<VolatileKind, 'variable'>]: string } = {
  date: "This looks like today's date",
  time: 'This looks like the time of now',
  uuid: 'This looks like an id made for one request',
  epoch: 'This looks like the time of now',
  hexId: 'This looks like an id made for one request',
  requestId: 'This looks like an id made for one request',
  clock: 'This reads the clock',
};

const opaqueNames: { readonly [R in OpaqueResource]: string } = {
  applicationProfile: 'This application inference profile',
  provisioned: 'This provisioned model',
  prompt: 'This managed prompt',
  promptRouter: 'This prompt router',
  customModel: 'This custom model',
  importedModel: 'This imported model',
  endpoint: 'This endpoint',
  other: 'This ARN',
};

const contentNames: { readonly [K in ContentKind]: string } = { image: 'images', document: 'documents', video: 'video' };

const troubleNames: { readonly [T in ByteTrouble]: string } = {
  trailingSpace: 'White space at the end of a line, which many editors cut off on saving,',
  carriageReturn: 'A carriage return, which other machines write as a plain line break,',
  notComposed: 'A letter with a combining mark, which other systems write as one character,',
  byteOrderMark: 'An invisible byte order mark',
};

const secretNames: { readonly [K in SecretKind]: string } = {
  awsKey: 'an AWS access key',
  apiKey: 'an API key',
  privateKey: 'a private key',
  token: 'an access token',
  password: 'a password',
  cardNumber: 'a payment card number',
};

const describeFault = (path: string, fault: FieldFault, formats: NumberFormats): string => {
  switch (fault.kind) {
    case 'unknown':
      return `Converse knows no such member, so it is left out of the call: ${path}.`;
    case 'type':
      return `The call fails, because ${path} must be ${fault.expected}.`;
    case 'value':
      return `The call fails, because ${path} must be ${fault.expected.length === 1 ? '' : 'one of '}${fault.expected.join(', ')}.`;
    case 'range':
      return fault.most === Infinity
        ? `The call fails, because ${path} must be at least ${formats.tokens(fault.least)}.`
        : `The call fails, because ${path} must lie between ${formats.tokens(fault.least)} and ${formats.tokens(fault.most)}.`;
  }
};

const calls = (perHour: number, formats: NumberFormats): string =>
  perHour < 1 ? 'less than one call an hour' : perHour === 1 ? 'one call an hour' : `${formats.tokens(perHour)} calls an hour`;

type Describe = { readonly [C in RuleCode]: (data: ProblemData[C], formats: NumberFormats) => string };

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? '' : ` Did you mean ${nearest}?`);

const sentences: Describe = {
  'syntax/front-matter': ({ detail }) => `The front matter is not valid YAML: ${detail}.`,
  'syntax/unknown-key': ({ key, nearest }) => `Nothing reads this key, so it has no effect: ${key}.${didYouMean(nearest)}`,
  'syntax/value': ({ key, expected }) => `The value of ${key} must be ${expected}.`,
  'syntax/marker': ({ found, reason }) => {
    switch (reason) {
      case 'case':
        return `This is sent as text, not as a cache point: the word is spelled cachePoint. Found: ${shorten(found)}`;
      case 'notAlone':
        return `This is sent as text, not as a cache point: a cache point stands alone on its line.`;
      case 'ttl':
        return `This lifetime does not exist, so the call fails (ValidationException): a cache point has ttl=5m or ttl=1h. Found: ${shorten(found)}`;
      case 'attribute':
        return `A cache point has no attribute but ttl=5m or ttl=1h. Found: ${shorten(found)}`;
    }
  },
  'syntax/inert-marker': ({ file }) =>
    `The included file holds a cache point, which is sent as text: only markers of this file count. File: ${file}`,
  'syntax/fence': () => 'This code fence is never closed; what follows is read as if it did not begin here.',
  'syntax/json': ({ detail }) => `This is not valid JSON: ${detail}.`,
  'syntax/role-order': () =>
    'This system text stands after messages but is sent before them: Bedrock reads tools, system, messages in that order.',
  'syntax/too-deep': () => 'This is nested too deeply to be read (more than 200 levels), so it is left out of the analysis.',
  'syntax/not-converse': ({ detail }) => `Converse does not take this: ${detail}.`,
  'request/include': ({ path, reason }) => `This file is not used, because ${refusals[reason]}: ${path}`,
  'request/blank-text': () => 'Bedrock refuses a text block without a visible character (ValidationException).',
  'request/undefined-variable': ({ name, nearest }) =>
    `The variable ${name} is not declared in the front matter: a run asks for its value, and it counts as varying with each request.${didYouMean(nearest)}`,
  'request/unused-variable': ({ name }) => `Nothing in the prompt uses the variable ${name}.`,
  'request/roles': ({ reason }) => {
    switch (reason) {
      case 'empty':
        return 'There is no message: Converse needs at least one user message. Begin one with a line "# user:".';
      case 'firstNotUser':
        return 'The first message must be from the user (ValidationException).';
      case 'notAlternating':
        return 'Two messages of one role follow each other; Converse wants user and assistant to take turns (ValidationException).';
      case 'noContent':
        return 'This message is empty, and Bedrock refuses a message without content (ValidationException).';
    }
  },
  'request/model-missing': () =>
    'No modelId is given, so minimums, limits and prices are not known. Name one here or in the setting cachepoint.defaultModelId.',
  'request/unknown-model': ({ modelId, nearest }) =>
    `The catalog does not know this model, so minimums, limits and prices are left out: ${modelId}.${didYouMean(nearest[0])}`,
  'cache/below-minimum': ({ tokens, minimum, certain, model, missing }, formats) =>
    certain
      ? `This cache point does nothing: ${model} caches from ${formats.tokens(minimum)} tokens, and ${describeTokens(tokens, formats)} stand before it, ${formats.tokens(missing)} too few. Nothing is written or read, and there is no error.`
      : `This cache point may do nothing: ${model} caches from ${formats.tokens(minimum)} tokens, and ${describeTokens(tokens, formats)} stand before it, too close to tell.`,
  'cache/unsupported-model': ({ model, note }) =>
    `${model} refuses cache points, so the call fails (AccessDeniedException or ValidationException).${note === undefined ? '' : ` ${note}`}`,
  'cache/unsupported-field': ({ model, field, withTools }) =>
    withTools
      ? `${model} refuses a cache point in a message with tool calls or results, so the call fails (ValidationException: extraneous key [cachePoint]).`
      : `${model} takes no cache point in ${fieldNames[field]}, so the call fails (ValidationException: extraneous key [cachePoint]).`,
  'cache/too-many': ({ count, limit, model }, formats) =>
    `${model} takes at most ${formats.tokens(limit)} cache points over tools, system and messages; this prompt has ${formats.tokens(count)}, so the call fails (ValidationException).`,
  'cache/ttl-unsupported': ({ ttl, model, supported }) =>
    `${model} has no cache lifetime of ${ttl}, so the call fails (ValidationException). It has: ${supported.join(', ')}.`,
  'cache/ttl-order': ({ earlier, later }) =>
    `A lifetime of ${later} comes after one of ${earlier}, so the call fails (ValidationException): the longer must come first in the order tools, system, messages.`,
  'cache/nothing-before': ({ field }) =>
    `Nothing stands before this cache point in ${fieldNames[field]}, so the call fails (ValidationException: there is nothing available to cache).`,
  'cache/volatile-prefix': ({ what, text, lost, extraUsdPerCall, checkpoints }, formats) => {
    const subject = what === 'variable' ? `The variable ${text} changes with each request` : `${volatileNames[what]} (${shorten(text)})`;
    const points = checkpoints.length === 1 ? `cache point ${checkpoints[0] ?? 1}` : `cache points ${checkpoints.join(', ')}`;
    const money =
      extraUsdPerCall === undefined || extraUsdPerCall <= 0 ? '' : `, at an extra cost of ${formats.usd(extraUsdPerCall)} a call`;
    const remedy =
      what === 'variable' ? 'Move it behind, or declare that it does not vary.' : 'Move it behind, or make it a variable there.';
    return `${subject} and stands before ${points}: every call writes ${describeTokens(lost, formats)} and no call reads them${money}. ${remedy}`;
  },
  'cache/session-prefix': ({ name, tokens }, formats) =>
    `The variable ${name} changes with each session, so what the next cache point covers, ${describeTokens(tokens, formats)}, is shared only within one session.`,
  'cache/missing': ({ tokens, minimum, model, savesUsd, savesShare, callsPerHour, implicit }, formats) => {
    const money =
      savesUsd === undefined || savesShare === undefined
        ? ''
        : ` At ${calls(callsPerHour, formats)} a cache point here would save ${formats.usd(savesUsd)} a call (${formats.percent(savesShare)} of the input).`;
    const now = implicit ? 'without a cache point they are cached on best effort only' : 'no cache point makes use of it';
    return `${capital(describeTokens(tokens, formats))} up to here are the same in each call and reach the ${formats.tokens(minimum)} that ${model} needs, but ${now}.${money}`;
  },
  'cache/redundant': () => 'Nothing stands between this cache point and the one before it: it uses up one of the few and adds nothing.',
  'cache/after-reasoning': () =>
    'A cache point cannot follow a reasoning block, so the call fails (ValidationException). Before the reasoning it is accepted.',
  'cache/after-document': ({ model, format }) =>
    `${model} refuses a cache point straight after a document that is not a PDF, so the call fails (ValidationException: Field required). A text block between them helps. Format: ${format === '' ? 'not given' : format}`,
  'cache/latency-optimized': ({ model, count }) =>
    `${model} takes optimized latency or cache points, not both, so the call fails (ValidationException). This prompt has ${count === 1 ? 'a cache point' : `${count} cache points`}.`,
  'cache/in-tool-result': () =>
    'The content of a tool result has no cache points, so the call fails (ValidationException). Behind the tool result, as a block of its own, it is accepted.',
  'cache/never-pays': ({ callsPerHour, hitRate, extraUsdPerCall, extraShare, hourPays }, formats) =>
    `Caching costs more than it saves here: at ${calls(callsPerHour, formats)} about ${formats.percent(hitRate)} of the calls find the prefix still cached, and a call costs ${formats.usd(extraUsdPerCall)} more than without cache points (${formats.percent(extraShare)} of the input).${hourPays ? ' With ttl=1h it pays.' : ''}`,
  'cache/ttl-choice': ({ better, callsPerHour, savesUsdPerCall, savesShare }, formats) =>
    `A lifetime of ${better} would be cheaper: at ${calls(callsPerHour, formats)} it saves ${formats.usd(savesUsdPerCall)} a call on average (${formats.percent(savesShare)} of the input's cost).`,
  'cache/look-back': ({ blocks, limit, tokens }, formats) =>
    `This cache point will not find what the call before wrote: ${formats.tokens(blocks)} blocks have come since, and Bedrock looks back over fewer than ${formats.tokens(limit)}. ${capital(describeTokens(tokens, formats))} are written again instead of read. A second cache point in between helps.`,
  'cache/over-maximum': ({ tokens, maximum, model }, formats) =>
    `This cache point may do nothing: ${model} is said to cache at most ${formats.tokens(maximum)} tokens, and ${describeTokens(tokens, formats)} stand before it. Older texts of AWS state the limit, newer ones do not.`,
  'cache/not-on-demand': ({ count }) =>
    `${count === 1 ? 'The cache point does' : `The ${count} cache points do`} nothing here: Bedrock caches prompts on demand only, not with Provisioned Throughput, which is paid by the hour.`,
  'cache/router': ({ count, mappedTo }) =>
    `A cache belongs to one model, and a prompt router may choose another for each call: then ${count === 1 ? 'the cache point is' : `the ${count} cache points are`} written anew instead of read. ${mappedTo === undefined ? 'Name one model to be sure of the cache.' : `Name one model, as ${mappedTo}, to be sure of the cache.`}`,
  'cache/cross-region': ({ prefix, savedUsdPerHour }, formats) =>
    `Calls through the profile ${prefix} may be served in different Regions, and no cache is shared between them, so that under load more calls write instead of read. The cache saves about ${formats.usd(savedUsdPerHour)} an hour here, and this model can also be called in one Region.`,
  'cache/opaque-profile': ({ resource, mappedTo }) =>
    mappedTo === undefined
      ? `${opaqueNames[resource]} hides its model, so minimums, limits and prices are not known. Name the model in the setting cachepoint.profileModels.`
      : `${opaqueNames[resource]} is mapped by the setting cachepoint.profileModels to a model that the catalog does not know: ${mappedTo}`,
  'cache/unstable-bytes': ({ what, count, tokens }, formats) =>
    `${troubleNames[what]} stands before a cache point: a version without it is another prefix, and ${describeTokens(tokens, formats)} are written anew.${count > 1 ? ` There are ${formats.tokens(count)} such places.` : ''}`,
  'cache/shared-secret': ({ what }) =>
    `This looks like ${secretNames[what]}, in a prefix that is the same for everybody: it is sent with each call and can show up in any answer. Take it out, or put it behind the last shared cache point.`,
  'request/inference-profile': ({ model, modelId }) =>
    `${model} is reached through an inference profile only, so the call with its bare id fails (ValidationException). Put the geography before it, as us.${modelId}`,
  'request/retired-model': ({ model, endOfLife, retired }) =>
    retired
      ? `${model} has reached its end of life${endOfLife === undefined ? '' : ` on ${endOfLife}`}, so the call fails (ResourceNotFoundException).`
      : `${model} reaches its end of life on ${endOfLife ?? 'a date to come'}; from then on calls fail (ResourceNotFoundException).`,
  'request/context-window': ({ tokens, maxTokens, window, model, certain, largest }, formats) => {
    const answer = maxTokens === undefined ? '' : ` and an answer of up to ${formats.tokens(maxTokens)}`;
    const size = `${describeTokens(tokens, formats)} of input${answer}, and ${model} holds ${formats.tokens(window)}`;
    const cut = ` The longest block, with ${describeTokens(largest, formats)}, begins here.`;
    return `${certain ? 'This is too long, so the call fails (ValidationException)' : 'This may be too long'}: ${size}.${cut}`;
  },
  'request/modality': ({ model, what }) =>
    what === 's3Location'
      ? `${model} does not read files from S3, so the call fails (ValidationException). Refer to a local file, which is sent as bytes.`
      : `${model} takes no ${contentNames[what]}, so the call fails (ValidationException).`,
  'request/unknown-field': ({ path, fault, nearest }, formats) => `${describeFault(path, fault, formats)}${didYouMean(nearest)}`,
};

/** What a problem means for a person: the effect in tokens and money, and what to do. */
export const describeProblem = <C extends RuleCode>(problem: Problem<C>, formats: NumberFormats): string => {
  const describe = sentences[problem.code] as (data: ProblemData[RuleCode], formats: NumberFormats) => string; // code and data belong together in `Problem`
  return describe(problem.data, formats);
};
