import type { Json, JsonObject } from '../core/text/json';
import type { ModelEntry } from '../core/models/types';
import type { CacheOutcome } from './cachePlan';
import { listOf, numberOf, objectOf, objectsOf, stringOf } from './json';
import type { SentRequest } from './request';
import { lastUserText, toolNames } from './request';
import { sampleJson } from './sampleJson';
import { countText } from './tokens';

/** Why an answer ends, in Converse's words. */
export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'guardrail_intervened'
  | 'content_filtered'
  | 'model_context_window_exceeded'
  | 'malformed_model_output'
  | 'malformed_tool_use';

/** A tool call in an answer. */
export interface ToolCall {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: JsonObject;
}

/** An answer before it is put into the words of an API. */
export interface Answer {
  readonly reasoning: string | undefined;
  readonly text: string;
  readonly toolCall: ToolCall | undefined;
  readonly stopReason: StopReason;
  /** The stop sequence that was met, which is not part of the text. */
  readonly stopSequence: string | undefined;
  readonly outputTokens: number;
}

/** Every answer starts with these words, so that none is taken for a model's. */
export const simulatedMark = 'Simulated by the Cachepoint emulator:';

const count = (figure: number, noun: string): string => `${figure.toLocaleString('en-US')} ${noun}${figure === 1 ? '' : 's'}`;

const describeBlocks = ({ blocks, markers }: SentRequest): string => {
  const inField = (field: string): number => blocks.filter(({ place }) => place.field === field).length;
  const parts = (['tools', 'system', 'messages'] as const).map((field) => `${inField(field)} in ${field}`);
  return `${count(blocks.length, 'block')} (${parts.join(', ')}) and ${count(markers.length, 'cache point')}`;
};

const describeCache = ({ reported, read, written, input, writes }: CacheOutcome): string => {
  if (!reported) return `${count(input, 'input token')} by estimate; this model takes no cache points.`;
  const lifetimes = writes.map(({ ttl }) => ttl).join(' and ');
  const wrote = written > 0 ? `wrote ${count(written, 'token')} for ${lifetimes}` : 'wrote nothing';
  return `The cache read ${count(read, 'token')} and ${wrote}; ${count(input, 'token')} passed outside it. All figures are estimates.`;
};

const excerpt = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return [...line].length > 80 ? `${[...line].slice(0, 80).join('')}…` : line;
};

const summarise = (request: SentRequest, entry: ModelEntry, cache: CacheOutcome): string => {
  const asked = excerpt(lastUserText(request));
  const ending = asked === '' ? '' : ` The last user text was: "${asked}"`;
  return `No model was called. ${entry.name} would have received ${describeBlocks(request)}. ${describeCache(cache)}${ending}`;
};

const cuePattern = /call tool ([a-zA-Z0-9_-]{1,64})/;

/** The tool that the last user text asks for with `call tool NAME`. */
export const cuedTool = (request: SentRequest): string | undefined => cuePattern.exec(lastUserText(request))?.[1];

/** The tool to call: the one named by the cue `call tool NAME`, else the one that toolChoice forces. */
const chosenTool = (request: SentRequest): string | undefined => {
  const names = toolNames(request);
  const cued = cuedTool(request);
  if (cued !== undefined && names.includes(cued)) return cued;
  const choice = objectOf(objectOf(request.converse['toolConfig'])['toolChoice']);
  return stringOf(objectOf(choice['tool'])['name']) ?? (choice['any'] === undefined ? undefined : names[0]);
};

const callTool = (request: SentRequest, name: string, newId: () => string): ToolCall => {
  const tools = objectsOf(objectOf(request.converse['toolConfig'])['tools']).map((tool) => objectOf(tool['toolSpec']));
  const schema = objectOf(objectOf(tools.find((tool) => tool['name'] === name))['inputSchema'])['json'];
  return { toolUseId: `tooluse_${newId()}`, name, input: objectOf(sampleJson(schema)) };
};

