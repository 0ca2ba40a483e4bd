import { parseJsonTree } from '../text/jsonTree';
import type { Json } from '../text/json';

/** JSON without comments, and not nested without end. */
export const strictJson = (text: string): Json | undefined => {
  if (parseJsonTree(text).tooDeep) return undefined;
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives
  } catch {
    return undefined;
  }
};
