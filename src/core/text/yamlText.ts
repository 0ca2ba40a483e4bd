import { isRecord, type Json } from './json';

/** JSON values as YAML that reads well; every reader of YAML 1.1 and 1.2 reads the same values from it. */

/** Words that some readers take for something else than a text. */
const words = /^(?:~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan)$/i;
const plainText = /^[A-Za-z_](?:[\w ./@+-]|:(?=[\w:./@+-]))*$/;

/** What is no text, or not the same, between double quotes of YAML, though it is of JSON. */
const escaped = /[\u007F-\u009F\u2028\u2029\uFEFF]/g;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(escaped, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const isPlain = (text: string): boolean => plainText.test(text) && !text.endsWith(' ') && !words.test(text);

/** May a text stand as it is, line by line? */
const isBlock = (text: string): boolean =>
  text.includes('\n') &&
  /^[^\s]/.test(text) &&
  !/[^\n\t\u0020-\u007E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/.test(text) &&
  !/\n[ \t]+$/.test(text);

const blockText = (text: string, indent: string): string => {
  const [body = ''] = /^[^]*?(?=\n*$)/.exec(text) ?? [];
  const ends = text.length - body.length;
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `|${ends === 0 ? '-' : ends === 1 ? '' : '+'}\n${lines.join('\n')}${ends > 1 ? '\n'.repeat(ends - 1) : ''}`;
};

const scalar = (value: Json, indent: string): string => {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isPlain(value)) return value;
  return isBlock(value) ? blockText(value, indent) : quoted(value);
};

const key = (name: string): string => (isPlain(name) && !name.includes(' ') ? name : quoted(name));

const isEmpty = (value: Json): boolean => (Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0);

/** What stands behind a key and its colon. */
const behind = (value: Json, indent: string): string => {
  const isNested = (Array.isArray(value) || isRecord(value)) && !isEmpty(value);
  return isNested ? `\n${yamlLines(value, indent)}` : ` ${isEmpty(value) ? JSON.stringify(value) : scalar(value, indent)}`;
};

/** A list or an object, each entry on lines of its own at `indent`; no line break at the end. */
export const yamlLines = (value: Json, indent: string): string => {
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return value
      .map((item: Json) => {
        const isNested = (Array.isArray(item) || isRecord(item)) && !isEmpty(item);
        return isNested ? `${indent}- ${yamlLines(item, inner).slice(inner.length)}` : `${indent}-${behind(item, inner)}`;
      })
      .join('\n');
  return Object.entries(value as { readonly [name: string]: Json })
    .map(([name, member]) => `${indent}${key(name)}:${behind(member, inner)}`)
    .join('\n');
};

/** An object as YAML, with a line break at its end; nothing for one without members. */
export const yamlText = (value: { readonly [key: string]: Json }): string => (isEmpty(value) ? '' : `${yamlLines(value, '')}\n`);
