/** What the machine could not do: start the emulator, read a table. */
export const machineText = {
  notStarted: (reason: string, output: string): string => `The local emulator did not start: ${reason} ${output}`,
  noAddress: 'it gave no address in time.',
  ended: (code: number | undefined): string => `it ended with code ${code ?? 'none'}.`,
  columnTwice: (name: string): string => `two columns are named “${name}”.`,
} as const;
