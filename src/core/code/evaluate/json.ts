import type { Json } from '../../text/json';
import { knownText, type DumpedValue, type Value } from '../values/value';

/** A value as JSON, where all of it is known; `undefined` elsewhere. */
export const jsonOf = (value: Value): Json | undefined => {
  switch (value.kind) {
    case 'text':
      return knownText(value);
    case 'constant':
      return value.value;
    case 'list': {
      if (value.sort === 'set') return undefined;
      const items = value.items.map((item) => (item.gap === undefined ? jsonOf(item.value()) : undefined));
      return items.includes(undefined) ? undefined : items.flatMap((item) => (item === undefined ? [] : [item]));
    }
    case 'object': {
      if (value.open !== undefined || value.entries.some(({ maybe }) => maybe)) return undefined;
      const entries = value.entries.map((entry) => [entry.key, jsonOf(entry.value())] as const);
      return entries.some(([, one]) => one === undefined)
        ? undefined
        : Object.fromEntries(entries.flatMap(([key, one]) => (one === undefined ? [] : [[key, one]])));
    }
    default:
      return undefined;
  }
};

const ascii = (text: string): string =>
  text.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As Python's `json` writes it: a space behind each sign on one line, and letters beyond ASCII as escapes unless it is told otherwise. */
const pythonJson = (value: Json, layout: NonNullable<DumpedValue['layout']>, depth = 0): string => {
  const { indent, ascii: isAscii } = layout;
  const text = (one: Json): string => (isAscii ? ascii(JSON.stringify(one)) : JSON.stringify(one));
  const around = (items: readonly string[], open: string, close: string): string => {
    if (items.length === 0) return open + close;
    if (indent === 0) return open + items.join(', ') + close;
    const line = `\n${' '.repeat(indent * (depth + 1))}`;
    return `${open}${line}${items.join(`,${line}`)}\n${' '.repeat(indent * depth)}${close}`;
  };
  if (Array.isArray(value))
    return around(
      value.map((item: Json) => pythonJson(item, layout, depth + 1)),
      '[',
      ']',
    );
  if (typeof value === 'object' && value !== null)
    return around(
      Object.entries(value).map(([key, item]) => `${text(key)}: ${pythonJson(item as Json, layout, depth + 1)}`),
      '{',
      '}',
    );
  return text(value);
};

const sortedJson = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => sortedJson(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sortedJson(item as Json)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** The text that `json.dumps` or `JSON.stringify` makes, where all of the value and its options are known. */
export const jsonText = ({ value, language, layout, sorted }: Omit<DumpedValue, 'kind' | 'hole'>): string | undefined => {
  const json = layout === undefined ? undefined : jsonOf(value);
  if (json === undefined || layout === undefined) return undefined;
  return language === 'python' ? pythonJson(sorted ? sortedJson(json) : json, layout) : JSON.stringify(json, undefined, layout.indent);
};
