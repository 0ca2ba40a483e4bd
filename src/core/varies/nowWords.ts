/**
 * Words that say "this value is of the moment the prompt was made", in the languages of western Europe and some others, and the shapes of
 * dates and times that may follow them. Every repetition is bounded, so that each attempt reads a bounded stretch of text.
 */

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** Beginnings of month names outside English; such a date needs its year. */
const monthStem =
  '(?:jan|ene|gen|sty|led|tam|feb|f\u00e9v|fev|lut|\u00fano|hel|mar|m\u00e4r|maa|mrt|b\u0159e|apr|avr|abr|kwi|dub|huh|mai|maj|mei|may|mag|kv\u011b|tou|jun|juin|giu|cze|\u010der|kes|jul|juil|lug|lip|hei|aug|ao\u00fb|ago|sie|srp|elo|sep|set|wrz|z\u00e1\u0159|syy|okt|oct|out|ott|pa\u017a|\u0159\u00edj|lok|nov|lis|mar|dec|dez|d\u00e9c|dic|gru|pro|jou)\\p{L}{0,9}';
const weekday = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
const day = '(?:[12]\\d|3[01]|0?[1-9])(?!\\d)';
const isoDate = `(?:19|20)\\d\\d[-/.](?:1[0-2]|0?[1-9])[-/.]${day}`;
const numericDate = '\\d{1,2}[./-]\\d{1,2}[./-](?:19|20)\\d\\d(?!\\d)';
const year = '(?:19|20)\\d\\d';
const englishDate = `(?:${day}(?:st|nd|rd|th)?(?:[^\\S\\n]{1,2}of)?[^\\S\\n]{1,2}${month}\\b|${month}[^\\S\\n]{1,2}${day}(?:st|nd|rd|th)?\\b)(?:,?[^\\S\\n]{1,2}${year})?`;
const otherDate = `${day}(?:\\.|er|\u00ba)?[^\\S\\n]{1,2}(?:de[^\\S\\n]{1,2})?${monthStem}\\.?[^\\S\\n]{1,2}(?:de[^\\S\\n]{1,2})?${year}`;
/** Beginnings of weekday names outside English, wide enough for many languages and too narrow for "after" or "before". */
const weekdayStem =
  '(?:mo|lu|po|ma|ti|di|te|ter|\u00fat|wt|me|mi|on|wo|ke|st|\u015br|qua|je|ju|gi|do|to|\u010dt|cz|qui|ve|vi|fr|pe|p\u00e1|pi|sex|sa|s\u00e1|so|la|l\u00f6|l\u00f8|za|zo|s\u00f6|s\u00f8|su|ne|ni|seg)\\p{L}{1,10}(?:-feira)?';
const namedDay = `(?:${weekday}|${weekdayStem}),?[^\\S\\n]{1,2}(?:the[^\\S\\n]{1,2}|den[^\\S\\n]{1,2}|der[^\\S\\n]{1,2}|le[^\\S\\n]{1,2})?`;
const date = `(?:${isoDate}|${numericDate}|${otherDate}|${englishDate})`;
const clockTime =
  '\\d{1,2}(?::\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?|h\\d{2})(?:[^\\S\\n]{0,2}[ap]\\.?m\\b\\.?)?(?:[^\\S\\n]{0,2}(?:Z\\b|UTC\\b|GMT\\b|[+-]\\d{2}:?\\d{2}))?';

const sticky = (source: string): RegExp => new RegExp(source, 'iuy');

/** A date with a time of day, or a time of day alone. */
export const timeValue = sticky(`(?:${namedDay})?${date}(?:T|,?[^\\S\\n]{1,2}(?:at[^\\S\\n]{1,2})?)${clockTime}|${clockTime}`);
export const dateValue = sticky(
  `(?:${namedDay})?${date}|${weekday}\\b(?:[^\\S\\n]{1,2}the[^\\S\\n]{1,2}${day}(?:st|nd|rd|th)[^\\S\\n]{1,2}of[^\\S\\n]{1,2}${month})?`,
);
/** Seconds or milliseconds since 1970, between 2017 and 2033. */
export const epochValue = sticky('1[5-9]\\d{8}(?:\\d{3})?(?:\\.\\d{1,9})?\\b');

const nameOf = (...words: readonly string[]): string => `(?:${words.join('|')})`;
const time = nameOf('date[ _-]?(?:and|&|/)[ _-]?time', 'datetime', 'date', 'timestamp', 'time', 'day', 'epoch');

/** Cues strong enough wherever they stand. Languages in order: English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Slavic. */
const anywhere = nameOf(
  `current[ _-](?:unix[ _-]|utc[ _-]|local[ _-]|system[ _-])?${time}(?:[ _-]utc)?`,
  "today(?:['\u2019]s)?(?:[ _-]date)?",
  "right now(?:,? it(?: is|['\u2019]s))?",
  "it(?: is|['\u2019]s) (?:now|currently)",
  '(?:date|time|datetime)(?:[ _-]| is )now',
  'now is',
  `${time} of (?:this )?(?:request|call|rendering)`,
  'this (?:prompt|message|request|context|call|conversation) was (?:generated|rendered|built|created|sent|made) (?:at|on)',
  'heute(?: ist)?(?: der)?',
  '(?:aktuelle[sr]?|heutige[sr]?) (?:datum(?: und uhrzeit)?|uhrzeit|zeit)(?: ist(?: der)?)?',
  'es ist (?:jetzt|gerade)',
  "aujourd['\u2019]hui",
  "nous sommes(?: aujourd['\u2019]hui)?(?: le)?",
  "(?:la )?date (?:du jour|actuelle|d['\u2019]aujourd['\u2019]hui)(?: est(?: le)?)?",
  'heure actuelle',
  'il est (?:actuellement|maintenant)',
  'hoy(?: es(?: el)?)?',
  '(?:la )?fecha (?:actual|de hoy)(?: es(?: el)?)?',
  'hora (?:actual|atual)',
  'oggi(?: \u00e8(?: il)?)?',
  'data (?:odierna|attuale|atual|de hoje)',
  'ora attuale',
  'hoje(?: \u00e9(?: dia)?)?',
  'vandaag(?: is(?: het)?)?',
  'nu is het|het is nu',
  'huidige (?:datum|tijd)',
  '(?:i ?dag) (?:\u00e4r|er) det(?: den)?',
  'dagens (?:datum|dato)',
  't\u00e4n\u00e4\u00e4n on',
  '(?:dzisiejsza|aktualna) data',
  'dzisiaj jest',
  'dnes je',
);

/** Global: each match is one place after which a value of the moment may stand. */
export const nowCue = new RegExp(`(?<![\\p{L}\\d_])${anywhere}(?![\\p{L}\\d])`, 'giu');

/** Cues that count only where a line or sentence begins: elsewhere they are part of a text about something else. */
export const openingCue = new RegExp(
  `(?<![\\p{L}\\d_-])${nameOf(
    'timestamp',
    'ts',
    'now(?=[^\\S\\n]{0,2}(?:[(:=>]|is\\b))',
    // Together with a whole date only.
    "it(?: is|['\u2019]s)(?= \\d{1,2}:\\d\\d[^\\n]{3,40}(?:19|20)\\d\\d)",
    'epoch',
    'unix[ _-](?:time|timestamp)',
    `(?:local|system|server)[ _-]${time}(?: for the user)?`,
    `request[ _-](?:time|date|timestamp)`,
    '(?:prompt|request|context) (?:generated|rendered|built|created|received|sent) (?:at|on)',
    '(?:generated|rendered) at',
  )}(?![\\p{L}\\d])`,
  'giu',
);
