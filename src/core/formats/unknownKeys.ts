import type { SyntaxProblem } from '../prompt/problems';
import { nearestWord } from '../text/nearest';
import type { Tree } from '../text/tree';

/** More unknown members of one object are not told: looking for their nearest word takes time. */
const maxTold = 50;

/** Tells of members that nothing reads, each with the nearest one that something does. */
export const checkKeys = (problems: SyntaxProblem[], tree: Tree | undefined, known: readonly string[]): void => {
  if (tree?.kind !== 'object') return;
  const unknown = tree.entries.filter(({ name }) => !known.includes(name)).slice(0, maxTold);
  const free = known.filter((name) => !tree.entries.some(({ key }) => key.value === name));
  for (const { key } of unknown)
    problems.push({ code: 'syntax/unknown-key', span: key.span, data: { key: key.value, nearest: nearestWord(key.value, free) } });
};
