import type { Json, JsonObject } from '../core/text/json';
import { cuedTool, simulatedMark } from './answer';
import { isObject, listOf, objectOf, objectsOf, stringOf } from './json';
import type { SentRequest } from './request';
import { lastUserText } from './request';

/** What an answer has besides text, reasoning and tool calls, in Converse's form. */
export interface AnswerExtras {
  /** A call of a tool that the service itself runs, and its result in the same message. */
  readonly systemTool: { readonly toolUse: JsonObject; readonly toolResult: JsonObject } | undefined;
  /** One for each source that asks to be cited. */
  readonly citations: readonly JsonObject[];
  /** Did the guardrail stop the answer? */
  readonly isStopped: boolean;
  /** `trace.guardrail`, where it was asked for. */
  readonly guardrail: JsonObject | undefined;
  /** What additionalModelResponseFieldPaths asks for. */
  readonly fields: JsonObject | undefined;
  readonly serviceTier: JsonObject | undefined;
  readonly performanceConfig: JsonObject | undefined;
}

const firstOf = (text: string): string => /^[^]*?(?:[.!?](?=\s|$)|$)/.exec(text)?.[0].slice(0, 200) ?? '';

const asksForCitation = (block: JsonObject): boolean => objectOf(block['citations'])['enabled'] === true;

/** The text of a source that can be read without opening a file. */
const textOf = (source: JsonObject): string =>
  stringOf(source['text']) ??
  objectsOf(source['content'])
    .flatMap((part) => stringOf(part['text']) ?? [])
    .join(' ');

const citationOf = (block: JsonObject, index: { document: number; result: number }): JsonObject | undefined => {
  const { document, searchResult } = block;
  if (isObject(document) && asksForCitation(document)) {
    const cited = firstOf(textOf(objectOf(document['source'])));
    const location = { documentChar: { documentIndex: index.document, start: 0, end: cited.length } };
    return { title: document['name'] ?? '', sourceContent: [{ text: cited }], location };
  }
  if (!isObject(searchResult) || !asksForCitation(searchResult)) return undefined;
  const cited = firstOf(objectsOf(searchResult['content']).flatMap((part) => stringOf(part['text']) ?? [])[0] ?? '');
  const { source = '', title = '' } = searchResult;
  return {
    title,
    source,
    sourceContent: [{ text: cited }],
    location: { searchResultLocation: { searchResultIndex: index.result, start: 0, end: 1 } },
  };
};

const citationsOf = ({ blocks }: SentRequest): readonly JsonObject[] => {
  const index = { document: 0, result: 0 };
  return blocks.flatMap(({ value }) => {
    const block = objectOf(value);
    const made = citationOf(block, index);
    if (block['document'] !== undefined) index.document += 1;
    if (block['searchResult'] !== undefined) index.result += 1;
    return made === undefined ? [] : [made];
  });
};

/** A tool of the service (`systemTool`), where the last user text calls it: its result stands in the same message, and the answer goes on. */
const systemToolOf = (request: SentRequest, newId: () => string): AnswerExtras['systemTool'] => {
  const name = cuedTool(request);
  const offered = objectsOf(objectOf(request.converse['toolConfig'])['tools']).map((tool) => objectOf(tool['systemTool'])['name']);
  if (name === undefined || !offered.includes(name)) return undefined;
  const toolUseId = `tooluse_${newId()}`;
  const text = `${simulatedMark} no tool was run; this stands where the result of ${name} would be.`;
  return {
    toolUse: { toolUseId, name, input: {}, type: 'server_tool_use' },
    toolResult: { toolUseId, status: 'success', content: [{ text }] },
  };
};

const cue = /\btrip the guardrail\b/;

/** What the guardrail found: a denied topic where the last user text asks for it, nothing otherwise. */
const guardrailTrace = (config: JsonObject, isStopped: boolean): JsonObject | undefined => {
  if (config['trace'] !== 'enabled' && config['trace'] !== 'enabled_full') return undefined;
  const topics = isStopped ? [{ name: 'Simulated topic', type: 'DENY', action: 'BLOCKED', detected: true }] : [];
  const id = stringOf(config['guardrailIdentifier']) ?? '';
  return {
    inputAssessment: { [id]: { topicPolicy: { topics } } },
    ...(isStopped ? { actionReason: 'Guardrail blocked. Simulated by the Cachepoint emulator.' } : {}),
  };
};

/** The extras of an answer; the guardrail is tripped by the cue `trip the guardrail` in the last user text. `stopSequence`: the one that was met. */
export const extrasOf = (request: SentRequest, stopSequence: string | undefined, newId: () => string): AnswerExtras => {
  const { guardrailConfig, serviceTier, performanceConfig, additionalModelResponseFieldPaths: paths } = request.converse;
  const isStopped = guardrailConfig !== undefined && cue.test(lastUserText(request));
  const named = listOf(paths).some((path: Json) => path === '/stop_sequence');
  return {
    systemTool: isStopped ? undefined : systemToolOf(request, newId),
    citations: isStopped ? [] : citationsOf(request),
    isStopped,
    guardrail: isObject(guardrailConfig) ? guardrailTrace(guardrailConfig, isStopped) : undefined,
    fields: named ? { stop_sequence: stopSequence ?? null } : undefined,
    serviceTier: isObject(serviceTier) ? serviceTier : undefined,
    performanceConfig: isObject(performanceConfig) ? performanceConfig : undefined,
  };
};
