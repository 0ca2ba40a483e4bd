/** Where runs go, in a word or a sentence. */
export const targetText = {
  notStarted: 'not started yet',
  emulator: 'emulator',
  leaves: (name: string, region: string | undefined, identity: string): string =>
    `The prompt leaves this machine and goes to ${name}${region === undefined ? '' : ` in ${region}`}, with ${identity}.`,
} as const;
