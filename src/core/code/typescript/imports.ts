import type { SyntaxNode } from '@lezer/common';
import type { Step } from '../form';
import { childrenOf, sliceOf, spanOf, stepOf, type Reader } from '../reader';

const moduleOf = (reader: Reader, node: SyntaxNode): string | undefined => {
  const text = node.getChild('String');
  return text === null ? undefined : sliceOf(reader, text).slice(1, -1);
};

/** Names between braces, each with the name that it has outside: `{ a, b as c, type d }`. */
const group = (reader: Reader, node: SyntaxNode): readonly { readonly inside: string; readonly outside: string }[] => {
  const found: { inside: string; outside: string }[] = [];
  const names = childrenOf(node);
  for (const [at, child] of names.entries()) {
    if (!/^Variable(?:Name|Definition)$/.test(child.name) || names[at - 1]?.name === 'as') continue;
    const inside = sliceOf(reader, child);
    const alias = names[at + 1]?.name === 'as' ? names[at + 2] : undefined;
    found.push({ inside, outside: alias === undefined ? inside : sliceOf(reader, alias) });
  }
  return found;
};

/** What an import names. */
export const importSteps = (reader: Reader, node: SyntaxNode): readonly Step[] => {
  const module = moduleOf(reader, node);
  if (module === undefined) return [];
  const step = (root: string, name: string): Step => stepOf('set', spanOf(node), root, { from: { module, name } });
  const steps: Step[] = [];
  const children = childrenOf(node);
  for (const [at, child] of children.entries()) {
    if (child.name === 'ImportGroup') steps.push(...group(reader, child).map(({ inside, outside }) => step(outside, inside)));
    else if (child.name === 'VariableDefinition') {
      // Text of a file comes in by the name of the file.
      const isWhole = children[at - 1]?.name === 'as';
      steps.push(step(sliceOf(reader, child), isWhole ? '' : 'default'));
    }
  }
  return steps;
};

/** What an export takes over from another module, or gives another name; `undefined` where it exports a declaration. */
export const exportSteps = (reader: Reader, node: SyntaxNode): readonly Step[] | undefined => {
  const module = moduleOf(reader, node);
  const names = node.getChild('ExportGroup');
  if (node.getChild('Star') !== null && module !== undefined) {
    reader.stars.push(module);
    return [];
  }
  if (names === null) return undefined;
  return group(reader, names).flatMap(({ inside, outside }): readonly Step[] => {
    if (module !== undefined) return [stepOf('set', spanOf(node), outside, { from: { module, name: inside } })];
    return inside === outside ? [] : [stepOf('set', spanOf(node), outside, { value: { kind: 'name', at: spanOf(names), name: inside } })];
  });
};