const thinks = (request: SentRequest): boolean => {
  const fields = objectOf(request.converse['additionalModelRequestFields']);
  const types: readonly (Json | undefined)[] = [objectOf(fields['thinking'])['type'], objectOf(fields['reasoningConfig'])['type']];
  return types.some((type) => type === 'enabled' || type === 'adaptive');
};

/** The text in pieces of a word with its leading space; joined they are the text. */
export const splitWords = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? [];

/** The longest run of pieces within a number of tokens. */
const runWithin = (pieces: readonly string[], limit: number, entry: ModelEntry): string => {
  let [fits, tooMany] = [0, pieces.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (countText(pieces.slice(0, middle).join(''), entry) <= limit) fits = middle;
    else tooMany = middle;
  }
  return pieces.slice(0, fits).join('');
};

/** As many whole words as the tokens allow; where they allow none, as much of the first as they do, but something. */
const cutToTokens = (text: string, limit: number, entry: ModelEntry): string => {
  if (countText(text, entry) <= limit) return text;
  const words = splitWords(text);
  const characters = [...(words[0] ?? '')];
  return runWithin(words, limit, entry) || runWithin(characters, limit, entry) || (characters[0] ?? '');
};

const firstStop = (text: string, sequences: readonly string[]): { readonly at: number; readonly sequence: string } | undefined => {
  const found = sequences
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }))
    .filter(({ at, sequence }) => at >= 0 && sequence !== '');
  return found.toSorted((a, b) => a.at - b.at)[0];
};

const structuredText = (request: SentRequest): string | undefined => {
  const format = objectOf(objectOf(objectOf(request.converse['outputConfig'])['textFormat'])['structure'])['jsonSchema'];
  const schema = stringOf(objectOf(format)['schema']);
  return schema === undefined ? undefined : JSON.stringify(sampleJson(schema));
};

/** Composes the answer to a request: an honest summary, within maxTokens and stop sequences, or a tool call where one is asked for. */
export const composeAnswer = (
  request: SentRequest,
  entry: ModelEntry,
  cache: CacheOutcome,
  newId: () => string,
  scripted?: string,
): Answer => {
  const inference = objectOf(request.converse['inferenceConfig']);
  const limit = numberOf(inference['maxTokens']) ?? entry.maxOutputTokens;
  const sequences = listOf(inference['stopSequences']).flatMap((sequence) => stringOf(sequence) ?? []);
  const whole = structuredText(request) ?? `${simulatedMark} ${scripted ?? summarise(request, entry, cache)}`;
  const stop = firstStop(whole, sequences);
  const stopped = stop === undefined ? whole : whole.slice(0, stop.at);
  const text = cutToTokens(stopped, limit, entry);
  const tool = text === stopped && stop === undefined ? chosenTool(request) : undefined;
  const toolCall = tool === undefined ? undefined : callTool(request, tool, newId);
  const reasoning = thinks(request) ? `${simulatedMark} no model reasoned here; this stands where its reasoning would be.` : undefined;
  const ended: StopReason = stop === undefined ? (toolCall === undefined ? 'end_turn' : 'tool_use') : 'stop_sequence';
  return {
    reasoning,
    text,
    toolCall,
    stopReason: text === stopped ? ended : 'max_tokens',
    stopSequence: text === stopped ? stop?.sequence : undefined,
    outputTokens: countText(`${reasoning ?? ''}${text}${toolCall === undefined ? '' : JSON.stringify(toolCall.input)}`, entry),
  };
};

/** What a guardrail puts in the place of an answer. */
export const stoppedAnswer = (answer: Answer): Answer => ({
  ...answer,
  reasoning: undefined,
  text: `${simulatedMark} the guardrail would say here what it was told to say in the place of an answer.`,
  toolCall: undefined,
  stopReason: 'guardrail_intervened',
  stopSequence: undefined,
});
