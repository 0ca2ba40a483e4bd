import type { SyntaxNode } from '@lezer/common';
import { span, type Span } from '../../text/span';
import type { Arm, Entry, Expr, OpenScope } from '../form';
import {
  addArm,
  childrenOf,
  mayLeave,
  named,
  openScope,
  sliceOf,
  spanOf,
  stepOf,
  stepsOfCall,
  type Reader,
  withoutComments,
} from '../reader';
import { functionOf, nameText, readExpr, type Context } from './expressions';
import { exportSteps, importSteps } from './imports';
import { bindPattern } from './patterns';

type In = OpenScope;

const context = (reader: Reader): Context => ({ reader, body: block, classOf });

const declaration = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const children = childrenOf(node);
  const isLocal = !/^var$/.test(children[0]?.name ?? '');
  const inside = (one: SyntaxNode | null): Expr => readExpr(context(reader), one, scope);
  for (const [at, target] of children.entries()) {
    if (!/^(?:VariableDefinition|ObjectPattern|ArrayPattern)$/.test(target.name)) continue;
    const equals = children.slice(at + 1).findIndex(({ name }) => name === 'Equals' || name === ',');
    const valueNode = equals !== -1 && children[at + 1 + equals]?.name === 'Equals' ? children[at + equals + 2] : undefined;
    const read = valueNode === undefined || valueNode.name === '⚠' ? undefined : inside(valueNode);
    const value = read && named(read, target.name === 'VariableDefinition' ? sliceOf(reader, target) : '');
    const own = span(node.from, valueNode?.to ?? target.to);
    // Without a value a name waits for one.
    if (value !== undefined) scope.steps.push(...bindPattern(reader, target, { value, at: own, isLocal, keepsName: false }, inside));
  }
};

const wordsBefore = (node: SyntaxNode): readonly string[] => childrenOf(node).map(({ name }) => name);

function classOf({ reader }: Context, node: SyntaxNode, scope: In, name: string): Expr {
  const parts = childrenOf(node);
  const extendsAt = parts.findIndex((one) => one.name === 'extends');
  const base = extendsAt === -1 ? undefined : parts[extendsAt + 1];
  const own = openScope(reader, {
    sort: 'class',
    name,
    at: spanOf(node),
    parent: scope,
    bases: base === undefined ? [] : [readExpr(context(reader), base, scope)],
  });
  const members = node.getChild('ClassBody');
  const fields: { readonly title: string; readonly value: Expr; readonly at: Span }[] = [];
  for (const one of members === null ? [] : childrenOf(members)) {
    const key = one.getChild('PropertyDefinition') ?? one.getChild('PrivatePropertyDefinition');
    if (key === null) continue;
    const title = sliceOf(reader, key);
    if (one.name === 'MethodDeclaration') {
      const words = wordsBefore(one);
      const marks = [...(words.includes('static') ? ['staticmethod'] : []), ...(words.includes('get') ? ['property'] : [])];
      const value = functionOf(context(reader), one, own, title, marks);
      if (!words.includes('set')) own.steps.push(stepOf('set', spanOf(one), title, { value }));
    } else if (one.name === 'PropertyDeclaration') {
      const inside = childrenOf(one);
      const equals = inside.findIndex(({ name: word }) => word === 'Equals');
      const valueNode = equals === -1 ? undefined : inside[equals + 1];
      const type = one.getChild('TypeAnnotation');
      if (type !== null) own.parameters.push({ name: title, fallback: undefined, takes: 'one', type: sliceOf(reader, type) });
      if (valueNode !== undefined) fields.push({ title, value: named(readExpr(context(reader), valueNode, own), title), at: spanOf(one) });
    }
  }
  for (const { title, value, at } of fields) own.steps.push(stepOf('set', at, title, { value }));
  return { kind: 'class', at: spanOf(node), scope: own };
}

const oneOrBlock = (reader: Reader, node: SyntaxNode, scope: In, head: SyntaxNode, when: Parameters<typeof addArm>[3]): void => {
  addArm(scope, spanOf(node), head.from, when);
  statement(reader, node, scope);
};

