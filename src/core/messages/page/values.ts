/** What the form of values, and the values of a run, say in the panel. */
export const valuesPageText = {
  save: 'Save as Sample Row',
  cancel: 'Cancel',
  sendKeys: 'Ctrl+Enter',
  cancelKeys: 'Escape',
  used: (amount: number): string => `Values (${amount})`,
} as const;
