import type { SyntaxNode } from '@lezer/common';
import { span, type Span } from '../../text/span';
import type { Expr, OpenScope } from '../form';
import {
  addArm,
  childrenOf,
  mayLeave,
  openScope,
  sliceOf,
  spanOf,
  stepOf,
  stepOfRemoval,
  stepOfTarget,
  stepsOfCall,
  type Reader,
  withoutComments,
} from '../reader';
import { readExpr } from './expressions';
import { importSteps } from './imports';
import { parametersOf } from './parameters';

type In = OpenScope;

/** What a target of an assignment names, deeper ones too; each with where it is in the value. */
const assign = (reader: Reader, target: SyntaxNode, value: Expr | undefined, at: Span, scope: In): void => {
  if (target.name === 'TupleExpression' || target.name === 'ArrayExpression' || target.name === 'ParenthesizedExpression')
    return assignAll(reader, childrenOf(target), value, at, scope);
  scope.steps.push(...stepOfTarget(readExpr(reader, target, scope), value, at));
};

const assignAll = (reader: Reader, targets: readonly SyntaxNode[], value: Expr | undefined, at: Span, scope: In): void => {
  const own = targets.filter(({ name }) => !/^(?:[[\](),]|Comment)$/.test(name));
  const starred = own.some(({ name }) => name === '*');
  own
    .filter(({ name }) => name !== '*')
    .forEach((target, index) => {
      const part: Expr | undefined =
        value === undefined || starred
          ? undefined
          : { kind: 'index', at: value.at, object: value, index: { kind: 'constant', at: value.at, value: index } };
      assign(reader, target, part, at, scope);
    });
};

/** `a = b = value`, `a, b = value`, `a: type = value`. */
const assignment = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const children = withoutComments(node).filter(({ name }) => name !== 'TypeDef');
  const lastSign = children.findLastIndex(({ name }) => name === 'AssignOp');
  const [field] = children;
  // A field of a class, which a library's constructor takes.
  const typed = node.getChild('TypeDef');
  if (lastSign === -1 && scope.sort === 'class' && field?.name === 'VariableName' && typed !== null) {
    const type = sliceOf(reader, typed);
    scope.parameters.push({ name: sliceOf(reader, field), fallback: undefined, takes: 'one', type });
    return void scope.steps.push(...stepOfTarget(readExpr(reader, field, scope), undefined, spanOf(node)));
  }
  const values = children.slice(lastSign + 1).filter(({ name }) => name !== '⚠');
  if (lastSign < 1 || values[0] === undefined) return;
  const tuple = values.some(({ name }) => name === ',');
  const read = values.filter(({ name }) => name !== ',').map((one) => readExpr(reader, one, scope));
  const at = span(values[0].from, values.at(-1)?.to ?? values[0].to);
  const value: Expr | undefined = tuple
    ? { kind: 'list', at, items: read.map((one) => ({ spread: false, value: one })), sort: 'tuple' }
    : read[0];
  let targets: SyntaxNode[] = [];
  for (const child of children.slice(0, lastSign + 1)) {
    if (child.name !== 'AssignOp') {
      targets.push(child);
      continue;
    }
    if (targets.some(({ name }) => name === ',')) assignAll(reader, targets, value, spanOf(node), scope);
    else if (targets[0] !== undefined) assign(reader, targets[0], value, spanOf(node), scope);
    targets = [];
  }
};

const update = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const [target, sign, value] = childrenOf(node);
  if (target === undefined || sign === undefined || value === undefined) return;
  const expr = readExpr(reader, value, scope);
  const method = sliceOf(reader, sign);
  const steps = stepOfTarget(readExpr(reader, target, scope), expr, spanOf(node), { kind: 'grow', method });
  scope.steps.push(...steps);
};

const decorators = (reader: Reader, node: SyntaxNode, scope: In): readonly string[] =>
  node.getChildren('Decorator').map((one) => {
    for (const child of childrenOf(one))
      if (child.name === 'ArgList') for (const inside of childrenOf(child)) readExpr(reader, inside, scope);
    return sliceOf(reader, one).replace(/^@\s*/, '').trim();
  });

