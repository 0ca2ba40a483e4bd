/**
 * From now on Ctrl+C ends the program only between two files, so that none is left half done. Returns the way back to the usual; 130 is what
 * shells expect of a program that was interrupted.
 */
export const finishBeforeInterrupt = (): (() => void) => {
  const end = (): never => process.exit(130);
  process.once('SIGINT', end);
  return () => void process.off('SIGINT', end);
};
