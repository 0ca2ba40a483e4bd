import type { SyntaxNode } from '@lezer/common';
import type { Expr, Parameter } from '../form';
import { childrenOf, sliceOf, type Reader } from '../reader';

const signs: Readonly<Record<string, Parameter['takes']>> = { '*': 'list', '**': 'object' };

/** A list of parameters is a flat run: a sign, a name, its type, its default, a comma. */
export const parametersOf = (reader: Reader, list: SyntaxNode | null, read: (node: SyntaxNode | null) => Expr): Parameter[] => {
  const found: Parameter[] = [];
  let takes: Parameter['takes'] = 'one';
  const children = list === null ? [] : childrenOf(list);
  for (let at = 0; at < children.length; at += 1) {
    const child = children[at];
    if (child === undefined || child.name === ':') break;
    const last = found.at(-1);
    if (child.name in signs) takes = signs[child.name] ?? 'one';
    else if (child.name === ',') takes = 'one';
    else if (child.name === 'VariableName') found.push({ name: sliceOf(reader, child), fallback: undefined, takes, type: undefined });
    else if (child.name === 'TypeDef' && last !== undefined)
      found[found.length - 1] = { ...last, type: sliceOf(reader, child).replace(/^:\s*/, '') };
    else if (child.name === 'AssignOp' && last !== undefined) {
      at += 1;
      const value = children[at];
      if (value !== undefined && value.name !== ',') found[found.length - 1] = { ...last, fallback: read(value) };
    }
  }
  return found;
};
