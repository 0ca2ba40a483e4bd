import type { Json, JsonObject } from '../core/text/json';
import type { ServiceError } from './errors';
import { serviceError } from './errors';
import { isDeeperThan, isObject, parseJson } from './json';

/** Levels of nesting that are read; a request of tools, messages and schemas needs a few dozen. */
const deepest = 1_000;

/** A body's object, or why there is none. */
export type ParsedBody = { readonly body: JsonObject } | { readonly error: ServiceError };

/** Strict: a byte of another encoding, an overlong form or half a surrogate pair is no UTF-8, and a byte-order mark is no JSON. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

const halfAPair = /\p{Surrogate}/u;

/** Can everything in it be written down again? Half a surrogate pair, which an escape can say, and a number beyond all doubles cannot. */
const canBeWritten = (value: Json): boolean => {
  if (typeof value === 'string') return !halfAPair.test(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(canBeWritten);
  return !isObject(value) || Object.entries(value).every(([key, member]) => !halfAPair.test(key) && canBeWritten(member));
};

const refuse = (message: string): ParsedBody => ({ error: serviceError('SerializationException', message) });

/** The object in a body; an empty body is an empty object. Of a member that stands twice the last one counts. */
export const parseBody = (bytes: Uint8Array): ParsedBody => {
  const text = decode(bytes);
  if (text === undefined) return refuse('The request body is not valid UTF-8.');
  const value: Json | undefined = text.trim() === '' ? {} : parseJson(text);
  if (value === undefined) return refuse('The request body is not valid JSON.');
  if (isDeeperThan(value, deepest)) return refuse('The request body is nested too deeply.');
  if (!canBeWritten(value)) return refuse('The request body holds half a surrogate pair or a number that is too large.');
  return isObject(value) ? { body: value } : refuse('Start of list or value found where not expected.');
};
