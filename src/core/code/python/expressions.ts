import type { SyntaxNode } from '@lezer/common';
import { span } from '../../text/span';
import type { Argument, CallExpr, Entry, Expr, Item, OpenScope, Scope } from '../form';
import {
  addCall,
  childrenOf,
  deepest,
  noteFigure,
  notOf,
  openScope,
  other,
  sliceOf,
  spanOf,
  stepOf,
  type Reader,
  withoutComments,
} from '../reader';
import { textOf } from './literals';
import { parametersOf } from './parameters';

type In = OpenScope;

const readNumber = (text: string): number => Number(text.replaceAll('_', ''));

const argumentsOf = (reader: Reader, list: SyntaxNode | null, scope: In): readonly Argument[] => {
  const found: Argument[] = [];
  const children = list === null ? [] : childrenOf(list);
  let at = 0;
  while (at < children.length) {
    const first = children[at];
    if (first === undefined) break;
    if (/^[(),]$/.test(first.name) || first.name === 'Comment') {
      at += 1;
      continue;
    }
    if (first.name === '⚠') break;
    if (first.name === '*' || first.name === '**') {
      const value = children[at + 1];
      if (value === undefined || /^[),]$/.test(value.name)) break;
      const spread = first.name === '*' ? 'list' : 'object';
      found.push({ name: undefined, spread, value: readExpr(reader, value, scope), at: span(first.from, value.to) });
      at += 2;
    } else if (first.name === 'VariableName' && children[at + 1]?.name === 'AssignOp') {
      const value = children[at + 2];
      if (value === undefined || /^(?:[),]|⚠)$/.test(value.name)) break;
      const name = sliceOf(reader, first);
      found.push({ name, spread: undefined, value: readExpr(reader, value, scope), at: span(first.from, value.to) });
      at += 3;
    } else if (children[at + 1]?.name === 'for') {
      // A generator as the only argument has no brackets of its own.
      found.push({ name: undefined, spread: undefined, value: eachOf(reader, list ?? first, scope, 'list'), at: spanOf(list ?? first) });
      break;
    } else {
      found.push({ name: undefined, spread: undefined, value: readExpr(reader, first, scope), at: spanOf(first) });
      at += 1;
    }
  }
  return found;
};

const callOf = (reader: Reader, node: SyntaxNode, scope: In): CallExpr => {
  const callee = readExpr(reader, node.firstChild, scope);
  const args = argumentsOf(reader, node.getChild('ArgList'), scope);
  return addCall(reader, { kind: 'call', at: spanOf(node), callee, args, isNew: false }, scope);
};

const itemsOf = (reader: Reader, nodes: readonly SyntaxNode[], scope: In): readonly Item[] => {
  const items: Item[] = [];
  let spread = false;
  for (const node of nodes) {
    if (/^(?:[[\](){},]|Comment|⚠)$/.test(node.name)) {
      spread = false;
      continue;
    }
    if (node.name === '*') {
      spread = true;
      continue;
    }
    items.push({ spread, value: readExpr(reader, node, scope) });
    spread = false;
  }
  return items;
};

const entriesOf = (reader: Reader, node: SyntaxNode, scope: In): readonly Entry[] => {
  const entries: Entry[] = [];
  const children = withoutComments(node);
  for (let at = 0; at < children.length; at += 1) {
    const first = children[at];
    if (first === undefined || first.name === '⚠') break;
    if (/^[{},]$/.test(first.name)) continue;
    if (first.name === '**') {
      const value = children[at + 1];
      if (value === undefined) break;
      entries.push({ key: undefined, value: readExpr(reader, value, scope), at: span(first.from, value.to) });
      at += 1;
      continue;
    }
    const value = children[at + 2];
    if (children[at + 1]?.name !== ':' || value === undefined || /^(?:[},]|⚠)$/.test(value.name)) break;
    entries.push({ key: readExpr(reader, first, scope), value: readExpr(reader, value, scope), at: span(first.from, value.to) });
    at += 2;
  }
  return entries;
};

