import type { SyntaxNode } from '@lezer/common';
import { plain as plainName } from '../../text/notation';
import { span } from '../../text/span';
import type { Argument, CallExpr, Entry, Expr, Item, OpenScope } from '../form';
import {
  addCall,
  childrenOf,
  deepest,
  longestName,
  named,
  noteFigure,
  notOf,
  openScope,
  other,
  sliceOf,
  spanOf,
  stepOfRemoval,
  stepOfTarget,
  stepsOfCall,
  type Reader,
  withoutComments,
} from '../reader';
import { stringOf, templateOf } from './literals';
import { readParameters } from './patterns';

type In = OpenScope;

/** Reads statements: given by whoever reads them, as functions stand inside of expressions and statements inside of functions. */
export type ReadBody = (reader: Reader, node: SyntaxNode, scope: In) => void;

/** Everything that reading an expression needs. */
export interface Context {
  readonly reader: Reader;
  readonly body: ReadBody;
  readonly classOf: (context: Context, node: SyntaxNode, scope: In, name: string) => Expr;
}

const isSign = (node: SyntaxNode): boolean => /^(?:[[\](){},;]|LineComment|BlockComment|⚠)$/.test(node.name);

const argumentsOf = (context: Context, list: SyntaxNode | null, scope: In): readonly Argument[] => {
  const found: Argument[] = [];
  let spread: 'list' | undefined;
  for (const child of list === null ? [] : childrenOf(list)) {
    if (child.name === '⚠') break;
    if (child.name === 'Spread') spread = 'list';
    else if (!isSign(child)) {
      found.push({ name: undefined, spread, value: readExpr(context, child, scope), at: spanOf(child) });
      spread = undefined;
    }
  }
  return found;
};

const callOf = (context: Context, node: SyntaxNode, scope: In, isNew: boolean): CallExpr => {
  const first = isNew ? (node.firstChild?.nextSibling ?? null) : node.firstChild;
  const callee = readExpr(context, first, scope);
  const args = argumentsOf(context, node.getChild('ArgList'), scope);
  const expr = addCall(context.reader, { kind: 'call', at: spanOf(node), callee, args, isNew }, scope);
  const isPart = node.parent?.name === 'MemberExpression' && sliceOf(context.reader, node.parent).endsWith('.pipe');
  if (callee.kind === 'member' && callee.name === 'pipe' && !isPart) context.reader.chains.push({ expr, scope });
  return expr;
};

const itemsOf = (context: Context, node: SyntaxNode, scope: In): readonly Item[] => {
  const items: Item[] = [];
  let spread = false;
  for (const child of childrenOf(node)) {
    if (child.name === 'Spread') spread = true;
    else if (isSign(child)) spread = false;
    else {
      items.push({ spread, value: readExpr(context, child, scope) });
      spread = false;
    }
  }
  return items;
};

/** The name of a member as the text that it is. */
export const nameText = (reader: Reader, node: SyntaxNode): Expr => ({
  kind: 'text',
  at: spanOf(node),
  parts: [{ kind: 'text', text: sliceOf(reader, node), at: spanOf(node), notation: plainName }],
});

/** The name of a method of an object. A long one in quotes is none: something may be typed in it without the method being read again. */
const methodName = (reader: Reader, key: SyntaxNode | undefined): string => {
  const name = key === undefined ? '' : sliceOf(reader, key);
  return key?.name === 'String' && name.length > longestName ? '' : name;
};

const entryOf = (context: Context, node: SyntaxNode, scope: In): Entry | undefined => {
  const { reader } = context;
  const parts = childrenOf(node);
  const [first] = parts;
  const at = spanOf(node);
  if (first === undefined) return undefined;
  if (first.name === 'Spread') return parts[1] && { key: undefined, value: readExpr(context, parts[1], scope), at };
  const colon = parts.findIndex(({ name }) => name === ':');
  const keyNode = parts.find(({ name }) => name === 'PropertyDefinition' || name === 'String' || name === 'Number');
  const named: Expr | undefined =
    keyNode?.name === 'PropertyDefinition'
      ? nameText(reader, keyNode)
      : keyNode?.name === 'String'
        ? stringOf(reader.source, keyNode)
        : keyNode && { kind: 'constant', at: spanOf(keyNode), value: Number(sliceOf(reader, keyNode)) };
  const computed = first.name === '[' && parts[1] !== undefined ? readExpr(context, parts[1], scope) : undefined;
  const key = computed ?? named;
  if (key === undefined) return undefined;
  const valueNode = parts[colon + 1];
  if (colon !== -1) {
    if (valueNode === undefined || valueNode.name === '⚠') return undefined;
    const isFunction = /^(?:Arrow|)Function(?:Expression|)$/.test(valueNode.name) && keyNode?.name === 'PropertyDefinition';
    const value = isFunction ? functionOf(context, valueNode, scope, sliceOf(reader, keyNode)) : readExpr(context, valueNode, scope);
    return { key, value, at };
  }
  if (node.getChild('ParamList') !== null) return { key, value: functionOf(context, node, scope, methodName(reader, keyNode)), at };
  // A name alone is its own value.
  return keyNode === undefined ? undefined : { key, value: { kind: 'name', at: spanOf(keyNode), name: sliceOf(reader, keyNode) }, at };
};

