import { shorten } from '../../messages/phrases';
import type { Problem } from '../../prompt/problems';
import type { Tree } from '../../text/tree';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/duplicate-member': { readonly name: string };
  }
}

type Code = 'syntax/duplicate-member';

/** Adds the members that a later one of the same object takes the place of. */
const addLost = (tree: Tree, lost: Problem<Code>[]): void => {
  if (tree.kind === 'array') for (const item of tree.items) addLost(item, lost);
  if (tree.kind !== 'object') return;
  const { entries } = tree;
  const last = entries.length > 1 ? new Map(entries.map((entry) => [entry.name, entry])) : undefined;
  for (const entry of entries) {
    const name = entry.name;
    if (last !== undefined && last.size < entries.length && last.get(name) !== entry)
      lost.push({ code: 'syntax/duplicate-member', span: entry.key.span, data: { name } });
    if (entry.value.kind !== 'scalar') addLost(entry.value, lost);
  }
};

/** A member that stands twice in one object: the first one is lost without a word. */
export const duplicateMember: Rule<Code> = {
  code: 'syntax/duplicate-member',
  severity: 'warning',
  sources: ['RFC 8259, 2017-12: names within an object should be unique, and what readers make of others differs'],
  says: ({ name }) =>
    `This is lost: the object has ${shorten(name)} twice, and only the last one counts for most readers. Some refuse it. Keep one of the two.`,
  *check({ prompt }) {
    const lost: Problem<Code>[] = [];
    if (prompt.body !== undefined) addLost(prompt.body.tree, lost);
    else for (const { at, via } of prompt.written) if (via === undefined) addLost(at.tree, lost);
    yield* lost;
  },
};
