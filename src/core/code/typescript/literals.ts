import type { SyntaxNode } from '@lezer/common';
import { decode } from '../../text/notation';
import { span, type Span } from '../../text/span';
import type { Expr, HolePart, LiteralPart } from '../form';
import { childrenOf } from '../reader';
import { typescript, type TypeScriptQuote } from './notation';

type ReadExpr = (node: SyntaxNode | null) => Expr;

const literal = (source: string, at: Span, quote: TypeScriptQuote): LiteralPart => {
  const notation = typescript(quote);
  return { kind: 'text', text: decode(notation, source, at), at, notation };
};

/** A string in quotes. */
export const stringOf = (source: string, node: SyntaxNode): Expr => {
  const quote = source[node.from] === '"' ? '"' : "'";
  const closed = node.to - node.from >= 2 && source[node.to - 1] === quote;
  const inside = span(node.from + 1, closed ? node.to - 1 : node.to);
  return { kind: 'text', at: span(node.from, node.to), parts: inside.end > inside.start ? [literal(source, inside, quote)] : [] };
};

/** A template; `raw`: of `String.raw`, in which a backslash is one. */
export const templateOf = (source: string, node: SyntaxNode, read: ReadExpr, raw = false): Expr => {
  const closed = node.to - node.from >= 2 && source[node.to - 1] === '`';
  const end = closed ? node.to - 1 : node.to;
  const parts: (LiteralPart | HolePart)[] = [];
  let at = node.from + 1;
  const upTo = (to: number): void => {
    if (to > at) parts.push(literal(source, span(at, to), raw ? 'raw' : '`'));
  };
  for (const child of childrenOf(node)) {
    if (child.name !== 'Interpolation') continue;
    upTo(child.from);
    const value = child.firstChild?.nextSibling;
    if (value && value.name !== 'InterpolationEnd')
      parts.push({ kind: 'hole', value: read(value), at: span(value.from, value.to), formatted: false });
    at = child.to;
  }
  upTo(end);
  return { kind: 'text', at: span(node.from, node.to), parts };
};
