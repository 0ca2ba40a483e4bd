import { isRecord } from '../text/json';

/** Anything that may stand where JSON is expected, read without trusting its type. */
export type Loose = { readonly [key: string]: unknown };

export const isLoose = (value: unknown): value is Loose => isRecord(value);
export const fieldOf = (value: unknown, name: string): unknown => (isLoose(value) ? value[name] : undefined);
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Deeper values are left out rather than followed, so that a cycle or a tower of brackets ends. */
const deepest = 64;

const quoteAscii = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON as Python writes it: ", " and ": " between, characters beyond ASCII as \uXXXX. This is how Claude is shown its tools. */
export const pythonJson = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') return quoteAscii(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (depth > deepest || typeof value !== 'object' || value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item, depth + 1)).join(', ')}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${quoteAscii(key)}: ${pythonJson(item, depth + 1)}`).join(', ')}}`;
};

/** JSON without spaces, or with a line per member at `indent`; empty for what JSON cannot say. */
export const plainJson = (value: unknown, indent = 0): string => {
  try {
    return JSON.stringify(value, undefined, indent) ?? '';
  } catch {
    return pythonJson(value);
  }
};
