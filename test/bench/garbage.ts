import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all garbage, so that what follows is measured from the same ground. */
export const collectGarbage = runInNewContext('gc') as () => void; // what the flag exposes
