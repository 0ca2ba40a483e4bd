/** What is said of a prompt's text where a person points or asks: outline, hints, names. */
export const gestureText = {
  tokens: (amount: string): string => `${amount} tokens`,
  open: (path: string): string => `Open ${path}`,
  /** The title above what is said of a text in the prompt of a program. */
  partOf: (title: string): string => `In ${title}`,
  inNoPrompt: 'It is in no prompt of this file, as far as that is known.',
  headingTokens: (amount: string): string => `≈ ${amount} tok`,
  headingTokensHint: 'Tokens below this line, estimated: up to the next role, or to the next heading of its level or above',
  whichRule: 'Explain which rule?',
  notRenamed: 'Only variables can be renamed: {{name}}, its declaration, or its value in a sample row.',
  notAName: 'A name begins with a letter or _ and goes on with letters, digits, _, . and -.',
  nameTaken: (name: string): string => `There is a variable ${name} already.`,
  suggest: 'Suggest',
} as const;
