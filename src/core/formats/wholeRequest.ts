import type { ReadPrompt } from '../prompt/model';
import type { Tree } from '../text/tree';

/** The whole request, where the document has it in one piece. */
export const wholeRequest = ({ written }: Pick<ReadPrompt, 'written'>): Tree | undefined =>
  written.find(({ path, via }) => path.length === 0 && via === undefined)?.at.tree;