/** A comprehension: what stands before `for`, for each of what stands behind `in`. */
const eachOf = (reader: Reader, node: SyntaxNode, scope: In, sort: 'list' | 'set' | 'object'): Expr => {
  const children = childrenOf(node).filter(({ name }) => !/^(?:[[\](){}]|Comment|async)$/.test(name));
  const at = children.findIndex(({ name }) => name === 'for');
  const inAt = children.findIndex(({ name }, index) => index > at && name === 'in');
  const iterable = children[inAt + 1];
  if (at < 1 || inAt === -1 || iterable === undefined) return other(node);
  const targets = children.slice(at + 1, inAt).filter(({ name }) => name === 'VariableName');
  const parameters = targets.map((one) => ({ name: sliceOf(reader, one), fallback: undefined, takes: 'one' as const, type: undefined }));
  const own = openScope(reader, { sort: 'function', name: '', at: spanOf(node), parent: scope, parameters });
  for (const element of children.slice(0, at)) if (element.name !== ':') own.returns.push(readExpr(reader, element, own));
  const always = children.length === inAt + 2 && targets.length === children.slice(at + 1, inAt).filter(({ name }) => name !== ',').length;
  return { kind: 'each', at: spanOf(node), scope: own, of: readExpr(reader, iterable, scope), always, sort };
};

const lambdaOf = (reader: Reader, node: SyntaxNode, scope: In): Expr => {
  const parameters = parametersOf(reader, node.getChild('ParamList'), (one) => readExpr(reader, one, scope));
  const own = openScope(reader, { sort: 'function', name: '', at: spanOf(node), parent: scope, parameters });
  if (node.lastChild !== null) own.returns.push(readExpr(reader, node.lastChild, own));
  return { kind: 'function', at: spanOf(node), scope: own };
};

const memberOf = (reader: Reader, node: SyntaxNode, scope: In): Expr => {
  const at = spanOf(node);
  const [objectNode, sign, ...rest] = childrenOf(node);
  const object = readExpr(reader, objectNode ?? null, scope);
  if (sign?.name === '.') {
    const name = rest[0];
    // Of a pattern all names lie side by side.
    return name?.name === 'PropertyName' && rest.length === 1
      ? { kind: 'member', at, object, name: sliceOf(reader, name), nameAt: spanOf(name) }
      : other(node);
  }
  const inside = rest.filter(({ name }) => name !== ']');
  const colon = inside.findIndex(({ name }) => name === ':');
  if (colon !== -1) {
    const [from, to] = [inside[colon - 1], inside[colon + 1]];
    const part = (one: SyntaxNode | undefined): Expr | undefined => (one === undefined ? undefined : readExpr(reader, one, scope));
    return inside.length > 3 ? other(node) : { kind: 'slice', at, object, from: part(from), to: part(to) };
  }
  const [index] = inside;
  return index === undefined || inside.length > 1 ? other(node) : { kind: 'index', at, object, index: readExpr(reader, index, scope) };
};

const binaryOf = (reader: Reader, node: SyntaxNode, scope: In): Expr => {
  const [leftNode, ...rest] = withoutComments(node);
  const rightNode = rest.at(-1);
  const [sign, ...signs] = rest.slice(0, -1);
  if (leftNode === undefined || sign === undefined || rightNode === undefined) return other(node);
  const [left, right] = [readExpr(reader, leftNode, scope), readExpr(reader, rightNode, scope)];
  const at = spanOf(node);
  if (sign.name === 'or') return { kind: 'either', at, left, right };
  if (sign.name === 'and') return { kind: 'both', at, left, right };
  // `is not` and `not in` are two signs.
  const operator = [sign, ...signs].map((one) => sliceOf(reader, one)).join(' ');
  const expr: Expr = { kind: 'binary', at, operator, left, right };
  const isPart = node.parent?.name === 'BinaryExpression' && node.nextSibling !== null && sliceOf(reader, node.nextSibling) === '|';
  if (operator === '|' && !isPart) reader.chains.push({ expr, scope });
  noteFigure(reader, expr, scope);
  return expr;
};

const namedOf = (reader: Reader, node: SyntaxNode, scope: In): Expr => {
  const [target, , value] = childrenOf(node);
  if (target === undefined || value === undefined) return other(node);
  const read = readExpr(reader, value, scope);
  scope.steps.push(stepOf('set', spanOf(node), sliceOf(reader, target), { value: read }));
  return read;
};

