import { wireCall } from '../formats/wireCall';
import { isInDoubt, segmentsOf, type Block, type Prompt, type RequestApi } from '../prompt/model';
import { buildRequest, wireOrder } from '../request/build';
import { withGapTexts } from '../request/gapTexts';
import type { Values } from '../request/values';
import { isRecord, type Json, type JsonObject } from '../text/json';
import { createMarks, type Marks } from './marks';
import type { ConvertOptions, Losses, Refusal } from './types';

/** A prompt on its way to a target: the request that it makes, with marks where values are missing. */
export interface Draft extends Losses {
  readonly prompt: Prompt;
  readonly options: ConvertOptions;
  readonly marks: Marks;
  /** Which request the prompt is. */
  readonly api: RequestApi;
  /** The Converse request that it is or that says the same, without its model. */
  readonly request: JsonObject;
  /** For a body of InvokeModel that is written as one: all its members. */
  readonly body: JsonObject | undefined;
}

const blocksOf = (prompt: Prompt): readonly Block[] => wireOrder(prompt).map(({ block }) => block);

/** What keeps a prompt from being converted to anything. */
const hindrance = (prompt: Prompt, whole: Prompt | undefined): Refusal | undefined => {
  if (isInDoubt(prompt)) return { code: 'inDoubt' };
  const include = prompt.problems.find((problem) => problem.code === 'request/include');
  if (include?.code === 'request/include') return { code: 'file', path: include.data.path };
  for (const block of blocksOf(prompt)) {
    if (block.kind === 'media' && block.source.kind === 'file' && block.source.bytes === undefined)
      return { code: 'file', path: block.source.path };
    // It may be a number or a list as well as a text.
    const unknown = block.kind === 'json' ? segmentsOf(block).find(({ kind }) => kind === 'unknown') : undefined;
    if (unknown?.kind === 'unknown') return { code: 'open', source: unknown.source };
  }
  const gap = whole === undefined ? prompt.open?.gaps.find(({ field }) => field === 'tools') : undefined;
  return whole === undefined ? { code: 'open', source: gap?.source ?? 'tools' } : undefined;
};

/** The prompt with its images and documents as JSON, in which the bytes of files are marks. */
const withFileMarks = (prompt: Prompt, marks: Marks): Prompt => {
  const converted = (block: Block): Block => {
    if (block.kind !== 'media' || block.source.kind !== 'file') return block;
    const { member, format, name, source } = block;
    const bytes = marks.of({ kind: 'file', path: source.path, bytes: source.bytes ?? new Uint8Array() });
    const value: Json = { format, ...(member === 'document' ? { name } : {}), source: { bytes } };
    return { kind: 'json', member, value, templated: false, texts: [], span: block.span };
  };
  return {
    ...prompt,
    messages: prompt.messages.map((message) => ({ ...message, content: message.content.map(converted) })),
  };
};

const parsed = (text: string): JsonObject => {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? (value as JsonObject) : {};
};

const without = (value: object, name: string): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key, member]) => key !== name && member !== undefined)) as JsonObject; // of JSON members

/** A member of a block that is null is as good as none, and clients refuse it. */
const withoutNulls = (list: Json | undefined): Json | undefined =>
  Array.isArray(list)
    ? list.map((block: Json): Json =>
        isRecord(block) ? (Object.fromEntries(Object.entries(block).filter(([, value]) => value !== null)) as JsonObject) : block,
      )
    : list;

const cleaned = (request: JsonObject): JsonObject => {
  const { system, messages } = request;
  return {
    ...request,
    ...(system === undefined ? {} : { system: withoutNulls(system) ?? null }),
    ...(Array.isArray(messages)
      ? {
          messages: messages.map((message: Json): Json =>
            isRecord(message) && message['content'] !== undefined
              ? ({ ...message, content: withoutNulls(message['content'] as Json) ?? null } as JsonObject)
              : message,
          ),
        }
      : {}),
  };
};

/** The request with values, and for a body of InvokeModel that body. */
const requestOf = (prompt: Prompt, values: Values): Pick<Draft, 'request' | 'body'> => {
  const call = wireCall(prompt, values, '');
  return call.api === 'converse'
    ? { request: cleaned(without(call.body, 'modelId')), body: undefined }
    : { request: without(buildRequest(prompt, values), 'modelId'), body: parsed(call.body) };
};

/** What every target is made from, or why nothing can be made. */
export const draftOf = (prompt: Prompt, options: ConvertOptions): Draft | Refusal => {
  const whole = withGapTexts(prompt);
  const reason = hindrance(prompt, whole);
  if (reason !== undefined || whole === undefined) return reason ?? { code: 'inDoubt' };
  const plain = JSON.stringify([requestOf(whole, () => ''), prompt.header, options]);
  const marks = createMarks((sign) => plain.includes(sign) || prompt.sources.some(({ text }) => text.includes(sign)));
  const unknown = new Set(
    blocksOf(whole).flatMap((block) => segmentsOf(block).flatMap((one) => (one.kind === 'unknown' ? [one.source] : []))),
  );
  const declarations = new Map(prompt.header.variables.map((one) => [one.name, one]));
  const { values: given = {} } = options;
  const values: Values = (name) => {
    if (Object.hasOwn(given, name)) return given[name];
    const declaration = declarations.get(name);
    return declaration?.fixed ?? marks.named(name, () => ({ kind: 'value', name, isUnknown: unknown.has(name), declaration }));
  };
  const request = requestOf(withFileMarks(whole, marks), values);
  const isPartly = prompt.open?.partly === true && unknown.size === 0;
  return {
    prompt,
    options,
    marks,
    api: prompt.api === 'text' ? 'converse' : prompt.api,
    ...request,
    notes: isPartly ? [{ code: 'partly' }] : [],
    refusals: [],
  };
};

/** The text of a call's model, or a mark where nothing tells it. */
export const modelMark = ({ options: { modelId }, marks, notes }: Draft): string => {
  if (modelId !== '') return modelId;
  notes.push({ code: 'noModel' });
  return marks.named('modelId', () => ({ kind: 'value', name: 'modelId', isUnknown: false, declaration: undefined }));
};
