/** Expressions of template languages that are evaluated when the prompt is made: clocks and random numbers. */

const python = '(?:datetime\\.)?(?:datetime|date)\\.(?:now|utcnow|today)\\(|time\\.time\\(|uuid\\.uuid[14]\\(|uuid4\\(';
const script = 'new[^\\S\\n]{1,4}Date\\(\\)|Date\\.now\\(\\)|crypto\\.randomUUID\\(|uuidv?[47]?\\(\\)|Math\\.random\\(|nanoid\\(|ulid\\(';
const dotnet = 'DateTime(?:Offset)?\\.(?:Utc)?Now|Guid\\.NewGuid\\(';
const ruby = 'Time\\.now|Date\\.today|DateTime\\.now|SecureRandom\\.';

/** `{{$now}}` and its like: placeholders that are made for this, whatever stands around them. */
export const builtIn =
  /\{\{[^\S\n]{0,4}\$(?:now|today|date|datetime|isoTimestamp|localDatetime|timestamp|guid|uuid|random\w{1,30})\b[^{}\n]{0,60}\}\}/y;

/** Code in the braces of a template or an interpolated string. */
export const clockCode = new RegExp(
  `(?:${[
    `\\{\\{[^\\S\\n]{0,4}(?:(?:utc)?now\\(\\)|"now"[^\\S\\n]{0,4}\\|)[^{}\\n]{0,60}\\}\\}`,
    `\\$\\{[^\\S\\n]{0,4}(?:${script})[^{}\\n]{0,80}\\}`,
    `(?<![{$#])\\{[^\\S\\n]{0,4}(?:${python}|${dotnet})[^{}\\n]{0,80}\\}`,
    `#\\{[^\\S\\n]{0,4}(?:${ruby})[^{}\\n]{0,80}\\}`,
    `<%=[^\\S\\n]{0,4}(?:${ruby})[^%\\n]{0,80}%>`,
    `(?<=(?:[:=]|\\bis) )\\$\\((?:date\\b[^()\\n]{0,60}|uuidgen)\\)`,
  ].join('|')})`,
  'y',
);