const forStatement = (reader: Reader, node: SyntaxNode, scope: In): void => {
  let over: Arm['over'];
  for (const child of childrenOf(node)) {
    if (/^For(?:Of|In)?Spec$/.test(child.name)) {
      const list = child.name === 'ForOfSpec' ? child.getChild('of')?.nextSibling : undefined;
      const of = list === null || list === undefined ? undefined : readExpr(context(reader), list, scope);
      const value = of && ({ kind: 'item', at: spanOf(child), of } as const);
      over = value;
      for (const part of childrenOf(child)) {
        if (part.from === list?.from) continue;
        if (/^(?:VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name))
          scope.steps.push(
            ...bindPattern(reader, part, { value, at: spanOf(part), isLocal: false, keepsName: false }, (one) =>
              readExpr(context(reader), one, scope),
            ),
          );
        else if (part.name === 'VariableDeclaration') declaration(reader, part, scope);
        else if (/Expression$|^VariableName$/.test(part.name)) readExpr(context(reader), part, scope);
      }
    } else if (/Statement$|^Block$|Declaration$/.test(child.name))
      oneOrBlock(reader, child, scope, node, { isLoop: true, ...(over === undefined || mayLeave(child) ? {} : { over }) });
  }
};

export const statement = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const inside = (one: SyntaxNode | null): Expr => readExpr(context(reader), one, scope);
  switch (node.name) {
    case 'VariableDeclaration':
      return declaration(reader, node, scope);
    case 'ExpressionStatement':
      for (const child of childrenOf(node)) {
        if (child.name === ';') continue;
        const expr = inside(child);
        if (expr.kind === 'call') scope.steps.push(...stepsOfCall(expr));
      }
      return;
    case 'ReturnStatement': {
      const value = childrenOf(node).find(({ name }) => name !== 'return' && name !== ';' && name !== '⚠');
      if (value !== undefined) scope.returns.push(inside(value));
      return;
    }
    case 'FunctionDeclaration': {
      const name = node.getChild('VariableDefinition');
      const title = name === null ? 'default' : sliceOf(reader, name);
      scope.steps.push(stepOf('set', spanOf(node), title, { value: functionOf(context(reader), node, scope, title) }));
      return;
    }
    case 'ClassDeclaration': {
      const name = node.getChild('VariableDefinition');
      const title = name === null ? 'default' : sliceOf(reader, name);
      scope.steps.push(stepOf('set', spanOf(node), title, { value: classOf(context(reader), node, scope, title) }));
      return;
    }
    case 'ImportDeclaration':
      return void scope.steps.push(...importSteps(reader, node));
    case 'ExportDeclaration':
      return exported(reader, node, scope);
    case 'ForStatement':
      return forStatement(reader, node, scope);
    case 'WhileStatement':
    case 'DoStatement':
    case 'IfStatement': {
      const isLoop = node.name !== 'IfStatement';
      let test: Expr | undefined;
      let isElse = false;
      for (const child of childrenOf(node)) {
        if (child.name === 'ParenthesizedExpression') test = inside(child);
        else if (child.name === 'else') isElse = true;
        else if (/Statement$|^Block$|Declaration$/.test(child.name)) {
          const when = isLoop || test === undefined ? { isLoop } : isElse ? { not: [test] } : { then: test };
          oneOrBlock(reader, child, scope, node, when);
        }
      }
      return;
    }
    case 'CatchClause':
      addArm(scope, spanOf(node), node.from);
      return block(reader, node, scope);
    case 'SwitchStatement':
      return switchOf(reader, node, scope);
    case 'EnumDeclaration':
      return enumeration(reader, node, scope);
    case 'InterfaceDeclaration':
    case 'TypeAliasDeclaration':
    case 'LineComment':
    case 'BlockComment':
      return;
    default:
      if (/Expression$|^VariableName$|^String$|^TemplateString$/.test(node.name)) readExpr(context(reader), node, scope);
      else block(reader, node, scope);
  }
};

/** Is nothing behind a statement reached from it? */
const ends = (node: SyntaxNode | null | undefined): boolean => {
  if (node?.name === 'Block') return ends(withoutComments(node).findLast(({ name }) => name !== '}'));
  return node !== null && node !== undefined && /^(?:Break|Return|Throw|Continue)Statement$/.test(node.name);
};

