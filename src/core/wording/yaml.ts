/** What is wrong with a text as YAML, where its parser does not say it: parts of a sentence that the rule's message finishes. */
export const yamlWording = {
  noAnchor: (alias: string): string => `there is no anchor before the alias *${alias}`,
  insideItself: (alias: string): string => `the alias *${alias} stands inside what it means`,
  tooManyAliases: 'the aliases make this too large',
  braces: 'braces begin a mapping, so a text with {{ }} stands in quotes',
  twice: (key: string): string => `the key ${key} is there twice`,
  afterTheEnd: 'what follows the line of three dots is not read',
} as const;
