import type { Problem } from '../prompt/problems';
import type { Tree } from '../text/tree';
import type { Rule } from './types';

type Code = 'syntax/duplicate-member';

/** Members that a later one of the same object takes the place of. */
const lostIn = (tree: Tree, found: Problem<Code>[] = []): readonly Problem<Code>[] => {
  if (tree.kind === 'array') for (const item of tree.items) lostIn(item, found);
  if (tree.kind !== 'object') return found;
  const last = tree.entries.length > 1 ? new Map(tree.entries.map((entry) => [entry.key.value, entry])) : undefined;
  for (const entry of tree.entries) {
    const { key, value } = entry;
    if (last !== undefined && last.get(key.value) !== entry)
      found.push({ code: 'syntax/duplicate-member', span: key.span, data: { name: key.value } });
    if (value.kind !== 'scalar') lostIn(value, found);
  }
  return found;
};

/** A member that stands twice in one object: the first one is lost without a word. */
export const duplicateMember: Rule<Code> = {
  severity: 'warning',
  *check({ prompt }) {
    if (prompt.body !== undefined) yield* lostIn(prompt.body.tree);
    else for (const { at, via } of prompt.written) if (via === undefined) yield* lostIn(at.tree);
  },
};
