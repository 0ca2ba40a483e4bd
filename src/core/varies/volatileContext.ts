/** What stands before a cue on its line, in lower case, decides whether the line speaks of this request or tells of some other one. */

import { span, type Span } from '../text/span';
import { examples, speakers, supposes } from './tables';
import { patternOf } from './words';

/** Characters before a cue that are looked at; a longer line counts as having no beginning. */
const window = 240;

export interface LineContext {
  /** The line up to the cue, or its last `window` characters. */
  readonly before: string;
  /** The part of `before` that is in the cue's own sentence. */
  readonly sentence: string;
  /** `before` begins where the line begins. */
  readonly whole: boolean;
}

const sentenceEnd = /(?<!\b(?:e\.g|i\.e|z\.B|etc|vs))[.;!?]["')\]]?\s|[。！？]/g;

export const contextAt = (text: string, at: number): LineContext => {
  const from = Math.max(0, at - window);
  const seen = text.slice(from, at);
  const newline = seen.lastIndexOf('\n');
  const before = seen.slice(newline + 1);
  let sentence = 0;
  sentenceEnd.lastIndex = 0;
  while (sentenceEnd.test(before)) sentence = sentenceEnd.lastIndex;
  return { before, sentence: before.slice(sentence), whole: from === 0 || newline !== -1 };
};

/** A line of a log: it tells of a request that is over. */
const logLine =
  /^\s{0,8}[["]?(?:(?:19|20)\d\d-\d\d-\d\d[t ]\d\d:\d\d|\d\d:\d\d:\d\d|(?:error|warn(?:ing)?|info|debug|trace|fatal|notice)\b)/;
/** A turn of a dialogue, which an example shows. */
const turn = new RegExp(`${patternOf(speakers)}[^\\S\\n]{0,2}(?:\\*\\*)?[:：]`);
const exampleLine = new RegExp(patternOf(examples));
/** Words by which a sentence supposes, quotes or explains rather than states. */
const supposition = new RegExp(patternOf(supposes));

const hasWord = /[^\s#*>_-]/;

const count = (text: string, mark: string): number => text.split(mark).length - 1;

/** Opening and closing marks. The German closing mark is the English opening one. */
const isWithin = (text: string): boolean => {
  const low = count(text, '\u201e');
  const high = count(text, '\u201c');
  return high > low ? high - low > count(text, '\u201d') : low > high + count(text, '\u201d');
};

const quotes = /["`\u201c\u201e\u00ab\u300c]/;

/** Inside quotation marks or code marks that are open where the cue stands. */
export const isQuoted = ({ before }: LineContext): boolean =>
  quotes.test(before) &&
  (count(before, '"') % 2 === 1 ||
    count(before, '`') % 2 === 1 ||
    isWithin(before) ||
    count(before, '\u00ab') > count(before, '\u00bb') ||
    count(before, '\u300c') > count(before, '\u300d'));

/** Does the line tell of another time or request than this prompt's own? */
export const tellsOfOther = ({ before, sentence }: LineContext): boolean =>
  hasWord.test(before) && (logLine.test(before) || turn.test(before) || exampleLine.test(before) || supposition.test(sentence));

/** A member of an object in JSON or a script. */
const memberStart = /[{,]\s{0,4}["']?$/;
const codeStart =
  /^\s*(?:\$ |const|let|var|return|import|export|if\b|for\b|while\b|echo|puts|print|logger|console|curl|select\b|[\w.]{1,40}\(|[\w.]{1,40} = )/i;
/** Right before an expression: the sentence speaks of the expression itself. */
const mentions =
  /\b(?:use|using|uses|writes?|avoid|calls?|called|insert|like|such as|what|macro|function|expression|placeholder|syntax|template|named?)\s{1,2}[`"'(]{0,2}$/i;

/** Code that a prompt shows: it is sent as it stands and not run. */
export const isShownCode = (context: LineContext): boolean =>
  codeStart.test(context.before) || memberStart.test(context.before) || mentions.test(context.before);

/** List signs, brackets, a bracketed heading, an article or whose it is. */
const opening =
  /^[\s*#>[(<【（•|+–—-]{0,8}(?:[\p{L}\d_ ]{1,24}[\]):：]\s{1,2})?(?:(?:the|die|das|der|la|le|il|el|de|het|den|det|o)\s{1,2}|l['’])?(?:(?:your|their|user|customer)(?:['’]s)?\s{1,2})?$/iu;
/** Earlier members of a list of names and values. */
const listBefore = /[:=][^:=]{1,80}[,;|]\s{1,2}$/;

/** Does the cue begin its line, its sentence, or a member of a list of names and values? */
export const opensLine = ({ sentence, whole }: LineContext): boolean => (whole && opening.test(sentence)) || listBefore.test(sentence);

const headingStart = /^[\s#*_>[(<【■●•|=-]{0,12}(?:\d{1,2}[.)]\s)?(?:(?:the|die|das|der|la|le|il|el|de|het|den|det)\s|l['’])?$/iu;

/** Could the cue be all that its line says? */
export const headsLine = ({ before, whole }: LineContext): boolean => whole && headingStart.test(before);

/** What stands beside the date in the head of a letter. */
const mailField =
  /^[\s>*]{0,6}(?:from|to|cc|subject|reply-to|von|an|betreff|de|à|objet|para|as(?:un|sun)to|da|a|oggetto|van|aan|onderwerp)\*{0,2}[:：]/;

/** Is the line before or after this one another field of a letter, which a prompt shows or asks about? */
export const standsInMail = (low: string, at: number): boolean => {
  const start = low.lastIndexOf('\n', at - 1) + 1;
  const end = low.indexOf('\n', at);
  const before = low.slice(Math.max(0, low.lastIndexOf('\n', start - 2) + 1, start - window), start);
  return mailField.test(before) || (end !== -1 && mailField.test(low.slice(end + 1, end + 1 + window)));
};

/** A line that says of what follows that it shows how something looks. */
const introduces = new RegExp(
  `(?:like this|for example|for instance|e\\.g\\.|such as|\\bsamples?|\\bexamples?|zum beispiel|z\\. ?b\\.|par exemple|por ejemplo|por exemplo|ad esempio|bijvoorbeeld|${patternOf(examples)})[^\\n]{0,24}[:：]?[*_ \\t]{0,4}$`,
);
const fenceLine = /^ {0,3}(`{3,}|~{3,})/;

/** Code fences that the line before them introduces as an example. A fence alone shows nothing: a prompt may hand over its own data in one. */
export const shownFences = (low: string): readonly Span[] => {
  if (!low.includes('```') && !low.includes('~~~')) return [];
  const found: Span[] = [];
  let before = '';
  let open: { readonly start: number; readonly mark: string; readonly isShown: boolean } | undefined;
  for (let start = 0; start < low.length;) {
    const newline = low.indexOf('\n', start);
    const end = newline === -1 ? low.length : newline;
    const mark = fenceLine.exec(low.slice(start, Math.min(end, start + 80)))?.[1];
    if (open === undefined && mark !== undefined) open = { start, mark, isShown: introduces.test(before) };
    else if (open !== undefined && mark?.startsWith(open.mark) === true) {
      if (open.isShown) found.push(span(open.start, end));
      open = undefined;
    }
    const line = low.slice(Math.max(start, end - window), end);
    if (line.trim() !== '') before = line.trimEnd();
    start = end + 1;
  }
  return found;
};
