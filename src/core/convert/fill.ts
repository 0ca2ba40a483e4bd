import { declaredValues } from '../request/values';
import { base64 } from '../text/base64';
import type { Json, JsonObject } from '../text/json';
import { placeholder } from '../text/templateTokens';
import type { Draft } from './draft';
import type { Hole } from './marks';
import { namesFor, variableName } from './names';

/** A JSON value with another text for each of its texts; names stay. */
export const mapTexts = (value: Json, map: (text: string) => string): Json => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, map)]));
};

const textsIn = (value: Json, found: string[] = []): readonly string[] => {
  mapTexts(value, (text) => {
    found.push(text);
    return text;
  });
  return found;
};

/** The holes of a value, each once, in the order of the value. */
export const holesIn = ({ marks }: Pick<Draft, 'marks'>, value: Json): readonly Hole[] => [
  ...new Set(textsIn(value).flatMap((text) => marks.parts(text).filter((part): part is Hole => typeof part !== 'string'))),
];

/** Tells of parts that only the program knows, by the names under which they are now given. */
export const tellUnknown = ({ notes }: Draft, names: ReadonlyMap<Hole, string>): void => {
  const parts = [...names].flatMap(([hole, name]) =>
    hole.kind === 'value' && hole.isUnknown ? [{ name, source: hole.name.replace(/\s+/g, ' ').trim() }] : [],
  );
  if (parts.length > 0) notes.push({ code: 'unknownParts', parts });
};

/** A request for a target without variables: each has its value, its default or its example, and stands as `{{name}}` where there is none. */
export const filled = (draft: Draft, value: JsonObject): JsonObject => {
  const { marks, prompt, notes } = draft;
  const known = declaredValues(prompt.header.variables, true);
  const holes = holesIn(draft, value);
  const names = namesFor(holes, variableName);
  const valueOf = (hole: Hole): string =>
    hole.kind === 'file' ? base64(hole.bytes) : (known(hole.name) ?? placeholder(names.get(hole) ?? hole.name));
  const isFilled = (hole: Hole): boolean => hole.kind === 'value' && known(hole.name) !== undefined;
  const own = [...names].filter(([hole]) => hole.kind === 'value' && !hole.isUnknown);
  const given = own.filter(([hole]) => isFilled(hole)).map(([, name]) => name);
  const missing = own.filter(([hole]) => !isFilled(hole)).map(([, name]) => name);
  if (given.length > 0) notes.push({ code: 'filled', names: given });
  if (missing.length > 0) notes.push({ code: 'placeholders', names: missing });
  tellUnknown(draft, names);
  const fillText = (text: string): string =>
    marks
      .parts(text)
      .map((part) => (typeof part === 'string' ? part : valueOf(part)))
      .join('');
  return mapTexts(value, fillText) as JsonObject; // an object stays one
};

/** JSON for a person, with a line break at its end. */
export const jsonText = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
