import type { FileSource } from '../prompt/files';
import type { Piece } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import { scanTemplate } from '../text/templateTokens';
import { memoByText } from '../text/memo';
import { joinPath } from '../text/path';
import { span, type Located, type Span } from '../text/span';
import { hasMarkerLines } from './promptLines';

/** Includes of includes: deeper ones are refused. */
const maxIncludeDepth = 8;
/** Characters that all includes of a file may bring in together, so that includes cannot multiply without end. */
const maxIncludedLength = 5_000_000;

/** What grows while a file's text is expanded. */
export interface Expansion {
  readonly files: FileSource;
  readonly problems: SyntaxProblem[];
  readonly used: Located<string>[];
  /** Characters included so far. */
  included: number;
}

/** An include that is being expanded: where the outermost one is written, and the files that led here, the document itself as an empty name. */
interface Inclusion {
  readonly at: Span;
  readonly chain: readonly string[];
  readonly pieces: Piece[];
  /** Problems told of this outermost include, each once. */
  readonly told: Set<string>;
}

export const withLineFeeds = (text: string): string => (text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text);

/** A file's text as it counts in a prompt: no byte order mark, LF, and without the line breaks at its end, which are the file's. */
export const includedText = (text: string): string => {
  const lines = withLineFeeds(text.startsWith('\uFEFF') ? text.slice(1) : text);
  let end = lines.length;
  while (lines[end - 1] === '\n') end -= 1;
  return lines.slice(0, end);
};

const holdsMarkers = memoByText(hasMarkerLines, 64);

type Refusal = Extract<SyntaxProblem, { code: 'request/include' }>['data']['reason'];

const refuse = (work: Expansion, { at, told }: Inclusion, path: string, reason: Refusal): void => {
  const key = `${reason} ${path}`;
  if (!told.has(key)) work.problems.push({ code: 'request/include', span: at, data: { path, reason } });
  told.add(key);
};

const literalPiece = (text: string, at: Span, file: string): Piece => ({ kind: 'literal', text, span: at, form: 'opaque', file });

/** Adds the pieces of an included file. All stand where the outermost include is written. */
const include = (path: string, inclusion: Inclusion, work: Expansion): void => {
  const { at, chain, pieces } = inclusion;
  const file = joinPath(chain.at(-1) ?? '', path);
  if (chain.includes(file)) return refuse(work, inclusion, path, 'cyclic');
  if (chain.length > maxIncludeDepth) return refuse(work, inclusion, path, 'tooDeep');
  work.used.push({ value: file, span: at });
  const answer = work.files(file, 'text');
  if (answer.kind === 'refused') refuse(work, inclusion, path, answer.reason);
  if (answer.kind !== 'text') return;
  const text = includedText(answer.text);
  if (work.included + text.length > maxIncludedLength) return refuse(work, inclusion, path, 'tooLarge');
  work.included += text.length;
  if (holdsMarkers(text) && !inclusion.told.has(`marker ${file}`)) {
    inclusion.told.add(`marker ${file}`);
    work.problems.push({ code: 'syntax/inert-marker', span: at, data: { file: path } });
  }
  const below = { ...inclusion, chain: [...chain, file] };
  let done = 0;
  for (const token of scanTemplate(text)) {
    if (token.start > done) pieces.push(literalPiece(text.slice(done, token.start), at, file));
    if (token.kind === 'variable') pieces.push({ kind: 'variable', name: token.name, span: at, file });
    if (token.kind === 'include') include(token.path, below, work);
    done = token.end;
  }
  if (done < text.length) pieces.push(literalPiece(text.slice(done), at, file));
};

const isBlank = (text: string, start: number, end: number): boolean => text.slice(start, end).trim() === '';

/** The region without the blank lines at its ends; empty where there is nothing else. */
export const trimBlankLines = (text: string, region: Span): Span => {
  let { start, end } = region;
  if (isBlank(text, start, end)) return span(start, start);
  for (let newline = text.indexOf('\n', start); newline !== -1 && newline < end; newline = text.indexOf('\n', start)) {
    if (!isBlank(text, start, newline)) break;
    start = newline + 1;
  }
  for (let newline = text.lastIndexOf('\n', end - 1); newline >= start; newline = text.lastIndexOf('\n', end - 1)) {
    if (!isBlank(text, newline + 1, end)) break;
    end = newline;
  }
  return span(start, text[end - 1] === '\r' ? end - 1 : end);
};

/**
 * The pieces of one stretch of the document. The characters at the offsets `leftOut`, which are in order, are not sent, nor are the backslashes
 * of escapes.
 */
export const piecesOf = (text: string, region: Span, leftOut: readonly number[], work: Expansion): readonly Piece[] => {
  const pieces: Piece[] = [];
  let done = region.start;
  let skip = 0;
  const literal = (until: number) => {
    if (until > done)
      pieces.push({ kind: 'literal', text: withLineFeeds(text.slice(done, until)), span: span(done, until), form: 'plain' });
  };
  const literalsUpTo = (until: number) => {
    for (let at = leftOut[skip]; at !== undefined && at < until; at = leftOut[(skip += 1)]) {
      literal(at);
      done = at + 1;
    }
    literal(until);
  };
  for (const token of scanTemplate(text.slice(region.start, region.end))) {
    const at = span(region.start + token.start, region.start + token.end);
    literalsUpTo(at.start);
    if (token.kind === 'variable') pieces.push({ kind: 'variable', name: token.name, span: at });
    if (token.kind === 'include') include(token.path, { at, chain: [''], pieces, told: new Set() }, work);
    done = at.end;
  }
  literalsUpTo(region.end);
  return pieces;
};
