import { isJson } from './json';

const step = '  ';
/** A string, a bracket with those that close it at once, a comma, a colon, white space, or anything else that stands together. */
const part = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+|[^\s"{}[\],:]+/g;

/**
 * JSON text with a line for each member, or `undefined` where it is no JSON. Only the white space between its parts changes: numbers and strings stay
 * as they are written, however many digits they have.
 */
export const prettyJson = (text: string): string | undefined => {
  if (!isJson(text)) return undefined;
  let depth = 0;
  const line = (): string => `\n${step.repeat(depth)}`;
  return [...text.matchAll(part)]
    .map(([found]) => {
      if (/^\s/.test(found)) return '';
      if (/^[{[]\s*[}\]]$/.test(found)) return `${found[0]}${found.at(-1)}`;
      if (found === ',') return `,${line()}`;
      if (found === ':') return ': ';
      if (found === '{' || found === '[') {
        depth += 1;
        return `${found}${line()}`;
      }
      if (found !== '}' && found !== ']') return found;
      depth -= 1;
      return `${line()}${found}`;
    })
    .join('');
};

/** Does a text begin as an object or a list of JSON does? A link of Markdown does not. */
export const beginsAsJson = (text: string): boolean => /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{["\]\d-]|true|false|null|$))/.test(text);
