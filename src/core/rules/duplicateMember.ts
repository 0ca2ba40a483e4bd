import type { Problem } from '../prompt/problems';
import type { Tree } from '../text/tree';
import type { Rule } from './types';

type Code = 'syntax/duplicate-member';

/** Members that a later one of the same object takes the place of. */
function* lostIn(tree: Tree): Generator<Problem<Code>> {
  if (tree.kind === 'array') for (const item of tree.items) yield* lostIn(item);
  if (tree.kind !== 'object') return;
  const last = new Map(tree.entries.map((entry) => [entry.key.value, entry]));
  for (const entry of tree.entries) {
    if (last.get(entry.key.value) !== entry)
      yield { code: 'syntax/duplicate-member', span: entry.key.span, data: { name: entry.key.value } };
    yield* lostIn(entry.value);
  }
}

/** A member that stands twice in one object: the first one is lost without a word. */
export const duplicateMember: Rule<Code> = {
  severity: 'warning',
  *check({ prompt }) {
    if (prompt.body !== undefined) yield* lostIn(prompt.body.tree);
    else for (const { at, via } of prompt.written) if (via === undefined) yield* lostIn(at.tree);
  },
};
