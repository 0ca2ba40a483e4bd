import { createContext, runInContext } from 'node:vm';

/** A pattern has this long for one answer: a careless one takes longer than anybody lives. */
const longestMs = 200;

/** Does a text have a place that fits a pattern? `undefined`: the pattern is none, or it takes too long. */
export const matchesPattern = (source: string, flags: string, text: string): boolean | undefined => {
  const context = createContext(Object.assign(Object.create(null), { source, flags, text }) as object);
  try {
    return runInContext('new RegExp(source, flags).test(text)', context, { timeout: longestMs }) as boolean; // what `test` gives
  } catch {
    return undefined;
  }
};
