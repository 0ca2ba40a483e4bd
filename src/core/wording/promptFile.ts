/** What the front matter of a prompt file should hold, by what was found in its place; parts of a sentence that the rule's message finishes. */
export const expectedWording = {
  traffic: 'a mapping with callsPerHour',
  calls: 'a number of calls',
  minutes: 'a number of minutes',
  texts: 'a list of texts',
  text: 'a text',
  oneOf: (words: readonly string[]): string => `one of ${words.join(', ')}`,
  declaration: 'a mapping with example, default, value, file, description or varies',
  path: 'a path',
  declarations: 'a mapping from name to declaration',
  samples: 'a list of mappings from variable to value',
  sample: 'a mapping from variable to value',
  tools: 'a path to a JSON or YAML file, or a mapping with a list of tools',
} as const;

/** What else is wrong with a prompt file, or a request in JSON. */
export const promptFileWording = {
  noKeys: 'expected keys and values',
  openFrontMatter: 'the front matter is not closed by a line of three dashes',
  emptyFence: 'the fence holds no content block',
  noRequest: 'a Converse request is an object with messages',
} as const;

/** What a prompt is called that has no name of its own. */
export const titleWording = {
  converse: 'Converse request',
  messages: 'Messages body',
  nova: 'Nova body',
  text: 'Text of a prompt',
  inFunction: (name: string, fn: string): string => `${name} in ${fn}()`,
  unnamed: 'prompt',
} as const;
