/** What the simulator of conversations says around its figures. */
export const chatPageText = {
  tokensByTurn: (strategy: string): string => `${strategy}: tokens by turn`,
  turns: 'Turns in figures',
  tableName: 'The conversation by where cache points stand',
  cachePoints: 'Cache points',
  read: 'Read',
  written: 'Written',
  cost: 'Cost',
  saved: 'Saved',
  least: 'least',
  isLeast: ' (least)',
  lifetime: 'Lifetime',
  keyRead: 'read from the cache',
  keyWritten: 'written to it',
  keyInput: 'paid in full',
} as const;
