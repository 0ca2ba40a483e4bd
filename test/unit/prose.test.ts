import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What people read: pages, and the files in which sentences stand. */
const files = [
  '.',
  'docs',
  'src/core/messages',
  'src/core/messages/editor',
  'src/core/messages/page',
  'src/core/rules/cache',
  'src/core/rules/code',
  'src/core/rules/request',
  'src/core/rules/syntax',
].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => /\.(?:md|ts)$/.test(name) || (folder === '.' && /^package\.(?:nls\.)?json$/.test(name)))
    .map((name) => `${folder}/${name}`),
);

/** Words of other times and other shores, each with the one that is written here. */
const others: readonly (readonly [RegExp, string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\bforet(?:old|ell)\b/i, 'predict'],
  [/\banew\b/i, 'again'],
  [/\breckon(?:s|ed)?\b/i, 'calculate'],
  [/\blicen[c]e\b/i, 'license'],
  [/\bcatalogue\b/i, 'catalog'],
  [/\bcolour/i, 'color'],
  [/\bcancell(?:ed|able|ing)\b/i, 'canceled'],
  [/\b(?:optim|normal|serial|initial|recogn|apolog|organ|minim|maxim)is(?:e|es|ed|ing|ation)\b/i, '-ize'],
  [/\banalys(?:e|ed|ing)\b(?!\.)/i, 'analyze'],
  [/\b(?:behavi|fav|neighb|hon)our/i, '-or'],
  [/\b(?:centre|grey|judgement|whilst)\b/i, 'center, gray, judgment, while'],
  [/\bcache points? (?:right |straight )?behind\b|\bbehind (?:the|a|this|that|each) (?:last |first )?cache point/i, 'after'],
];

describe('what people read', () => {
  for (const [word, instead] of others)
    it(`is written with "${instead}", not ${word.source}`, () => {
      const found = files.flatMap((file) =>
        readFileSync(join(root, file), 'utf8')
          .split('\n')
          .flatMap((line, at) => (word.test(line) ? [`${file}:${at + 1}: ${line.trim().slice(0, 120)}`] : [])),
      );
      assert.deepEqual(found, []);
    });
});
