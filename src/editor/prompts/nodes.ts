import type { IndexGroup, IndexMember, IndexParting, PromptIndex, PromptRow } from '../../core/report/promptIndex';

/** What the tree shows. */
export type PromptNode =
  | { readonly kind: 'prompt'; readonly row: PromptRow }
  | {
      readonly kind: 'group';
      readonly group: IndexGroup;
      /** Prompts in it and below, of those that are shown. */
      readonly prompts: number;
      readonly children: readonly PromptNode[];
    }
  | { readonly kind: 'parting'; readonly parting: IndexParting; readonly rows: readonly [PromptRow, PromptRow] };

const countOf = (nodes: readonly PromptNode[]): number =>
  nodes.reduce((sum, node) => sum + (node.kind === 'group' ? node.prompts : node.kind === 'prompt' ? 1 : 0), 0);

const fits = ({ title, path, model }: PromptRow, filter: string): boolean => {
  const words = `${title} ${path} ${model}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
};

/** Groups come first, those with most to share before others. */
const byWorth = (a: PromptNode, b: PromptNode): number => {
  const worth = (node: PromptNode): number => (node.kind === 'group' ? 1 + node.group.tokens * node.prompts : 0);
  return worth(b) - worth(a);
};

/** The tree of an index: a group of which the filter leaves one prompt is that prompt. */
export const nodesOf = ({ rows, members }: PromptIndex, filter = ''): readonly PromptNode[] => {
  const inside = (list: readonly IndexMember[]): readonly PromptNode[] => list.flatMap(nodeOf);
  const nodeOf = (member: IndexMember): readonly PromptNode[] => {
    if (typeof member === 'number') {
      const row = rows[member];
      return row === undefined || !fits(row, filter) ? [] : [{ kind: 'prompt', row }];
    }
    const children = inside(member.members);
    const prompts = countOf(children);
    if (prompts < 2) return children;
    return [{ kind: 'group', group: member, prompts, children: [...children, ...partingOf(member.parting)] }];
  };
  const partingOf = (parting: IndexParting | undefined): readonly PromptNode[] => {
    const [a, b] = parting?.rows.map((at) => rows[at]) ?? [];
    if (parting === undefined || a === undefined || b === undefined || !fits(a, filter) || !fits(b, filter)) return [];
    return [{ kind: 'parting', parting, rows: [a, b] }];
  };
  return [...inside(members)].sort(byWorth);
};

/** Prompts whose text comes from a file, by its absolute path with `/`. */
export const readersOf = ({ rows }: PromptIndex, path: string): readonly PromptRow[] =>
  rows.filter(({ sources, path: own }) => own !== path && sources.includes(path));
