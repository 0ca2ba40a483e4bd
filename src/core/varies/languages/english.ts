import type { Language } from './language';

const time = '(?:date(?: (?:and|&|/) ?time|/time)?|datetime|timestamp|time|day|weekday|epoch)';
const thing = '(?:request|call|rendering|message|prompt|conversation|chat|session)';
const verbs = 'generated|rendered|built|created|sent|made|assembled|produced';

export const english: Language = {
  months: 'january february march april may june july august september october november december',
  weekdays: 'monday tuesday wednesday thursday friday saturday sunday',
  today: 'today|now',
  now: [
    `(?:current|present) (?:(?:unix|utc|gmt|local|system|server|user) )?${time}(?: utc)?`,
    "today(?:['’]?s)?(?: (?:current )?date(?: and time)?)?(?: is)?",
    "(?:yesterday|tomorrow)(?:[’']s date)?(?: (?:was|is)|(?=[^\\S\\n]{0,2}[:=]))",
    "(?:right now|at the moment|at present)(?:,? it(?: is|['’]s))?",
    "currently,? it(?: is|['’]s)",
    "it(?: is|['’]s) (?:now|currently|presently|today)",
    `${time}(?:(?: is)? (?:now|today)| of (?:this |the current |the )?${thing})`,
    'now is',
    `this (?:prompt|message|request|context|call|conversation) was (?:${verbs}) (?:at|on)`,
    "as of (?:now|today(?:['’]?s date)?|right now|this moment)",
    'we are (?:now |currently )?on(?= [a-z]{6,9}, )',
  ],
  opens: [
    'timestamp',
    'ts',
    'now(?=[^\\S\\n]{0,2}(?:[(:=>]|is\\b))',
    "it(?: is|['’]s)(?= \\d{1,2}:\\d\\d[^\\n]{3,40}(?:19|20)\\d\\d)",
    "it(?: is|['’]s) [a-z]{3,6}day (?:morning|afternoon|evening|night)(?=,)",
    'epoch',
    'unix (?:time|timestamp)',
    `(?:local|system|server|wall|user|client|device|browser) (?:clock|${time})(?: for the user)?`,
    `request (?:time|date|timestamp)|(?:prompt|request|context) (?:${verbs}|received) (?:at|on)`,
    '(?:session|conversation|chat) (?:started|began|opened)(?: (?:at|on)|(?=[^\\S\\n]{0,2}[:=]))',
    '(?:generated|rendered) at',
  ],
  states: ['(?:date(?: (?:and|&|/) ?time)?|time|day)(?: here)? is'],
  labels: ['date|time'],
  stamps: [
    "it(?: is|['’]s)",
    'date(?: (?:and|&|/) ?time|/time)',
    'datetime',
    'as of',
    '(?:generated|rendered|retrieved|fetched|updated|snapshot taken)(?: (?:at|on))?',
  ],
  ids: ['random seed', '(?:talking|chatting|speaking) (?:to|with) (?:user|customer)'],
  supposes: [
    'e\\.g\\.|examples?|for instance|such as|suppose|imagine|pretend|assuming|if|when|whenever|unless|until|like|says?|said|asks?|asked|wrote|set',
  ],
  examples: ['examples?|few-?shot'],
  speakers: ['user|assistant|human|customer|agent|q|a|input|output|client'],
};
