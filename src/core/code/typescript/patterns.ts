import type { SyntaxNode } from '@lezer/common';
import type { Expr, OpenScope, Parameter, Step } from '../form';
import { childrenOf, sliceOf, spanOf, stepOf, type Reader } from '../reader';

type ReadExpr = (node: SyntaxNode | null) => Expr;

/** What a pattern takes apart, and how its names are seen. */
export interface Taken {
  readonly value: Expr | undefined;
  readonly at: Step['at'];
  readonly isLocal: boolean;
  readonly keepsName: boolean;
}

const withDefault = (part: Expr | undefined, fallback: Expr | undefined): Expr | undefined =>
  part === undefined ? undefined : fallback === undefined ? part : { kind: 'either', at: part.at, left: part, right: fallback };

const bindingNode = (name: string): boolean => name === 'VariableDefinition' || name === 'ObjectPattern' || name === 'ArrayPattern';

/** The steps by which a pattern names parts of a value. */
export const bindPattern = (reader: Reader, node: SyntaxNode, taken: Taken, read: ReadExpr): readonly Step[] => {
  const { value, at, isLocal, keepsName } = taken;
  if (node.name === 'VariableDefinition' || node.name === 'VariableName')
    return [stepOf('set', at, sliceOf(reader, node), { value, isLocal, keepsName })];
  const steps: Step[] = [];
  const children = childrenOf(node);
  if (node.name === 'ObjectPattern') {
    for (const property of children.filter(({ name }) => name === 'PatternProperty')) {
      const parts = childrenOf(property);
      const isRest = parts[0]?.name === 'Spread';
      const key = parts.find(({ name }) => name === 'PropertyName' || name === 'VariableDefinition' || name === 'String');
      const equals = parts.findIndex(({ name }) => name === 'Equals');
      const target = parts.find((part, index) => bindingNode(part.name) && (equals === -1 || index < equals));
      if (key === undefined || target === undefined) continue;
      const name = sliceOf(reader, key).replace(/^["']|["']$/g, '');
      const own: Expr | undefined = value && { kind: 'member', at: spanOf(key), object: value, name, nameAt: spanOf(key) };
      const fallback = equals === -1 ? undefined : read(parts[equals + 1] ?? null);
      steps.push(...bindPattern(reader, target, { ...taken, value: isRest ? undefined : withDefault(own, fallback) }, read));
    }
    return steps;
  }
  let index = 0;
  for (const child of children) {
    if (child.name === ',') index += 1;
    if (!bindingNode(child.name)) continue;
    const part: Expr | undefined = value && {
      kind: 'index',
      at: spanOf(child),
      object: value,
      index: { kind: 'constant', at: spanOf(child), value: index },
    };
    steps.push(...bindPattern(reader, child, { ...taken, value: part }, read));
  }
  return steps;
};

/** What stands in place of a parameter that is taken apart at once. */
const patternName = (index: number): string => `#${index}`;

/** The parameters of a function; what is taken apart is named by steps at the beginning of its scope. */
export const readParameters = (reader: Reader, list: SyntaxNode | null, scope: OpenScope, outer: ReadExpr, inner: ReadExpr): void => {
  const found: Parameter[] = [];
  let takes: Parameter['takes'] = 'one';
  let isField = false;
  const children = list === null ? [] : childrenOf(list);
  for (const [at, child] of children.entries()) {
    const last = found.at(-1);
    if (child.name === 'Spread') takes = 'list';
    else if (child.name === ',') [takes, isField] = ['one', false];
    else if (child.name === 'Privacy' || child.name === 'readonly') isField = true;
    else if (bindingNode(child.name)) {
      const isPattern = child.name !== 'VariableDefinition';
      const name = isPattern ? patternName(found.length) : sliceOf(reader, child);
      found.push({ name, fallback: undefined, takes, type: undefined });
      const own: Expr = { kind: 'name', at: spanOf(child), name };
      if (isPattern)
        scope.steps.push(...bindPattern(reader, child, { value: own, at: spanOf(child), isLocal: false, keepsName: true }, inner));
      if (isField) scope.steps.push(stepOf('set', spanOf(child), 'this', { path: [name], value: own, keepsName: true }));
    } else if (child.name === 'TypeAnnotation' && last !== undefined)
      found[found.length - 1] = { ...last, type: sliceOf(reader, child).replace(/^:\s*/, '') };
    else if (child.name === 'Equals' && last !== undefined)
      found[found.length - 1] = { ...last, fallback: outer(children[at + 1] ?? null) };
  }
  scope.parameters.push(...found);
};
