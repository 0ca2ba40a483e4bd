import type { NumberFormats } from '../figures/numbers';
import type { Problem, ProblemData, RuleCode } from '../prompt/problems';
import type { CacheField } from '../models/types';
import type { RefusalId } from '../service/refusals';
import { describeFanOut, describeLostMarker, describeOrder, describeUsageMisread } from './codeProblems';
import { refusals, shorten, opaqueNames, contentNames, troubleNames, secretNames } from './problemNames';
import { describeRefusal } from './refusals';
import { describeBodyMarker, describeDocument, describeFault, describePairing } from './requestText';
import { describeTokens } from './tokensText';
import { describeTraffic } from './trafficText';
import { describeVolatile } from './volatileText';

const inField: { readonly [F in CacheField]: string } = {
  tools: 'among the tools',
  system: 'in the system text',
  messages: 'in the message',
};

type Describe = { readonly [C in RuleCode]: (data: ProblemData[C], formats: NumberFormats) => string };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? '' : ` Did you mean ${nearest}?`);

const sentences: Describe = {
  'syntax/front-matter': ({ detail, file }) => `${file ? 'This file' : 'The front matter'} is not valid YAML: ${detail}.`,
  'syntax/unknown-key': ({ key, nearest }) => `Nothing reads this key, so it has no effect: ${key}.${didYouMean(nearest)}`,
  'syntax/duplicate-member': ({ name }) =>
    `This is lost: the object has ${shorten(name)} twice, and only the last one counts for most readers. Some refuse it.`,
  'syntax/value': ({ key, expected }) => `The value of ${key} must be ${expected}.`,
  'syntax/marker': ({ found, reason }) => {
    switch (reason) {
      case 'case':
        return `This is sent as text, not as a cache point: the word is spelled cachePoint. Found: ${shorten(found)}.`;
      case 'dialect':
        return `This is sent as text and caches nothing. If a cache point is meant, write <!-- cachePoint --> on a line of its own. Found: ${shorten(found)}.`;
      case 'notAlone':
        return 'This is sent as text, not as a cache point: a cache point stands alone on its line.';
      case 'ttl':
        return `This lifetime does not exist, so the call fails (ValidationException): a cache point has ttl=5m or ttl=1h. Found: ${shorten(found)}.`;
      case 'attribute':
        return `A cache point has no attribute but ttl=5m or ttl=1h. Found: ${shorten(found)}.`;
    }
  },
  'syntax/inert-marker': ({ file }) => `A cache point in the included file ${file} is sent as text: only those of the prompt itself count.`,
  'syntax/fence': () => 'This code fence is never closed, so what follows is read as if it had not been opened.',
  'syntax/json': ({ detail }) => `This is not valid JSON: ${detail}.`,
  'syntax/role-order': () =>
    'This system text stands after messages but is sent before them: Bedrock reads tools, then system text, then messages.',
  'syntax/too-deep': () => 'This is nested too deeply to be read (more than 200 levels), so it is left out of the analysis.',
  'syntax/unused-ignore': ({ found, known, nearest }) =>
    found === ''
      ? 'This comment names no rule, so it silences nothing. Write the code of the rule and the reason after cachepoint-ignore.'
      : known
        ? `The next line has no problem ${found}, so this comment silences nothing. Remove it.`
        : `There is no rule ${shorten(found)}, so this comment silences nothing.${didYouMean(nearest)}`,
  'syntax/not-converse': ({ detail }) => `Converse does not take this: ${detail}.`,
  'request/include': ({ path, reason }) =>
    reason === 'untrusted'
      ? `The file ${path} is not read until this workspace is trusted, so figures say "at least" and nothing is told that rests on it.`
      : `The file ${path} is not used, because ${refusals[reason]}.`,
  'request/blank-text': ({ isSure }) =>
    isSure
      ? 'This text block is blank, so the call fails (ValidationException). Fill it or remove it.'
      : 'This text block is blank, so the call may fail: some models refuse white space alone. Fill it or remove it.',
  'request/undefined-variable': ({ name, nearest }) =>
    `The variable ${name} is not declared: a run asks for its value, and it counts as varying with each request.${didYouMean(nearest)}`,
  'request/unused-variable': ({ name }) => `Nothing in the prompt uses the variable ${name}.`,
  'request/model-refuses': ({ refusal, model, level }) => describeRefusal(refusal as RefusalId, model, level === 'error'), // made from the table's own keys
  'request/tool-pairing': ({ reason, ids }) => describePairing(reason, shorten(ids.join(', '))),
  'request/documents': ({ reason, name }) => describeDocument(reason, shorten(name.replaceAll(/\s+/g, ' '))),
  'request/output-schema': ({ reason, keyword, isSure }) => {
    const fails = isSure ? 'The call fails' : 'The call may fail';
    switch (reason) {
      case 'notJson':
        return `${fails}, because this schema is not the text of a JSON object (ValidationException).`;
      case 'open':
        return `${fails}, because each object of an output schema needs "additionalProperties": false (ValidationException).`;
      case 'keyword':
        return `${fails}, because an output schema takes no ${keyword} here (ValidationException). Say it in a description instead.`;
      case 'recursion':
        return `${fails}, because an output schema must not refer to itself (ValidationException).`;
      case 'reference':
        return `${fails}, because an output schema refers to its own $defs only (ValidationException).`;
    }
  },
  'request/roles': ({ reason, level }) => {
    switch (reason) {
      case 'empty':
        return 'There is no message, so the call fails (ValidationException). Begin one with a line "# user:".';
      case 'firstNotUser':
        return level === 'error'
          ? 'The call fails, because the first message must be from the user (ValidationException).'
          : 'The call may fail: many models ask that the first message is from the user.';
      case 'notAlternating':
        return 'The call may fail: some models ask that user and assistant take turns, and two messages of one role follow each other.';
      case 'systemFirst':
        return 'The call fails, because no model takes a system message first in messages (ValidationException). Its text belongs in system.';
      case 'noContent':
        return 'The call fails, because this message is empty (ValidationException). Fill it or remove it.';
    }
  },
  'request/model-missing': ({ api }) =>
    api !== undefined
      ? 'A body of InvokeModel names no model, so minimums, limits and prices are not known. Name one in the setting cachepoint.defaultModelId.'
      : 'No modelId is given, so minimums, limits and prices are not known. Name one here or in the setting cachepoint.defaultModelId.',
  'request/unknown-model': ({ modelId, nearest, isPossible }) =>
    isPossible
      ? `The catalog has no model ${modelId}, so minimums, limits and prices are not known.${didYouMean(nearest[0])}`
      : `The call fails, because ${shorten(modelId)} cannot be the id of a model: it takes letters, digits, hyphens, underscores, dots and colons only (ValidationException).${didYouMean(nearest[0])}`,
  'cache/below-minimum': ({ tokens, minimum, certain, model, missing, reachable }, formats) =>
    certain
      ? `This cache point does nothing: ${model} caches from ${formats.tokens(minimum)} tokens, and ${describeTokens(tokens, formats)} stand before it, ${formats.tokens(missing)} too few. Nothing is written or read, and there is no error.${reachable ? '' : ' No place in this prompt reaches that: what every call shares is too short.'}`
      : `This cache point may do nothing: ${model} caches from ${formats.tokens(minimum)} tokens, and ${describeTokens(tokens, formats)} stand before it, too close to tell.`,
  'cache/unsupported-model': ({ model, note }) =>
    `${model} refuses cache points, so the call fails (AccessDeniedException or ValidationException).${note === undefined ? '' : ` ${note}`}`,
  'cache/unsupported-field': ({ model, field, withTools }) =>
    withTools
      ? `${model} refuses a cache point in a message with tool calls or results, so the call fails (ValidationException: extraneous key [cachePoint]).`
      : `${model} takes no cache point ${inField[field]}, so the call fails (ValidationException: extraneous key [cachePoint]).`,
  'cache/too-many': ({ count, limit, model }, formats) =>
    `${model} takes at most ${formats.tokens(limit)} cache points over tools, system text and messages; this prompt has ${formats.tokens(count)}, so the call fails (ValidationException).`,
  'cache/ttl-unsupported': ({ ttl, model, supported }) =>
    `${model} has no cache lifetime of ${ttl}, so the call ${supported.includes('5m') ? 'fails' : 'may fail'} (ValidationException). It has: ${supported.join(', ')}.`,
  'cache/ttl-order': ({ earlier, later }) =>
    `A lifetime of ${later} comes after one of ${earlier}, so the call fails (ValidationException): the longer one must come first, in the order of tools, system text and messages.`,
  'cache/nothing-before': ({ field }) =>
    `Nothing stands before this cache point ${inField[field]}, so the call fails (ValidationException: there is nothing available to cache).`,
  'cache/volatile-prefix': describeVolatile,
  'cache/last-turn': ({ lost, extraUsd }, formats) => {
    const money = extraUsd === undefined || extraUsd <= 0 ? '' : `, at an extra cost of ${formats.usd(extraUsd)} a call`;
    return `This cache point comes after the last user turn, so only a request that goes on with this conversation reads what it writes. Where each request asks another question, every call writes ${describeTokens(lost, formats)} and no call reads them${money}: then put it before the question.`;
  },
  'cache/output-schema': ({ reason, what, count, lost }, formats) => {
    const way = 'Describe the form in the prompt after the last cache point instead, and check the answer in your program.';
    if (reason === 'callers')
      return `Prompts of this file share this prefix and ask for ${formats.tokens(count)} different forms of output. Each output schema has entries of its own from the system text on, so ${describeTokens(lost, formats)} are written once for each. ${way}`;
    const subject = reason === 'variable' ? `The variable ${what}` : `"${shorten(what)}"`;
    return `${subject} changes the output schema, and with another schema nothing is found from the system text on: each time ${describeTokens(lost, formats)} are written again. ${way}`;
  },
  'cache/session-prefix': ({ name, tokens }, formats) =>
    `The variable ${name} changes with each session, so what the next cache point covers, ${describeTokens(tokens, formats)}, is shared only within one session.`,
  'cache/missing': ({ tokens, minimum, model, savesUsd, savesShare, traffic, implicit }, formats) => {
    const money =
      savesUsd === undefined || savesShare === undefined
        ? ''
        : ` ${capital(describeTraffic(traffic, formats))} a cache point here would save ${formats.usd(savesUsd)} a call (${formats.percent(savesShare)} of its input).`;
    const now = implicit ? 'without a cache point they are cached on best effort only' : 'no cache point makes use of it';
    return `${capital(describeTokens(tokens, formats))} up to here are the same in each call and reach the ${formats.tokens(minimum)} that ${model} needs, but ${now}.${money}`;
  },
  'cache/redundant': () =>
    'This cache point adds nothing: nothing stands between it and the one before it. Remove it, as a request may hold only a few.',
  'cache/after-reasoning': () =>
    'A cache point must not follow a reasoning block, so the call fails (ValidationException). Before the reasoning it is accepted.',
  'cache/after-document': ({ model, format }) =>
    `${model} refuses a cache point straight after a document that is not a PDF, so the call fails (ValidationException: Field required). Here the format is ${format === '' ? 'not given' : format}. Put a text block between them.`,
  'cache/latency-optimized': ({ model, count }) =>
    `${model} takes latency-optimized inference or cache points, not both, so the call fails (ValidationException). This prompt has ${count === 1 ? 'a cache point' : `${count} cache points`}.`,
  'cache/dialect': ({ found, reason, api }) =>
    api !== undefined
      ? describeBodyMarker(found, reason, api)
      : reason === 'place'
        ? 'This is not a cache point: in Converse it is a block of its own, { "cachePoint": { "type": "default" } }, right after what it closes. Here boto3 refuses the call, and the SDK for JavaScript drops or sends it in vain.'
        : `This is not a cache point: Converse writes one as a block of its own, { "cachePoint": { "type": "default" } }. boto3 refuses ${shorten(found)}, and the SDK for JavaScript leaves it out without a word.`,
  'cache/in-tool-result': () =>
    'The content of a tool result takes no cache point, so the call fails (ValidationException). Put it after the tool result, as a block of its own.',
  'cache/never-pays': ({ traffic, hitRate, extraUsdPerCall, extraShare, hourPays }, formats) =>
    `Caching costs more than it saves here: ${describeTraffic(traffic, formats)} about ${formats.percent(hitRate)} of the calls find the prefix still cached, and a call costs ${formats.usd(extraUsdPerCall)} more than without cache points (${formats.percent(extraShare)} of its input).${hourPays ? ' With ttl=1h it pays.' : ''}`,
  'cache/ttl-choice': ({ better, traffic, savesUsdPerCall, savesShare }, formats) =>
    `A lifetime of ${better} would be cheaper: ${describeTraffic(traffic, formats)} it saves ${formats.usd(savesUsdPerCall)} a call on average (${formats.percent(savesShare)} of what its input costs as written).`,
  'cache/look-back': ({ blocks, limit, tokens }, formats) =>
    `This cache point will not find what the previous call wrote, so ${describeTokens(tokens, formats)} are written again instead of read: ${formats.tokens(blocks)} blocks have come since, and Bedrock looks back over fewer than ${formats.tokens(limit)}. Insert a second cache point in between.`,
  'cache/over-maximum': ({ tokens, maximum, model }, formats) =>
    `This cache point may do nothing: ${model} is said to cache at most ${formats.tokens(maximum)} tokens, and ${describeTokens(tokens, formats)} stand before it. Older texts of AWS state the limit, newer ones do not.`,
  'cache/not-on-demand': ({ count, why }) =>
    why === 'batch'
      ? `${count === 1 ? 'The cache point does' : `The ${count} cache points do`} nothing in a batch job: Bedrock caches on-demand calls only. The record costs the same without ${count === 1 ? 'it' : 'them'}.`
      : `${count === 1 ? 'The cache point does' : `The ${count} cache points do`} nothing here: Bedrock caches on-demand calls only, not Provisioned Throughput.`,
  'cache/router': ({ count, mappedTo }) =>
    `This prompt router may choose another model for each call, and a cache belongs to one model: then ${count === 1 ? 'the prefix is' : `the prefixes of the ${count} cache points are`} written again instead of read. ${mappedTo === undefined ? 'Name one model to be sure of the cache.' : `Name one model, such as ${mappedTo}, to be sure of the cache.`}`,
  'cache/spent-early': ({ limit, tokens }, formats) =>
    `All ${formats.tokens(limit)} cache points stand in earlier turns, so ${describeTokens(tokens, formats)} that have come since are paid in full with each call. Move the one after this turn to the newest turn: what it covers is found by the cache points after it.`,
  'cache/govcloud': ({ count }) =>
    `In GovCloud ${count === 1 ? 'this cache point' : `these ${count} cache points`} may save nothing: calls with cache points were accepted there, and repeated prompts read nothing from the cache. Try it with your model before you count on savings.`,
  'cache/cross-region': ({ prefix, savedUsdPerHour }, formats) =>
    `Under load more calls may write the prefix instead of reading it: the ${prefix} profile can send calls to different Regions, and AWS does not say that these share a cache. The cache saves about ${formats.usd(savedUsdPerHour)} an hour here. This model can also be called in one Region.`,
  'cache/opaque-profile': ({ resource, mappedTo }) =>
    mappedTo === undefined
      ? `${opaqueNames[resource]} hides its model, so minimums, limits and prices are not known. Name the model in the setting cachepoint.profileModels.`
      : `${opaqueNames[resource]} is mapped to ${mappedTo}, which the catalog does not know, so minimums, limits and prices are not known. Correct the setting cachepoint.profileModels.`,
  'cache/unstable-bytes': ({ what, count, tokens }, formats) =>
    what === 'unordered' || what === 'unsorted'
      ? describeOrder(what, describeTokens(tokens, formats))
      : `${troubleNames[what]} stands before a cache point: once a tool saves the file without it, the prefix is another one and ${describeTokens(tokens, formats)} are written again.${count > 1 ? ` There are ${formats.tokens(count)} such places.` : ''}`,
  'code/lost-marker': describeLostMarker,
  'code/usage-misread': describeUsageMisread,
  'code/cold-fan-out': ({ call, tokens }, formats) => describeFanOut(call, describeTokens(tokens, formats)),
  'cache/shared-secret': ({ what }) =>
    `This looks like ${secretNames[what]} in a prefix that every call shares: it is sent each time and can show up in any answer. Take it out, or put it after the last shared cache point.`,
  'request/inference-profile': ({ model, isSure }) =>
    !isSure
      ? `${model} is called by its bare id in few Regions, and the call fails in the others (ValidationException). Put the prefix of a profile before it, such as us. or global.`
      : `${model} is reached through an inference profile only, so the call with its bare id fails (ValidationException). Put the prefix of a profile before it, such as us. or global.`,
  'request/retired-model': ({ model, endOfLife, retired }) =>
    retired
      ? `${model} reached its end of life${endOfLife === undefined ? '' : ` on ${endOfLife}`}, so the call fails (ResourceNotFoundException). Change to a newer model.`
      : `${model} reaches its end of life on ${endOfLife ?? 'a date to come'}; from then on calls fail (ResourceNotFoundException). Change to a newer model before.`,
  'request/context-window': ({ tokens, maxTokens, window, model, certain, largest }, formats) => {
    const answer = maxTokens === undefined ? '' : ` and an answer of up to ${formats.tokens(maxTokens)}`;
    const size = `${describeTokens(tokens, formats)} of input${answer}, and the context window of ${model} is ${formats.tokens(window)}`;
    const cut = ` The longest block begins here, with ${describeTokens(largest, formats)}.`;
    return `${certain ? 'This is too long, so the call fails (ValidationException)' : 'This may be too long'}: ${size}.${cut}`;
  },
  'request/modality': ({ model, what }) =>
    what === 's3Location'
      ? `${model} does not read files from S3, so the call fails (ValidationException). Refer to a local file, which is sent as bytes.`
      : `${model} takes no ${contentNames[what]}, so the call fails (ValidationException).`,
  'request/unknown-field': ({ path, fault, nearest, api }, formats) => `${describeFault(path, fault, formats, api)}${didYouMean(nearest)}`,
};

/** What a problem means for a person: the effect in tokens and money, and what to do. */
export const describeProblem = <C extends RuleCode>(problem: Problem<C>, formats: NumberFormats): string => {
  const describe = sentences[problem.code] as (data: ProblemData[RuleCode], formats: NumberFormats) => string; // code and data belong together in `Problem`
  return describe(problem.data, formats);
};
