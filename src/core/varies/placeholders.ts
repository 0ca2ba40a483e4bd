/** Leftovers of templates: the program that sends the prompt puts the present, or an identifier, where they stand. All patterns read lower case. */

const s = '[ _-]?';
const moment = '(?:date(?:[ _-]?(?:and[ _-]?)?time)?|datetime|timestamp|time|day|weekday)';
const thing =
  '(?:request|session|trace|span|correlation|conversation|invocation|interaction|transaction|thread|run|call|message|chat|turn)';
const momentNames = [
  `(?:current|today['’]?s?|present|utc|local|system|server|user|now)${s}(?:utc${s}|local${s})?${moment}(?:${s}utc)?`,
  `${moment}${s}(?:now|today|utc)`,
  `now(?:${s}iso)?|utc_?now|today|datetime|date_time|timestamp|isotimestamp|execution${s}date|(?:unix|epoch)${s}(?:time|timestamp|ms|seconds)`,
  `aktuelle[sr]?${s}(?:datum|uhrzeit|zeit)|(?:fecha|hora)${s}actual|(?:data|hora)${s}at?ual|data${s}odierna|date${s}(?:du${s}jour|actuelle)|huidige${s}(?:datum|tijd)|dagens${s}dat(?:um|o)`,
];
const idNames = [`${thing}${s}(?:id|uuid|token)`, 'guid|uuid(?:_?v?[147])?|nonce|random(?:_\\w{1,20})?'];
const named = `\\.?(?:[a-z_]\\w{0,24}\\.){0,3}(?:${[...momentNames, ...idNames].join('|')})(?:\\(\\))?`;
const may = '[^\\S\\n]{0,2}';
const filter = '(?:[:!|][^{}\\n]{0,40})?';

/** The inside of a tag, which may name formats such as `%Y`. */
const inTag = '(?:[^%\\n]|%(?!\\})){0,60}';

/**
 * Names that can be nothing but the present or an identifier, in any braces that templates have. The names stand in the pattern once, since they are
 * long: which braces open and which close is looked at by `closes`.
 */
export const namedPlaceholder = new RegExp(
  [
    `(?:\\{\\{?${may}\\$?|[$#@]\\{${may}|%\\(|%|<%=?${may}|\\[\\[?|<<|\\$|__)${named}(?:${may}${filter}\\}\\}?|\\)[sd]|[^%\\n]{0,60}%>|%|\\]\\]?|>>|__|(?![\\w({\\[-]|\\.\\w))`,
    `\\{%-?${may}now\\b${inTag}%\\}`,
    `<\\?(?:php echo|=)${may}(?:date|time|gmdate|uniqid)\\([^?\\n]{0,60}\\?>`,
  ].join('|'),
  'y',
);

const pairs: readonly (readonly [opens: RegExp, closes: RegExp])[] = [
  [/^[$#@]?\{/, /\}$/],
  [/^%\(/, /\)[sd]$/],
  [/^%/, /%$/],
  [/^<%/, /%>$/],
  [/^<<|^<\?/, />$/],
  [/^\[/, /\]$/],
  // `$CURRENT_DATE`, as shells write it: only by a name of several words.
  [/^\$(?=[a-z]{2,20}_)/, /\w$/],
  [/^__/, /__$/],
];

/** Does what a placeholder ends with belong to what it begins with? */
export const closes = (written: string): boolean => pairs.find(([opens]) => opens.test(written))?.[1].test(written) === true;

const inside = '[$\\p{L}_](?:(?!:[^\\S\\n])[^{}\\n]){0,60}';

/** Behind a word that says that the present follows, any name in braces stands for it. */
export const anyPlaceholder = new RegExp(
  [
    `[$#@]?\\{\\{?${may}${inside}\\}\\}?`,
    '%\\(\\w{1,40}\\)[sd]',
    '%\\w{2,30}%',
    `<%=?[^%\\n]{1,60}%>`,
    `\\{%${inTag}%\\}`,
    `\\[\\[?(?:insert |current |today['’]?s? )?\\p{L}[\\p{L}_ ]{2,30}\\]\\]?`,
    '<<[\\p{L}_ ]{2,40}>>',
    // A name between the signs of a tag, or behind a dollar sign, is a place where nothing else stands behind it.
    "(?:<\\p{L}[\\p{L}_'’ -]{2,30}>|\\$[a-z_]{2,30})(?=[.,;)]?[^\\S\\n]{0,4}(?:\\n|$))",
    '__\\p{L}[\\p{L}_]{1,30}__',
  ].join('|'),
  'uy',
);

/** In square brackets people write much else: only capitals, or what is to be inserted, are a place to be filled. */
export const isPlace = (written: string): boolean => !written.startsWith('[') || /^\[(?:\[|(?:insert\b.*|[\p{Lu}_ ]+)\]$)/u.test(written);

const signBefore = /(?:^|[:：=>(（])[\s*_"'#>-]{0,6}$/u;
const verbBefore = /(?:\b(?:is|at|on|ist|ist der|est|est le|es|es el|le)|è|è il|é|är|är det|jest|это)\s$|[は是为為은는]\s?$/iu;
/** Does the place stand where a value would stand? */
export const standsAsValue = (before: string): boolean => signBefore.test(before) || verbBefore.test(before);

/** What stands before the name of a value that the answer is to have. */
export const asksFor =
  /\b(?:write|put|give|include|insert|add|print|show|say|state|return|output|use|append|schreibe?|gib|écri[st]|escrib[ae]|scrivi)\b[^,;:.]{0,40}$/u;

/** The sentence speaks of the place itself. */
export const explains =
  /\b(?:formats?|formato|templates?|vorlagen?|plantilla|modèle|placeholders?|platzhalter|patterns?|syntax|variables?|macros?|fields?|replace[sd]?|ersetze|remplace|sustituye|sostituisci|substitua|vervang|zastąp|fill(?:s|ed)?|substitut\w{1,5}|schema|urls?|paths?|endpoints?)(?!\p{L})/iu;

const daily = /today|date(?!_?time)|day|datum|dato|fecha|\bdata\b|%f\b|slice\(0, ?10\)|\by-m-d\b|%y-%m-%d|yyyy-mm-dd/;
const finer = /time|clock|guid|uuid|random|nonce|seed|stamp|%[hist]|\bh[:h]|_id\b|toisostring\(\)\}?$/;

/** How often the value of a clock's expression changes: by its name and by the format that it asks for. */
export const everyOfClock = (expression: string): 'request' | 'day' => {
  const text = expression
    .toLowerCase()
    .replaceAll(/\b(?:datetime|time)\.|strftime|todatestring|tolocaledatestring/g, (name) => (name.startsWith('to') ? 'day' : ''));
  return daily.test(text.replaceAll('new date()', '')) && !finer.test(text) ? 'day' : 'request';
};
