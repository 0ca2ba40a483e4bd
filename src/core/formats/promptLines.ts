import { documentFormats, imageFormats, markerWord, roles, ttlWords, type Role } from '../prompt/words';
import type { SyntaxProblem } from '../prompt/problems';
import { nearestWord } from '../text/nearest';
import { extensionOf } from '../text/path';
import { span, type Located, type Span } from '../text/span';
import { mayHoldPlaceholder } from '../text/templateTokens';
import { createFenceFinder, type Fence, openingFence } from './fences';
import { ignoreWord, readIgnore } from './ignoreComment';

/** A line, or a fence, of the prompt body that is not plain text. `span` is the whole line without its line break. */
export type PromptLine =
  | { readonly kind: 'role'; readonly role: Role; readonly span: Span }
  /** `\user:`, which is the text `user:`; `backslash` is left out when sending. */
  | { readonly kind: 'escapedRole'; readonly backslash: number; readonly span: Span }
  /** A comment that silences a problem on the next line and is not sent. */
  | { readonly kind: 'ignore'; readonly code: Located<string>; readonly span: Span }
  | { readonly kind: 'marker'; readonly ttl: Located<string> | undefined; readonly span: Span }
  | {
      readonly kind: 'media';
      readonly member: 'image' | 'document';
      readonly format: string;
      readonly name: string;
      readonly target: string;
      readonly span: Span;
    }
  /** A fence with the info string `converse`; `body` is the JSON inside. */
  | { readonly kind: 'converse'; readonly body: Span; readonly span: Span };

export interface PromptLines {
  readonly lines: readonly PromptLine[];
  readonly problems: readonly SyntaxProblem[];
  /** Every fence that is closed, as whole lines without the last line break. */
  readonly fences: readonly Span[];
}

