import { isRecord, type Json, type JsonObject } from '../text/json';

/** A stored prompt as GetPrompt tells it, and its change by what was made of a local one. */

/** Members that UpdatePrompt takes, and GetPrompt tells. Source: API reference of Amazon Bedrock Agents, UpdatePrompt, read 2026-11. */
const kept = ['name', 'description', 'customerEncryptionKeyArn', 'defaultVariant', 'variants'] as const;

/** What the template of a variant is made of; all else of it, as its metadata, stays. */
const made = ['templateType', 'templateConfiguration', 'modelId', 'inferenceConfiguration', 'additionalModelRequestFields'] as const;

const objectsOf = (list: Json | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? list.filter((one): one is JsonObject => isRecord(one)) : [];
const objectOf = (value: Json | undefined): JsonObject => (isRecord(value) ? (value as JsonObject) : {});

const pick = (value: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])));

/** Names of the variants of a stored prompt. */
export const variantNames = (prompt: JsonObject): readonly string[] =>
  objectsOf(prompt['variants']).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));

/** A conversation of one text is the same as that text; the cache point may stand behind it. */
const asText = ({ system, messages, toolConfiguration, inputVariables }: JsonObject): JsonObject | undefined => {
  const [message, ...others] = objectsOf(messages);
  const [first, second, ...more] = objectsOf(message?.['content']);
  const isAlone = system === undefined && toolConfiguration === undefined && others.length === 0 && message?.['role'] === 'user';
  if (!isAlone || typeof first?.['text'] !== 'string' || more.length > 0) return undefined;
  if (second !== undefined && second['cachePoint'] === undefined) return undefined;
  return {
    text: first['text'],
    ...(second?.['cachePoint'] === undefined ? {} : { cachePoint: second['cachePoint'] }),
    ...(inputVariables === undefined ? {} : { inputVariables }),
  };
};

/** What UpdatePrompt takes: the stored prompt with one of its variants made again, or with a further one. */
export interface Merged {
  readonly prompt: JsonObject;
  /** The variant was a plain text and becomes a conversation. */
  readonly becomesChat: boolean;
}

/**
 * A stored prompt whose variant `name` says what `from` says, CreatePrompt's form of the local prompt. A variant that is a plain text stays one where
 * it can. Other variants, and what of this one is no part of a template, stay as they are.
 */
export const mergeVariant = (stored: JsonObject, name: string, from: JsonObject): Merged => {
  const [fresh = {}] = objectsOf(from['variants']);
  const variants = objectsOf(stored['variants']);
  const before = variants.find((variant) => variant['name'] === name);
  const chat = objectOf(objectOf(fresh['templateConfiguration'])['chat']);
  const text = before?.['templateType'] === 'TEXT' ? asText(chat) : undefined;
  const template: JsonObject =
    text === undefined ? pick(fresh, made) : { ...pick(fresh, made), templateType: 'TEXT', templateConfiguration: { text } };
  const rest = Object.fromEntries(
    Object.entries(before ?? { name }).filter(([member]) => !made.some((one) => one === member)),
  ) as JsonObject;
  const next: JsonObject = { ...rest, ...template };
  const prompt: JsonObject = {
    ...pick(stored, kept),
    variants: before === undefined ? [...variants, next] : variants.map((variant) => (variant === before ? next : variant)),
  };
  return { prompt, becomesChat: before?.['templateType'] === 'TEXT' && text === undefined };
};

/** JSON with the members of objects in one order, so that two texts differ only where their values do. */
export const inOrder = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inOrder((value as JsonObject)[name] ?? null)]));
};

/** One variant of a stored prompt, and the prompt's description, as text to be compared. */
export const comparedText = (prompt: JsonObject, name: string): string => {
  const variant = objectsOf(prompt['variants']).find((one) => one['name'] === name);
  return `${JSON.stringify(inOrder(variant ?? {}), undefined, 2)}\n`;
};
