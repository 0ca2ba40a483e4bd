/** What stands before a cue on its line decides whether the line speaks of this request or tells of some other one. */

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

export const contextAt = (text: string, at: number): LineContext => {
  const from = Math.max(0, at - window);
  const seen = text.slice(from, at);
  const newline = seen.lastIndexOf('\n');
  const before = seen.slice(newline + 1);
  const ends = [...before.matchAll(/(?<!\b(?:e\.g|i\.e|z\.B|etc|vs))[.;!?]["')\]]?\s/g)].at(-1);
  return { before, sentence: ends === undefined ? before : before.slice(ends.index + ends[0].length), whole: from === 0 || newline !== -1 };
};

/** A line of a log: it tells of a request that is over. */
const logLine =
  /^\s{0,8}[["]?(?:(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d|(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL|NOTICE)\b)/;
/** A turn of a dialogue, which an example shows. */
const turn = /\b(?:user|assistant|human|customer|agent|q|a|input|output|kunde|client)\s{0,2}:/i;
const exampleLine = /<\/?examples?\b|\bfew-?shot\b|\b(?:beispiel|exemple|ejemplo|esempio|exemplo|voorbeeld|przyk\u0142ad)\b/i;
/** Words by which a sentence supposes, quotes or explains rather than states. */
const supposes =
  /\b(?:e\.g\.|z\.B\.)|\b(?:examples?|for instance|such as|suppose|imagine|pretend|if|when|whenever|unless|until|like|says?|said|asks?|asked|wrote|set|wenn|falls|si|se|als)\b/i;

const count = (text: string, mark: string): number => text.split(mark).length - 1;

/** Inside quotation marks or code marks that are open where the cue stands. */
export const isQuoted = ({ before }: LineContext): boolean =>
  count(before, '"') % 2 === 1 ||
  count(before, '`') % 2 === 1 ||
  count(before, '\u201c') > count(before, '\u201d') ||
  count(before, '\u00ab') > count(before, '\u00bb');

/** Does the line tell of another time or request than this prompt's own? */
export const tellsOfOther = ({ before, sentence }: LineContext): boolean =>
  logLine.test(before) || turn.test(before) || exampleLine.test(before) || supposes.test(sentence);

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
const opening = /^[\s*#>[(<]{0,8}(?:[\w ]{1,24}[\]):]\s{1,2})?(?:the\s{1,2})?(?:(?:your|their|user|customer)(?:['\u2019]s)?\s{1,2})?$/i;
/** Earlier members of a list of names and values. */
const listBefore = /[:=][^:=]{1,80}[,;|]\s{1,2}$/;

/** Does the cue begin its line, its sentence, or a member of a list of names and values? */
export const opens = ({ sentence, whole }: LineContext): boolean => (whole && opening.test(sentence)) || listBefore.test(sentence);
