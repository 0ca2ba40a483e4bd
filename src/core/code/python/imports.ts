import type { SyntaxNode } from '@lezer/common';
import type { Step } from '../form';
import { childrenOf, sliceOf, spanOf, stepOf, type Reader } from '../reader';

/** `import a.b as c, d`: the module as written, and its name. */
const wholeModules = (reader: Reader, node: SyntaxNode): readonly Step[] => {
  const text = sliceOf(reader, node).replace(/^import\s+/, '');
  return text.split(',').flatMap((part) => {
    const found = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(part.replaceAll('\\\n', ''));
    if (found === null) return [];
    const [, path = '', alias] = found;
    // Without a name of its own the first word is bound, and the rest is looked up in it.
    const module = alias === undefined ? (path.split('.')[0] ?? path) : path;
    return [stepOf('set', spanOf(node), alias ?? module, { from: { module, name: '' } })];
  });
};

/** What an import statement names. */
export const importSteps = (reader: Reader, node: SyntaxNode): readonly Step[] => {
  const children = childrenOf(node);
  if (children[0]?.name !== 'from') return wholeModules(reader, node);
  const importAt = children.findIndex(({ name }) => name === 'import');
  if (importAt === -1) return [];
  const module = reader.source.slice(children[0].to, children[importAt]?.from).replace(/\s/g, '');
  const names = children.slice(importAt + 1);
  if (names.some(({ name }) => name === '*')) {
    reader.stars.push(module);
    return [];
  }
  const steps: Step[] = [];
  for (const [index, child] of names.entries()) {
    if (child.name !== 'VariableName' || names[index - 1]?.name === 'as') continue;
    const alias = names[index + 1]?.name === 'as' ? names[index + 2] : undefined;
    const name = sliceOf(reader, child);
    steps.push(stepOf('set', spanOf(node), alias === undefined ? name : sliceOf(reader, alias), { from: { module, name } }));
  }
  return steps;
};