const functionOf = (reader: Reader, node: SyntaxNode, scope: In, marks: readonly string[]): void => {
  const name = node.getChild('VariableName');
  const parameters = parametersOf(reader, node.getChild('ParamList'), (one) => readExpr(reader, one, scope));
  const title = name === null ? '' : sliceOf(reader, name);
  const body = node.getChild('Body');
  const first = body?.getChild('ExpressionStatement');
  const text = first?.prevSibling?.name === ':' ? first.getChild('String') : null;
  const doc = text === null || text === undefined ? {} : { docAt: spanOf(text) };
  const own = openScope(reader, { sort: 'function', name: title, at: spanOf(node), parent: scope, parameters, marks, ...doc });
  if (name !== null) scope.steps.push(stepOf('set', spanOf(node), title, { value: { kind: 'function', at: spanOf(node), scope: own } }));
  if (body !== null) block(reader, body, own);
};

const classOf = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const [name, body] = [node.getChild('VariableName'), node.getChild('Body')];
  const bases = node.getChild('ArgList');
  const title = name === null ? '' : sliceOf(reader, name);
  // A lone word `class` takes the name of the next line: then it is no class.
  if (body === null) return void block(reader, node, scope);
  const read = bases === null ? [] : childrenOf(bases).filter((one) => one.name === 'VariableName' || one.name === 'MemberExpression');
  const own = openScope(reader, {
    sort: 'class',
    name: title,
    at: spanOf(node),
    parent: scope,
    bases: read.map((one) => readExpr(reader, one, scope)),
  });
  scope.steps.push(stepOf('set', spanOf(node), title, { value: { kind: 'class', at: spanOf(node), scope: own } }));
  block(reader, body, own);
};

/** `with a as b, c as d`: what is entered is what the name holds, as far as prompts care. */
const withStatement = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const children = childrenOf(node);
  let value: Expr | undefined;
  for (const [index, child] of children.entries()) {
    if (child.name === 'Body') block(reader, child, scope);
    else if (children[index - 1]?.name === 'as')
      scope.steps.push(...stepOfTarget(readExpr(reader, child, scope), value, span(node.from, child.to)));
    else if (/Expression$|^VariableName$/.test(child.name)) value = readExpr(reader, child, scope);
  }
};

const forStatement = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const children = childrenOf(node);
  const inAt = children.findIndex(({ name }) => name === 'in');
  const iterable = children[inAt + 1];
  const of = iterable === undefined ? undefined : readExpr(reader, iterable, scope);
  const targets = children.slice(children.findIndex(({ name }) => name === 'for') + 1, Math.max(0, inAt));
  const at = span(node.from, iterable?.to ?? node.from);
  const item = of && ({ kind: 'item', at, of } as const);
  const [target] = targets;
  if (targets.length === 1 && target !== undefined) assign(reader, target, item, at, scope);
  else assignAll(reader, targets, item, at, scope);
  for (const body of node.getChildren('Body')) {
    addArm(scope, spanOf(body), body.from, { isLoop: true, ...(item === undefined || mayLeave(body) ? {} : { over: item }) });
    block(reader, body, scope);
  }
};

/** When a clause of `match` runs, where a literal, several, or anything at all is asked for; `undefined` elsewhere. */
const clauseTest = (reader: Reader, pattern: SyntaxNode, subject: Expr, scope: In): Expr | undefined => {
  const at = spanOf(pattern);
  if (pattern.name === 'CapturePattern' && sliceOf(reader, pattern) === '_') return { kind: 'constant', at, value: true };
  const parts = childrenOf(pattern);
  const value =
    pattern.name === 'LiteralPattern' && parts.length === 1 ? parts[0] : pattern.name === 'AttributePattern' ? pattern : undefined;
  if (value !== undefined) return { kind: 'binary', at, operator: '==', left: subject, right: readExpr(reader, value, scope) };
  if (pattern.name !== 'OrPattern') return undefined;
  const tests = parts.filter(({ name }) => name !== 'LogicOp' && name !== '|').map((one) => clauseTest(reader, one, subject, scope));
  return tests.reduce((left, right) => left && right && { kind: 'either', at, left, right });
};

const matchClauses = (reader: Reader, clauses: readonly SyntaxNode[], head: SyntaxNode, subject: Expr | undefined, scope: In): void => {
  const tests: (Expr | undefined)[] = [];
  for (const clause of clauses) {
    const [, pattern] = childrenOf(clause);
    const isPlain = clause.getChild('Guard') === null && subject !== undefined && pattern !== undefined;
    const then = isPlain ? clauseTest(reader, pattern, subject, scope) : undefined;
    const not = tests.filter((one) => one !== undefined);
    // Behind a clause of which nothing is known none is sure to be asked.
    addArm(scope, spanOf(clause), head.from, then !== undefined && not.length === tests.length ? { not, then } : {});
    tests.push(then);
    for (const body of clause.getChildren('Body')) block(reader, body, scope);
  }
};

