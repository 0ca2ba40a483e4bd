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

const pythonJson = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map((item: Json) => pythonJson(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${ascii(JSON.stringify(key))}: ${pythonJson(item as Json)}`)
      .join(', ')}}`;
  return ascii(JSON.stringify(value));
};

/** The text that `json.dumps` or `JSON.stringify` makes without options, where all of the value is known. */
export const jsonText = ({ value, language, exact }: Pick<DumpedValue, 'value' | 'language' | 'exact'>): string | undefined => {
  const json = exact ? jsonOf(value) : undefined;
  if (json === undefined) return undefined;
  return language === 'python' ? pythonJson(json) : JSON.stringify(json);
};
