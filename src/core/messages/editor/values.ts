/** What is said where values of a call are asked for. */
export const valuesText = {
  title: 'Values for the Variables',
  own: 'Own values',
  enter: '$(edit) Enter values…',
  hint: 'A sample row of the prompt, or values of your own',
  asTyped: 'Sent as it is typed.',
  /** In a program it is an expression whose text is asked for. */
  textOf: (name: string): string => `Text of ${name}`,
  othersOf: (row: string): string => `The other values are those of ${row}.`,
  lastTime: 'Filled in as they were used last.',
  /** What the button says that goes on with the values. */
  send: { run: 'Run', runTwice: 'Run Twice', runCold: 'Run Cold', count: 'Count Tokens' },
  saved: (number: number): string => `Written into the prompt as Sample ${number}.`,
  notSaved: 'The row could not be written here. Write it below samples in the front matter.',
} as const;