/** `if`, `while`, `try`, `match`: their parts in order, with which of them may not run. */
const branching = (reader: Reader, node: SyntaxNode, scope: In): void => {
  let word = '';
  let caught = false;
  const tests: Expr[] = [];
  for (const child of childrenOf(node)) {
    if (child.name === 'Body') {
      const isSure = (word === 'try' || word === 'finally' || word === 'else') && node.name === 'TryStatement';
      const isIf = node.name === 'IfStatement';
      const [not, then] = word === 'else' ? [tests] : [tests.slice(0, -1), tests.at(-1)];
      const when = isIf ? { not, ...(then === undefined ? {} : { then }) } : { isLoop: node.name === 'WhileStatement' };
      if (!isSure) addArm(scope, spanOf(child), node.from, when);
      block(reader, child, scope);
      caught = false;
    } else if (child.name === 'MatchBody') {
      matchClauses(reader, child.getChildren('MatchClause'), node, tests.at(-1), scope);
    } else if (/^[a-z]+$/.test(child.name)) {
      if (child.name === 'as') caught = true;
      else word = child.name;
    } else if (caught) scope.steps.push(...stepOfTarget(readExpr(reader, child, scope), undefined, spanOf(child)));
    else if (child.name !== '⚠') tests.push(readExpr(reader, child, scope));
    else statement(reader, child, scope);
  }
};

export const statement = (reader: Reader, node: SyntaxNode, scope: In): void => {
  switch (node.name) {
    case 'AssignStatement':
      return assignment(reader, node, scope);
    case 'UpdateStatement':
      return update(reader, node, scope);
    case 'ExpressionStatement':
      for (const child of childrenOf(node)) {
        const expr = readExpr(reader, child, scope);
        if (expr.kind === 'call') scope.steps.push(...stepsOfCall(expr));
      }
      return;
    case 'DeleteStatement':
      for (const child of childrenOf(node))
        if (child.name === 'MemberExpression') scope.steps.push(...stepOfRemoval(readExpr(reader, child, scope), spanOf(node), scope));
      return;
    case 'ReturnStatement':
    case 'YieldStatement': {
      const values = childrenOf(node).filter(({ name }) => !/^(?:return|yield|,|from|⚠)$/.test(name));
      const read = values.map((one) => readExpr(reader, one, scope));
      const [first] = read;
      if (node.name !== 'ReturnStatement') return;
      const items = read.map((value) => ({ spread: false, value }));
      if (first !== undefined)
        scope.returns.push(read.length === 1 ? first : { kind: 'list', at: span(values[0]?.from ?? 0, node.to), items, sort: 'tuple' });
      return;
    }
    case 'FunctionDefinition':
      return functionOf(reader, node, scope, []);
    case 'ClassDefinition':
      return classOf(reader, node, scope);
    case 'DecoratedStatement': {
      const marks = decorators(reader, node, scope);
      for (const child of childrenOf(node)) {
        if (child.name === 'FunctionDefinition') functionOf(reader, child, scope, marks);
        else if (child.name !== 'Decorator') statement(reader, child, scope);
      }
      return;
    }
    case 'ImportStatement':
      return void scope.steps.push(...importSteps(reader, node));
    case 'WithStatement':
      return withStatement(reader, node, scope);
    case 'ForStatement':
      return forStatement(reader, node, scope);
    case 'IfStatement':
    case 'WhileStatement':
    case 'TryStatement':
    case 'MatchStatement':
      return branching(reader, node, scope);
    case 'Comment':
    case 'PassStatement':
    case ':':
      return;
    default:
      if (/Expression$|^VariableName$|String$/.test(node.name)) readExpr(reader, node, scope);
      else block(reader, node, scope);
  }
};

/** Every statement below a node; what the parser could not make sense of is looked into as if it were a block. */
export const block = (reader: Reader, node: SyntaxNode, scope: In): void => {
  for (const child of childrenOf(node)) statement(reader, child, scope);
};
