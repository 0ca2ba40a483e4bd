/** Deepest nesting that the recursive readers of JSON and YAML are given; far above what the service accepts. */
export const maxDepth = 200;

const bracketsExceed = (text: string, limit: number): boolean => {
  let depth = 0;
  for (const match of text.matchAll(/[[\]{}]/g)) {
    if (match[0] === '{' || match[0] === '[') depth += 1;
    else depth = Math.max(0, depth - 1);
    if (depth > limit) return true;
  }
  return false;
};

/** Is JSON text nested deeper than what shows it should follow? Brackets in strings count too: it may be too careful, never too bold. */
export const isJsonTooDeep = (text: string): boolean => bracketsExceed(text, maxDepth);

/**
 * Would the YAML reader, which recurses, go deeper than it should? Counts brackets, and the indicators and the indent of each line. Strings and
 * comments are not told apart: the guard may be too careful, never too bold.
 */
export const isYamlTooDeep = (text: string): boolean =>
  bracketsExceed(text, maxDepth) || /^(?: {400}|(?:[ \t]*[-?:][ \t]){200})/m.test(text);
