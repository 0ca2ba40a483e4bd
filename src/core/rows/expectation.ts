/** What a row's answer is held against. */
export type Expectation =
  /** `/pattern/` with flags: the answer has a place that fits. */
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  /** `= text`: the answer is the text, but for white space around it. */
  | { readonly kind: 'equal'; readonly text: string }
  /** Any other text: the answer contains it, in capitals or not, with white space of any kind between words. */
  | { readonly kind: 'contains'; readonly text: string };

const pattern = /^\/(.+)\/([imsu]*)$/s;

export const readExpectation = (text: string): Expectation => {
  const [, source, flags = ''] = pattern.exec(text.trim()) ?? [];
  if (source !== undefined) return { kind: 'pattern', source, flags };
  return text.trimStart().startsWith('= ')
    ? { kind: 'equal', text: text.trimStart().slice(2).trim() }
    : { kind: 'contains', text: text.trim() };
};

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

/** Does an answer meet it? `undefined`: the pattern is none. `test` runs a pattern against a text; one that takes too long gives `undefined` too. */
export const meets = (
  expectation: Expectation,
  answer: string,
  test: (source: string, flags: string, text: string) => boolean | undefined,
): boolean | undefined => {
  switch (expectation.kind) {
    case 'pattern':
      return test(expectation.source, expectation.flags, answer);
    case 'equal':
      return answer.trim() === expectation.text;
    case 'contains':
      return folded(answer).includes(folded(expectation.text));
  }
};