/** A function of any kind; an arrow may have an expression for a body. */
export const functionOf = (context: Context, node: SyntaxNode, scope: In, name: string, marks: readonly string[] = []): Expr => {
  const { reader } = context;
  const own = openScope(reader, { sort: 'function', name, at: spanOf(node), parent: scope, marks });
  const list = node.getChild('ParamList');
  readParameters(
    reader,
    list,
    own,
    (one) => readExpr(context, one, scope),
    (one) => readExpr(context, one, own),
  );
  const body = node.getChild('Block');
  if (body !== null) context.body(reader, body, own);
  else if (node.name === 'ArrowFunction' && node.lastChild !== null) {
    const result = readExpr(context, node.lastChild, own);
    own.returns.push(result);
    if (result.kind === 'call') own.steps.push(...stepsOfCall(result).filter(({ kind }) => kind === 'grow'));
  }
  return { kind: 'function', at: spanOf(node), scope: own };
};

const memberOf = (context: Context, node: SyntaxNode, scope: In): Expr => {
  const at = spanOf(node);
  const [objectNode, ...rest] = childrenOf(node);
  const object = readExpr(context, objectNode ?? null, scope);
  const name = rest.find((one) => one.name === 'PropertyName' || one.name === 'PrivatePropertyName');
  if (name !== undefined) return { kind: 'member', at, object, name: sliceOf(context.reader, name), nameAt: spanOf(name) };
  const inside = rest.find((one) => !/^(?:\[|\]|\?\.|⚠)$/.test(one.name));
  return inside === undefined ? other(node) : { kind: 'index', at, object, index: readExpr(context, inside, scope) };
};

const binaryOf = (context: Context, node: SyntaxNode, scope: In): Expr => {
  const [leftNode, sign, ...rest] = withoutComments(node);
  const at = spanOf(node);
  if (leftNode === undefined || sign === undefined) return other(node);
  const left = readExpr(context, leftNode, scope);
  // A type behind a value says nothing of it.
  if (sign.name === 'as' || sign.name === 'satisfies') return left;
  const rightNode = rest.at(-1);
  if (rightNode === undefined) return other(node);
  const right = readExpr(context, rightNode, scope);
  const operator = sliceOf(context.reader, sign);
  if (operator === '||' || operator === '??') return { kind: 'either', at, left, right };
  if (operator === '&&') return { kind: 'both', at, left, right };
  const expr: Expr = { kind: 'binary', at, operator, left, right };
  noteFigure(context.reader, expr, scope);
  return expr;
};

const assignmentOf = (context: Context, node: SyntaxNode, scope: In): Expr => {
  const [target, sign, valueNode] = childrenOf(node);
  if (target === undefined || sign === undefined || valueNode === undefined) return other(node);
  const goal = readExpr(context, target, scope);
  const value = named(readExpr(context, valueNode, scope), goal.kind === 'member' || goal.kind === 'name' ? goal.name : '');
  const operator = sliceOf(context.reader, sign);
  const more = operator === '=' ? {} : { kind: 'grow' as const, method: operator };
  scope.steps.push(...stepOfTarget(goal, value, spanOf(node), more));
  return value;
};