// All patterns but the fences' are for a line without the white space before it. None has two runs of spaces next to each other, which would
// take quadratic time on a line of spaces.
const roleLine = new RegExp(`^#?[ \\t]*(${roles.join('|')})[ \\t]*:[ \\t]*$`, 'i');
const escapedRole = new RegExp(`^\\\\#?[ \\t]*(${roles.join('|')})[ \\t]*:[ \\t]*$`, 'i');
const markerLine = /^<!--[ \t]*(cache[-_ ]?point)\b([^>]*?)-->[ \t]*$/i;
const ttlAttribute = /^[ \t]*ttl[ \t]*=[ \t]*(["']?)([^\s"']*)\1[ \t]*$/;
const mediaLine = /^(!?)\[([^\]]*)\]\((?:<([^<>]+)>|([^\s()<>]+))\)[ \t]*$/;
const inlineMarker = new RegExp(`<!--[ \\t]*${markerWord}\\b[^\\n<>]*-->(?!\`)`, 'y');

const readMarker = (line: string, start: number, at: Span, problems: SyntaxProblem[]): PromptLine | undefined => {
  const match = markerLine.exec(line);
  if (match === null) return undefined;
  const [, word = '', rest = ''] = match;
  const bad = (reason: 'ttl' | 'attribute' | 'case') =>
    problems.push({ code: 'syntax/marker', span: at, data: { found: line.trim(), reason } });
  if (word !== markerWord) {
    bad('case');
    return undefined;
  }
  if (rest.trim() === '') return { kind: 'marker', ttl: undefined, span: at };
  const value = ttlAttribute.exec(rest)?.[2];
  if (value === undefined) bad('attribute');
  else if (!(ttlWords as readonly string[]).includes(value)) bad('ttl');
  // Half typed, `ttl=` says nothing yet.
  if (value === undefined || value === '') return { kind: 'marker', ttl: undefined, span: at };
  const from = start + line.lastIndexOf(value, line.lastIndexOf('-->'));
  return { kind: 'marker', ttl: { value, span: span(from, from + value.length) }, span: at };
};

const readMedia = (line: string, at: Span): PromptLine | undefined => {
  const match = mediaLine.exec(line);
  if (match === null) return undefined;
  const [, bang, name = '', bracketed, plain] = match;
  const target = bracketed ?? plain ?? '';
  if (mayHoldPlaceholder(target) || (/^[a-z][a-z\d+.-]+:/i.test(target) && !target.startsWith('s3://'))) return undefined;
  const extension = extensionOf(target);
  const member = bang === '!' ? 'image' : 'document';
  const format = member === 'image' ? imageFormats[extension] : documentFormats.find((known) => known === extension);
  return format === undefined ? undefined : { kind: 'media', member, format, name, target, span: at };
};

const readIgnoreLine = (line: string, start: number, at: Span): PromptLine | undefined => {
  const end = line.trimEnd().length;
  if (!line.startsWith('<!--') || !line.includes(ignoreWord) || !line.slice(0, end).endsWith('-->')) return undefined;
  const code = readIgnore(line, span(4, end - 3));
  if (code === undefined) return undefined;
  return { kind: 'ignore', code: { value: code.value, span: span(start + code.span.start, start + code.span.end) }, span: at };
};

const readLine = (line: string, start: number, at: Span, problems: SyntaxProblem[]): PromptLine | undefined => {
  const role = roleLine.exec(line)?.[1];
  if (role !== undefined) return { kind: 'role', role: role.toLowerCase() as Role, span: at }; // the pattern lists the roles
  if (escapedRole.test(line)) return { kind: 'escapedRole', backslash: start, span: at };
  return readIgnoreLine(line, start, at) ?? readMarker(line, start, at, problems) ?? readMedia(line, at);
};

/** What cache points are called elsewhere. */
const pointWords = '(?:prompt[-_ ]?)?cache[-_ ]?(?:point|break[-_ ]?point|break|marker|boundary|checkpoint)';
const controlWords = `(?:${pointWords}|cache[-_ ]?control)`;
/** A lifetime or a remark after the word. */
const remark = '(?:[ \\t]*[:=][^<>]{0,60}|[ \\t]+ttl[^<>]{0,20})?';
const setting =
  '(?:[ \\t]*[:=][ \\t]*["\']?(?:ephemeral|default|true|on|yes|5m|1h)["\']?|[ \\t]+ttl[ \\t]*[:=][ \\t]*["\']?\\w{1,9}["\']?)?';
/** Words of identifiers that people write for a cache point, without a space. */
const names = '(?:cache[-_]?point|cache[-_]?break[-_]?point)';
/** Attributes of a tag. */
const attributes = '(?:[ \\t]+[-\\w]{1,20}=["\'][^"\'<>]{0,40}["\']){0,4}';
const opened = '(?:<<+|<[|!]?|\\[\\[?|\\{\\{[{#/]?|\\{%-?|===*|---*|%%*|##+|\\*\\*\\*+|:::)[ \\t]*/?';
const closed = '/?[ \\t]*(?:>>+|[|!]?>|\\]\\]?|\\}\\}\\}?|-?%\\}|===*|---*|%%*|##+|\\*\\*\\*+|:::)';
const dialects: readonly RegExp[] = [
  `<!--+[ \\t]*${controlWords}${remark}[ \\t]*--+>`,
  `<!--+[ \\t]*(?:prompt[-_ ]?)?cache(?:[-_ ](?:here|end|this|until here|up to here|ends here|above))?${setting}[ \\t]*--+>`,
  '<!--+[ \\t]*(?:end (?:of )?(?:the )?cache|cached? (?:everything )?above)[ \\t]*--+>',
  // Comments that are not closed, and those of other languages
  `<!?-{0,3}[ \\t]*${pointWords}[ \\t]*(?:-{0,3}>?)`,
  `(?:\\{?/\\*+|//+|\\{#|\\{\\{!(?:--)?)[ \\t]*${controlWords}${remark}[ \\t]*(?:\\*+/\\}?|#\\}|(?:--)?\\}\\})?`,
  `\\[[\\w/]{1,9}\\]:[ \\t]*#[ \\t]*["'(]${controlWords}["')]`,
  `(?:\\*\\*?)?${opened}${pointWords}${remark}[ \\t]*${closed}(?:\\*\\*?)?`,
  `<${controlWords}${attributes}[ \\t]*/?>(?:</${controlWords}>)?`,
  `<cache${attributes}[ \\t]*/>`,
  '(?:<<+|<\\||\\[\\[|%%+)[ \\t]*cache[ \\t]*(?:>>+|\\|>|\\]\\]|%%+)',
  '\\{%-?[ \\t]*cache[ \\t]*-?%\\}',
  `(?:<|\\{\\{)[ \\t]*cache_?control${remark}[ \\t]*/?(?:>|\\}\\})`,
  `\\{[ \\t]*["']?${controlWords}["']?[ \\t]*:.{0,80}\\}[ \\t]*,?`,
  `(?:-[ \\t]+)?["']?(?:${names}|cache[-_]?control)["']?[ \\t]*:[ \\t]*(?:\\{.{0,80}\\}|["']?(?:default|ephemeral|true|5m|1h)["']?)[ \\t]*,?`,
  `(?:[$@]|@@|__)?\\{?${names}\\}?(?:@@|__)?`,
].map((pattern) => new RegExp(`^${pattern}[ \\t]*$`, 'i'));

/** The word of a comment that is nearly the marker's, as `cachePiont`. */
const comment = /^<!--+[ \t]*([A-Za-z]{9,12})(?:[ \t]+ttl=\w{1,3})?[ \t]*--+>[ \t]*$/;
const isSlip = (line: string): boolean => {
  const word = comment.exec(line)?.[1];
  return word !== undefined && nearestWord(word.toLowerCase(), ['cachepoint'], 2) !== undefined;
};

/** A line that reads like a cache point of another tool. It is told, and stays text. */
const isDialect = (line: string): boolean =>
  line.length < 200 && (/cache/i.test(line) ? dialects.some((pattern) => pattern.test(line)) || isSlip(line) : isSlip(line));

/** What a line can be whose first character, white space aside, has this code: nothing but text, or what `lineKinds` says. By code, as each line asks. */
const kindOfCode = new Uint8Array(0x80);
const lineKinds = {
  /** A fence, a comment, a file. */
  syntax: 1,
  /** The name of a role, which ends with a colon. */
  role: 2,
  /** What reads like a cache point of another tool, and has that word. */
  cache: 3,
} as const;
for (const [kind, characters] of [
  ['syntax', '`~<!['],
  ['role', '#\\sSuUaA'],
  ['cache', '{=-%cC"\'/*@$_:'],
] as const)
  for (const character of characters) kindOfCode[character.charCodeAt(0)] = lineKinds[kind];

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09;

/** Is a colon the last thing that shows on the line from `start` to `end`? */
const endsWithColon = (text: string, start: number, end: number): boolean => {
  let last = end - 1;
  while (last > start && isSpace(text.charCodeAt(last))) last -= 1;
  return text.charCodeAt(last) === 0x3a;
};

/** Where the word "cache" stands, however it is written: no line that reads like a cache point is without it, and a text is searched for it once. */
const cacheWordsIn = (text: string, from: number): readonly number[] => {
  const found: number[] = [];
  const word = /cache/gi;
  word.lastIndex = from;
  while (word.test(text)) found.push(word.lastIndex - 'cache'.length);
  return found;
};

/** A line that may be more than text: its content without the line break, and where its first visible character stands. */
interface Candidate extends Span {
  readonly first: number;
}

// One loop without functions of its own: each reading would make them again, and the compiler drop what it made of them.
const candidatesOf = (text: string, from: number, cacheWords: readonly number[]): readonly Candidate[] => {
  const found: Candidate[] = [];
  let word = 0;
  for (let start = from; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    let first = start;
    let code = text.charCodeAt(first);
    while (isSpace(code)) code = text.charCodeAt((first += 1));
    const close = text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
    const kind = first < end && code < kindOfCode.length ? kindOfCode[code] : 0;
    // Asked in the order of the text, so that the words are gone through once.
    if (kind === lineKinds.cache) while ((cacheWords[word] ?? text.length) < first) word += 1;
    if (
      kind === lineKinds.syntax ||
      (kind === lineKinds.role && endsWithColon(text, first, close)) ||
      (kind === lineKinds.cache && (cacheWords[word] ?? text.length) < close)
    )
      found.push({ start, first, end: close });
    start = end + 1;
  }
  return found;
};

const commentOpens = '<!--';

/** Where the comment begins whose first word stands at `word`, or -1. */
const commentBefore = (text: string, word: number): number => {
  let start = word;
  while (isSpace(text.charCodeAt(start - 1))) start -= 1;
  return text.startsWith(commentOpens, start - commentOpens.length) && start >= commentOpens.length ? start - commentOpens.length : -1;
};

/** More inline markers are not told. */
const maxInline = 1000;

/** What is read of a body so far. */
interface Reading extends PromptLines {
  readonly lines: PromptLine[];
  readonly problems: SyntaxProblem[];
  readonly fences: Span[];
  /** Where markers are meant as text. */
  readonly inert: Span[];
}

/** Adds markers inside a line of text, which do nothing there; those between backticks or in the inert spans, which are in order, are meant as text. */
const addInlineMarkers = (text: string, cacheWords: readonly number[], { problems, inert }: Reading): void => {
  let next = 0;
  let told = 0;
  for (const word of cacheWords) {
    const start = text.startsWith(markerWord, word) ? commentBefore(text, word) : -1;
    if (start === -1 || text[start - 1] === '`') continue;
    inlineMarker.lastIndex = start;
    const found = inlineMarker.exec(text)?.[0];
    while ((inert[next]?.end ?? text.length) <= start) next += 1;
    if (found === undefined || (inert[next]?.start ?? text.length) <= start) continue;
    problems.push({ code: 'syntax/marker', span: span(start, start + found.length), data: { found, reason: 'notAlone' } });
    if ((told += 1) === maxInline) break;
  }
};

/** Reads a line that opens no fence. */
const readOther = (text: string, { start, first, end }: Candidate, { lines, problems, inert }: Reading): void => {
  const at = span(start, end);
  const line = text.slice(first, end);
  const told = problems.length;
  const found = readLine(line, first, at, problems);
  if (found === undefined && problems.length === told && isDialect(line))
    problems.push({ code: 'syntax/marker', span: span(first, end), data: { found: line.trim(), reason: 'dialect' } });
  if (found !== undefined) lines.push(found);
  if (found?.kind === 'marker') inert.push(at);
};

/** Reads the fence that `fence` opens, up to the line `close`. */
const readFence = (text: string, { start, end }: Candidate, { info }: Fence, close: Candidate | undefined, reading: Reading): void => {
  if (close === undefined) return void reading.problems.push({ code: 'syntax/fence', span: span(start, end), data: {} });
  const whole = span(start, close.end);
  reading.inert.push(whole);
  reading.fences.push(whole);
  if (info === 'converse')
    reading.lines.push({ kind: 'converse', body: span(Math.min(lineEnd(text, end), close.start), close.start), span: whole });
};

/**
 * Finds every line of the body that is more than text. A fence that is never closed is reported and hides nothing: while
 * somebody types its first line, the rest of the prompt keeps its shape.
 */
export const readPromptLines = (text: string, from: number): PromptLines => {
  const reading: Reading = { lines: [], problems: [], fences: [], inert: [] };
  const cacheWords = cacheWordsIn(text, from);
  const candidates = candidatesOf(text, from, cacheWords);
  const findClose = createFenceFinder(text, candidates);
  let closed = -1;
  for (const [index, candidate] of candidates.entries()) {
    if (index <= closed) continue;
    const fence = openingFence(text.slice(candidate.start, candidate.end));
    if (fence === undefined) {
      readOther(text, candidate, reading);
      continue;
    }
    const closing = findClose(fence, index);
    closed = closing ?? closed;
    readFence(text, candidate, fence, candidates[closing ?? candidates.length], reading);
  }
  addInlineMarkers(text, cacheWords, reading);
  return reading;
};

/** Offset of the line after the one that ends, without its break, at `end`. */
const lineEnd = (text: string, end: number): number => (text[end] === '\r' ? end + 2 : end + 1);

/** The first marker in a text of another file, where it is text. */
export const markerLineIn = (text: string): Span | undefined =>
  text.includes(markerWord) ? readPromptLines(text, 0).lines.find(({ kind }) => kind === 'marker')?.span : undefined;
