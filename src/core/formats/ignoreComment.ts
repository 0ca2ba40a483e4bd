import { span, type Located, type Span } from '../text/span';

/** The word that begins a comment which silences a problem: `cachepoint-ignore CODE reason`. */
export const ignoreWord = 'cachepoint-ignore';

/** The code that a comment silences, and where it is written; an empty one where it names none. `undefined` for any other comment. `at`: its inside. */
export const readIgnore = (text: string, at: Span): Located<string> | undefined => {
  const inside = text.slice(at.start, at.end);
  const found = /^\s*cachepoint-ignore(?![^\s])\s*(\S*)/.exec(inside);
  if (found === null) return undefined;
  const code = found[1] ?? '';
  const end = at.start + found[0].length;
  return { value: code, span: span(end - code.length, end) };
};

/** Does nothing but white space stand before `offset` on its line? */
const beginsLine = (text: string, offset: number): boolean => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';

/** The ignoring ones of comments that begin with a sign as long as `sign` and stand on lines of their own; `comments` are whole. */
export const ignoresAmong = (text: string, comments: readonly Span[], sign: string): readonly Located<string>[] =>
  comments.flatMap(({ start, end }) => {
    const found = beginsLine(text, start) ? readIgnore(text, span(start + sign.length, end)) : undefined;
    return found === undefined ? [] : [found];
  });

/** Comments of YAML that silence a problem. */
export const ignoresInYaml = (text: string, at: Span): readonly Located<string>[] => {
  const found: Located<string>[] = [];
  const inside = text.slice(at.start, at.end);
  for (let word = inside.indexOf(ignoreWord); word !== -1; word = inside.indexOf(ignoreWord, word + 1)) {
    const sign = /^[ \t]*#[ \t]*$/.exec(inside.slice(inside.lastIndexOf('\n', word) + 1, word));
    const newline = inside.indexOf('\n', word);
    const ignore = sign && readIgnore(text, span(at.start + word, newline === -1 ? at.end : at.start + newline));
    if (ignore) found.push(ignore);
  }
  return found;
};
