/** Ends an exhaustive switch: the compiler objects when a case is missing, and a bad value from outside is named. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
};
