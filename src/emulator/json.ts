import { isRecord, type Json, type JsonObject } from '../core/text/json';

/** Is this a JSON object, rather than a list, a scalar or null? */
export const isObject = (value: unknown): value is JsonObject => isRecord(value);

/** The list, or an empty one when the value is anything else. */
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

/** The objects of a list; entries of other kinds are left out. */
export const objectsOf = (value: unknown): readonly JsonObject[] => listOf(value).filter(isObject);

/** The object, or an empty one when the value is anything else. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The string, or undefined when the value is anything else. */
export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The finite number, or undefined when the value is anything else. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** Is any value in it nested deeper than this? Walks without recursion, so that no depth can overflow the stack. */
export const isDeeperThan = (value: Json, limit: number): boolean => {
  let level: readonly Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item): readonly Json[] => (Array.isArray(item) ? item : isObject(item) ? Object.values(item) : []));
  }
  return false;
};

/** The JSON in a text, or undefined when it is not JSON; `null` stays null. */
export const parseJson = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};
