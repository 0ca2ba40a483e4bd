import assert from 'node:assert/strict';

/** Text for a person without anything that only code would write: missing values, holes, the names of variants. */
export const assertClean = (text: string): void => {
  assert.notEqual(text.trim(), '');
  assert.equal(text, text.trim(), text);
  assert.doesNotMatch(text, /undefined|NaN|Infinity|\[object|\$\{|\bnull\b| {2}|\.\.(?!\/)| [.,;:](?:\s|$)/, text);
};

/** A clean text that ends as a sentence does, and begins as one. */
export const assertSentence = (text: string): void => {
  assertClean(text);
  assert.match(text, /[.?]$/, text);
  assert.doesNotMatch(text, /^[a-z](?!achepoint\.)/, text);
};
