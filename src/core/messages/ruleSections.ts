/** The line, from 1, on which each rule's section begins in the text of `docs/rules.md`: a heading that is the rule's code. */
export const ruleLines = (markdown: string): ReadonlyMap<string, number> =>
  new Map(
    markdown.split('\n').flatMap((line, index) => {
      const code = /^## ((?:cache|code|request|syntax)\/[a-z-]+)\s*$/.exec(line)?.[1];
      return code === undefined ? [] : [[code, index + 1] as const];
    }),
  );