const readNode = (context: Context, node: SyntaxNode, scope: In): Expr => {
  const { reader } = context;
  const at = spanOf(node);
  const inside = (one: SyntaxNode | null): Expr => readExpr(context, one, scope);
  switch (node.name) {
    case 'String':
      return stringOf(reader.source, node);
    case 'TemplateString':
      return templateOf(reader.source, node, inside);
    case 'TaggedTemplateExpression': {
      const tag = node.firstChild === null ? '' : sliceOf(reader, node.firstChild);
      const template = node.getChild('TemplateString');
      if (template === null) return other(node);
      const text = templateOf(reader.source, template, inside, tag === 'String.raw');
      if (/^(?:String\.raw|gql|prompt|md|markdown)$/.test(tag)) return text;
      // A tag is a call with the template.
      const callee = inside(node.firstChild);
      return { kind: 'call', at, callee, args: [{ name: undefined, spread: undefined, value: text, at: text.at }], isNew: false };
    }
    case 'VariableName':
      return { kind: 'name', at, name: sliceOf(reader, node) };
    case 'Number':
      return { kind: 'constant', at, value: Number(sliceOf(reader, node).replaceAll('_', '')) };
    case 'BooleanLiteral':
      return { kind: 'constant', at, value: sliceOf(reader, node) === 'true' };
    case 'null':
      return { kind: 'constant', at, value: null };
    case 'this':
      return { kind: 'self', at };
    case 'super':
      return { kind: 'name', at, name: 'super' };
    case 'ImportMeta':
      return { kind: 'name', at, name: 'import.meta' };
    case 'DynamicImport': {
      const module = node.getChild('String');
      const args = module === null ? [] : [{ name: undefined, spread: undefined, value: inside(module), at: spanOf(module) }];
      return { kind: 'call', at, callee: { kind: 'name', at, name: 'require' }, args, isNew: false };
    }
    case 'CallExpression':
      return callOf(context, node, scope, false);
    case 'NewExpression':
      return callOf(context, node, scope, true);
    case 'MemberExpression':
      return memberOf(context, node, scope);
    case 'ArrayExpression':
      return { kind: 'list', at, items: itemsOf(context, node, scope), sort: 'list' };
    case 'ObjectExpression':
      return { kind: 'object', at, entries: node.getChildren('Property').flatMap((one) => entryOf(context, one, scope) ?? []) };
    case 'ArrowFunction':
    case 'FunctionExpression': {
      const name = node.getChild('VariableDefinition');
      return functionOf(context, node, scope, name === null ? '' : sliceOf(reader, name));
    }
    case 'ClassExpression':
      return context.classOf(context, node, scope, '');
    case 'BinaryExpression':
      return binaryOf(context, node, scope);
    case 'AssignmentExpression':
      return assignmentOf(context, node, scope);
    case 'UnaryExpression': {
      const value = inside(node.lastChild);
      if (node.firstChild?.name === 'LogicOp') return notOf(value, at);
      if (node.firstChild?.name === 'delete') scope.steps.push(...stepOfRemoval(value, at, scope));
      const isMinus = sliceOf(reader, node).startsWith('-');
      return isMinus && value.kind === 'constant' && typeof value.value === 'number'
        ? { kind: 'constant', at, value: -value.value }
        : other(node);
    }
    case 'ConditionalExpression': {
      const [test, then, otherwise] = childrenOf(node)
        .filter((one) => one.name !== 'LogicOp' && !isSign(one))
        .map((one) => inside(one));
      return test && then && otherwise ? { kind: 'choice', at, test, then, otherwise } : other(node);
    }
    case 'ParenthesizedExpression': {
      const own = childrenOf(node).filter((one) => !isSign(one));
      const last = own.map((one) => inside(one)).at(-1);
      return last ?? other(node);
    }
    case 'AwaitExpression':
    case 'TypeAssertion':
      return node.lastChild === null ? other(node) : inside(node.lastChild);
    case 'PostfixExpression':
    case 'InstantiationExpression':
      return inside(node.firstChild);
    default:
      for (const child of childrenOf(node)) if (!/^(?:TypeArgList|TypeAnnotation)$/.test(child.name)) readDeep(context, child, scope);
      return other(node);
  }
};

/** What is not understood may still hold calls, and blocks with statements. */
const readDeep = (context: Context, node: SyntaxNode, scope: In): void => {
  if (node.name === 'Block' || /Statement$|Declaration$/.test(node.name)) context.body(context.reader, node, scope);
  else readExpr(context, node, scope);
};

/** An expression of TypeScript or JavaScript in the common form; calls in it are noted with the scope in which they run. */
export const readExpr = (context: Context, node: SyntaxNode | null, scope: In): Expr => {
  const { reader } = context;
  if (node === null) return { kind: 'other', at: span(0, 0) };
  if (reader.depth > deepest) return other(node);
  reader.depth += 1;
  const expr = readNode(context, node, scope);
  reader.depth -= 1;
  return expr;
};