/** Each case with its labels is an arm of its own, where none goes on with the next. */
const switchOf = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const [head, body] = [node.getChild('ParenthesizedExpression'), node.getChild('SwitchBody')];
  const subject = head === null ? undefined : readExpr(context(reader), head, scope);
  if (body === null) return;
  const cases: { labels: (Expr | undefined)[]; statements: SyntaxNode[] }[] = [];
  for (const child of childrenOf(body)) {
    const last = cases.at(-1);
    if (child.name === 'CaseLabel' || child.name === 'DefaultLabel') {
      const value = child.name === 'CaseLabel' ? child.getChild('case')?.nextSibling : undefined;
      const label = value === null || value === undefined ? undefined : readExpr(context(reader), value, scope);
      if (last === undefined || last.statements.length > 0) cases.push({ labels: [label], statements: [] });
      else last.labels.push(label);
    } else if (last !== undefined && !/^[{}]$|Comment$/.test(child.name)) last.statements.push(child);
  }
  // Where one goes on with the next, which run and how many of them is not followed.
  const isApart = subject !== undefined && cases.every(({ statements }, at) => at === cases.length - 1 || ends(statements.at(-1)));
  if (!isApart) addArm(scope, spanOf(body), node.from);
  const isLabel = (label: Expr): Expr => ({ kind: 'binary', at: label.at, operator: '===', left: subject ?? label, right: label });
  const all = cases.flatMap(({ labels }) => labels.flatMap((label) => (label === undefined ? [] : [isLabel(label)])));
  for (const { labels, statements } of cases) {
    const own = labels.flatMap((label) => (label === undefined ? [] : [isLabel(label)]));
    const at = span(statements[0]?.from ?? 0, statements.at(-1)?.to ?? 0);
    const then = own.reduce<Expr | undefined>(
      (left, right) => (left === undefined ? right : { kind: 'either', at: right.at, left, right }),
      undefined,
    );
    // What is left for all others runs where none of the rest does, whatever labels it has beside.
    const isRest = own.length < labels.length;
    if (isApart && statements.length > 0)
      addArm(scope, at, node.from, isRest ? { not: own.length === 0 ? all : [] } : then === undefined ? {} : { then });
    for (const one of statements) statement(reader, one, scope);
  }
};

/** An enumeration is an object of its members. */
const enumeration = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const [name, body] = [node.getChild('TypeDefinition'), node.getChild('EnumBody')];
  if (name === null || body === null) return;
  const children = childrenOf(body);
  const entries = children.flatMap((child, at): readonly Entry[] => {
    if (child.name !== 'PropertyName') return [];
    const value = children[at + 1]?.name === 'Equals' ? children[at + 2] : undefined;
    if (value === undefined) return [];
    return [{ key: nameText(reader, child), value: readExpr(context(reader), value, scope), at: span(child.from, value.to) }];
  });
  scope.steps.push(stepOf('set', spanOf(node), sliceOf(reader, name), { value: { kind: 'object', at: spanOf(node), entries } }));
};

const exported = (reader: Reader, node: SyntaxNode, scope: In): void => {
  const children = childrenOf(node);
  if (children.some(({ name }) => name === 'default')) {
    const value = children.find(({ name }) => /Expression$|^VariableName$|^String$|^TemplateString$|^ArrowFunction$/.test(name));
    if (value !== undefined) {
      scope.steps.push(stepOf('set', spanOf(node), 'default', { value: named(readExpr(context(reader), value, scope), 'default') }));
      return;
    }
    for (const child of children) {
      statement(reader, child, scope);
      const name = child.getChild('VariableDefinition');
      if (name !== null)
        scope.steps.push(
          stepOf('set', spanOf(node), 'default', { value: { kind: 'name', at: spanOf(name), name: sliceOf(reader, name) } }),
        );
    }
    return;
  }
  const steps = exportSteps(reader, node);
  if (steps !== undefined) return void scope.steps.push(...steps);
  block(reader, node, scope);
};

/** Every statement below a node; what the parser could not make sense of is looked into as if it were a block. */
export function block(reader: Reader, node: SyntaxNode, scope: In): void {
  for (const child of childrenOf(node)) statement(reader, child, scope);
}
