/*
 * How placeholders are spelled is known here and nowhere else.
 */

/** Tokens of the prompt file's template language: variables and includes, nothing else. */
export type TemplateToken =
  | { readonly kind: 'variable'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'include'; readonly path: string; readonly start: number; readonly end: number }
  /** `\{{`, which is the text `{{`. `start` is the backslash, `end` lies after it. */
  | { readonly kind: 'escape'; readonly start: number; readonly end: number };

const variable = /\{\{[ \t]*([A-Za-z_][\w.-]*)[ \t]*\}\}/y;
// One run of characters, trimmed afterwards: optional spaces around it would take quadratic time on a line of spaces.
const include = /\{\{>([^\r\n{}]+)\}\}/y;

/** Reads the token that begins at a `{{`, if it is one; half-typed ones are text. */
const tokenAt = (text: string, at: number): TemplateToken | undefined => {
  variable.lastIndex = at;
  const name = variable.exec(text)?.[1];
  if (name !== undefined) return { kind: 'variable', name, start: at, end: variable.lastIndex };
  include.lastIndex = at;
  const path = include.exec(text)?.[1]?.trim();
  if (path !== undefined && path !== '') return { kind: 'include', path, start: at, end: include.lastIndex };
  return undefined;
};

/** All tokens of a text, in order. Tolerant: what is not a token is text. Linear in the text. */
export function* scanTemplate(text: string): Generator<TemplateToken> {
  for (let at = text.indexOf('{{'); at !== -1;) {
    if (text[at - 1] === '\\') {
      yield { kind: 'escape', start: at - 1, end: at };
      at = text.indexOf('{{', at + 2);
      continue;
    }
    const token = tokenAt(text, at);
    if (token !== undefined) yield token;
    at = text.indexOf('{{', token === undefined ? at + 1 : token.end);
  }
}

/** Could this text hold a placeholder, or something else that begins like one? */
export const mayHoldPlaceholder = (text: string): boolean => text.includes('{{');

/** A placeholder as a person writes it. */
export const placeholder = (name: string): string => `{{${name}}}`;

/** Is this text a placeholder, and nothing else? */
export const isPlaceholder = (text: string): boolean => {
  const token = text.startsWith('{{') ? tokenAt(text, 0) : undefined;
  return token?.kind === 'variable' && token.end === text.length;
};

/** The text as it is written where placeholders are read, so that nothing in it is taken for one. */
export const escapeTokens = (text: string): string => text.replaceAll('{{', '\\{{');
