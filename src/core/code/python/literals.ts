import type { SyntaxNode } from '@lezer/common';
import { decode } from '../../text/notation';
import { span, type Span } from '../../text/span';
import type { Expr, HolePart, LiteralPart, TextExpr } from '../form';
import { python, type PythonStyle } from './notation';

type ReadExpr = (node: SyntaxNode | null) => Expr;

const opening = /^([a-z]*)("""|'''|"|')/i;

const literal = (source: string, at: Span, style: PythonStyle): LiteralPart => {
  const notation = python(style);
  return { kind: 'text', text: decode(notation, source, at), at, notation };
};

/** What a replacement is called, with its conversion and format: between its braces. */
const holeOf = (source: string, node: SyntaxNode, read: ReadExpr): HolePart | undefined => {
  const value = node.firstChild?.nextSibling;
  if (value === null || value === undefined || value.name === '}') return undefined;
  const end = source[node.to - 1] === '}' ? node.to - 1 : node.to;
  const formatted = node.getChild('FormatConversion') ?? node.getChild('FormatSpec') ?? node.getChild('FormatSelfDoc');
  return { kind: 'hole', value: read(value), at: span(node.from + 1, end), formatted: formatted !== null };
};

/** The parts of one literal; `undefined` for bytes. */
const partsOf = (source: string, node: SyntaxNode, read: ReadExpr): TextExpr['parts'] | undefined => {
  const begin = opening.exec(source.slice(node.from, Math.min(node.to, node.from + 6)));
  const [whole = '', prefix = '', quote = '"'] = begin ?? [];
  const kinds = prefix.toLowerCase();
  if (begin === null || kinds.includes('b')) return undefined;
  const style: PythonStyle = { quote, raw: kinds.includes('r'), format: /[ft]/.test(kinds) };
  const start = node.from + whole.length;
  // A literal that is still being typed ends with the line, or with the text.
  const closed = source.slice(node.to - quote.length, node.to) === quote && node.to - quote.length >= start;
  const end = closed ? node.to - quote.length : node.to;
  const parts: (LiteralPart | HolePart)[] = [];
  let at = start;
  const upTo = (to: number): void => {
    if (to > at) parts.push(literal(source, span(at, to), style));
  };
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'FormatReplacement') continue;
    upTo(child.from);
    const hole = holeOf(source, child, read);
    if (hole !== undefined) parts.push(hole);
    at = child.to;
  }
  upTo(end);
  return parts;
};

/** A literal of text, or several that stand side by side. */
export const textOf = (source: string, node: SyntaxNode, read: ReadExpr): Expr => {
  const at = span(node.from, node.to);
  const pieces = node.name === 'ContinuedString' ? node.getChildren('String').concat(node.getChildren('FormatString')) : [node];
  const parts = pieces.sort((a, b) => a.from - b.from).map((piece) => partsOf(source, piece, read));
  return parts.includes(undefined) ? { kind: 'other', at } : { kind: 'text', at, parts: parts.flatMap((part) => part ?? []) };
};
