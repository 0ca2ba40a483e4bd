/** Words that say that a value of the present, or an identifier of this request, follows. All are patterns that read lower case. */
import { alternativesOf } from './heads';
import { wordsOf } from './languages/index';
import { otherLetters, type CueSort, type Script, type Words } from './words';

const thing = '(?:request|session|trace|span|correlation|conversation|invocation|interaction|transaction|thread|run|call|message|chat)';

/** Say that an identifier follows: any shape of identifier may stand after them. */
const idWords: Words = {
  ...wordsOf('ids'),
  bounded: [
    ...wordsOf('ids').bounded,
    `(?:x-(?:amzn-)?)?${thing}[ _-]?(?:id|identifier|uuid|no\\.|number)`,
    'nonce',
    `(?:id|token|number) (?:for|of) this ${thing}`,
    `this ${thing} has (?:the|this) id`,
  ],
};

/** Alone, only a value that can be nothing else than generated counts after them. */
const thingWords: Words = {
  bounded: [
    `(?:you are in|this is) (?:the )?(?:session|conversation|chat|request)`,
    'request|session|trace|conversation|interaction|run|thread|chat',
  ],
  free: [],
};

/** In the order in which they are tried where several could begin. */
const sorts: readonly (readonly [CueSort, Words])[] = [
  ['now', wordsOf('now')],
  ['opens', wordsOf('opens')],
  ['states', wordsOf('states')],
  ['stamps', wordsOf('stamps')],
  ['labels', wordsOf('labels')],
  ['id', idWords],
  ['thing', thingWords],
];

/** The words of all sorts that are written so, as patterns without alternatives. */
export const cueWords = (script: Script): readonly (readonly [sort: CueSort, part: keyof Words, word: string])[] =>
  sorts.flatMap(([sort, words]) =>
    (['bounded', 'free'] as const).flatMap((part) =>
      words[part]
        .flatMap(alternativesOf)
        .filter((word) => otherLetters.test(word) === (script === 'other'))
        .map((word) => [sort, part, word] as const),
    ),
  );