/** Is the name what a method is called on, in it or in a function inside of it? */
const isSelf = (scope: Scope, name: string): boolean => {
  let at: Scope | undefined = scope;
  for (; at?.sort === 'function'; at = at.parent) {
    const isMethod = at.parent?.sort === 'class' && !at.marks.includes('staticmethod') && !at.marks.includes('classmethod');
    if (isMethod || at.parameters.some((one) => one.name === name)) return isMethod && at.parameters[0]?.name === name;
  }
  return false;
};

const readNode = (reader: Reader, node: SyntaxNode, scope: In): Expr => {
  const at = spanOf(node);
  switch (node.name) {
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return textOf(reader.source, node, (one) => readExpr(reader, one, scope));
    case 'VariableName': {
      const name = sliceOf(reader, node);
      return isSelf(scope, name) ? { kind: 'self', at } : { kind: 'name', at, name };
    }
    case 'Number':
      return { kind: 'constant', at, value: readNumber(sliceOf(reader, node)) };
    case 'Boolean':
      return { kind: 'constant', at, value: sliceOf(reader, node) === 'True' };
    case 'None':
      return { kind: 'constant', at, value: null };
    case 'CallExpression':
      return callOf(reader, node, scope);
    case 'MemberExpression':
    case 'AttributePattern':
      return memberOf(reader, node, scope);
    case 'ArrayExpression':
      return { kind: 'list', at, items: itemsOf(reader, childrenOf(node), scope), sort: 'list' };
    case 'TupleExpression':
      return { kind: 'list', at, items: itemsOf(reader, childrenOf(node), scope), sort: 'tuple' };
    case 'SetExpression':
      return { kind: 'list', at, items: itemsOf(reader, childrenOf(node), scope), sort: 'set' };
    case 'DictionaryExpression':
      return { kind: 'object', at, entries: entriesOf(reader, node, scope) };
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
      return eachOf(reader, node, scope, 'list');
    case 'SetComprehensionExpression':
      return eachOf(reader, node, scope, 'set');
    case 'DictionaryComprehensionExpression':
      return eachOf(reader, node, scope, 'object');
    case 'LambdaExpression':
      return lambdaOf(reader, node, scope);
    case 'BinaryExpression':
      return binaryOf(reader, node, scope);
    case 'UnaryExpression': {
      const value = node.lastChild === null ? other(node) : readExpr(reader, node.lastChild, scope);
      if (node.firstChild?.name === 'not') return notOf(value, at);
      const isMinus = sliceOf(reader, node).startsWith('-');
      return isMinus && value.kind === 'constant' && typeof value.value === 'number'
        ? { kind: 'constant', at, value: -value.value }
        : other(node);
    }
    case 'ConditionalExpression': {
      const [then, , test, , otherwise] = withoutComments(node).map((one) =>
        /^(?:if|else)$/.test(one.name) ? other(one) : readExpr(reader, one, scope),
      );
      return then && test && otherwise ? { kind: 'choice', at, test, then, otherwise } : other(node);
    }
    case 'NamedExpression':
      return namedOf(reader, node, scope);
    case 'ParenthesizedExpression': {
      const inside = childrenOf(node).filter(({ name }) => !/^(?:[()]|Comment)$/.test(name));
      return inside[0] === undefined ? other(node) : readExpr(reader, inside[0], scope);
    }
    case 'AwaitExpression':
      return node.lastChild === null ? other(node) : readExpr(reader, node.lastChild, scope);
    default:
      // What is not understood may still hold calls.
      for (const child of childrenOf(node)) readExpr(reader, child, scope);
      return other(node);
  }
};

/** An expression of Python in the common form; calls in it are noted with the scope in which they run. */
export const readExpr = (reader: Reader, node: SyntaxNode | null, scope: In): Expr => {
  if (node === null) return { kind: 'other', at: span(0, 0) };
  if (reader.depth > deepest) return other(node);
  reader.depth += 1;
  const expr = readNode(reader, node, scope);
  reader.depth -= 1;
  return expr;
};
