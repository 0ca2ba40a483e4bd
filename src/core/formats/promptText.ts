import { isUnread, type FileSource } from '../prompt/files';
import type { SyntaxProblem } from '../prompt/problems';
import { scanTemplate } from '../text/templateTokens';
import { memoByText } from '../text/memo';
import { plainAt } from '../text/notation';
import { joinPath } from '../text/path';
import { theDocument, type Place, type SourceId } from '../text/place';
import type { Segment } from '../text/segment';
import { span, type Located, type Span } from '../text/span';
import { markerLineIn } from './promptLines';
import type { SourceList } from './sourceList';

/** Includes of includes: deeper ones are refused. */
const maxIncludeDepth = 8;
/** Characters that all includes of a file may bring in together, so that includes cannot multiply without end. */
const maxIncludedLength = 5_000_000;

/** What grows while a file's text is expanded. */
export interface Expansion {
  readonly files: FileSource;
  readonly sources: SourceList;
  readonly problems: SyntaxProblem[];
  readonly used: Located<string>[];
  readonly ignores: Located<string>[];
  /** Characters included so far. */
  included: number;
}

/** An include that is being expanded: where the outermost one is written, and the files that led here, the document itself as an empty name. */
interface Inclusion {
  readonly at: Span;
  readonly chain: readonly string[];
  /** Problems told of this outermost include, each once. */
  readonly told: Set<string>;
  /** Where an included file names the next one. */
  readonly from?: Place;
}

export const withLineFeeds = (text: string): string => (text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text);

/** What of a file's text counts in a prompt: not its byte order mark, nor the line breaks at its end, which are the file's. */
const includedSpan = (text: string): Span => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  let end = text.length;
  while (end > start && text[end - 1] === '\n') end -= text[end - 2] === '\r' && end - 1 > start ? 2 : 1;
  return span(start, end);
};

/** A file's text as it counts in a prompt, with LF. */
export const includedText = (text: string): string => {
  const { start, end } = includedSpan(text);
  return withLineFeeds(text.slice(start, end));
};

const markerOf = memoByText(markerLineIn, 64);

type Refusal = Extract<SyntaxProblem, { code: 'request/include' }>['data']['reason'];

const refuse = (work: Expansion, { at, told, from }: Inclusion, path: string, reason: Refusal): void => {
  const key = `${reason} ${path}`;
  if (!told.has(key)) work.problems.push({ code: 'request/include', span: at, ...(from && { foreign: from }), data: { path, reason } });
  told.add(key);
};

/** Adds the segments of an included file. A reader of the document sees all of them where the outermost include is written. */
const include = (path: string, inclusion: Inclusion, segments: Segment[], work: Expansion): void => {
  const { at, chain } = inclusion;
  const file = joinPath(chain.at(-1) ?? '', path);
  if (chain.includes(file)) return refuse(work, inclusion, path, 'cyclic');
  if (chain.length > maxIncludeDepth) return refuse(work, inclusion, path, 'tooDeep');
  work.used.push({ value: file, span: at });
  const answer = work.files(file, 'text');
  if (answer.kind === 'refused') refuse(work, inclusion, path, answer.reason);
  // What is not read stands there all the same, however long it is.
  if (isUnread(answer)) segments.push({ kind: 'unknown', source: path, varies: 'unclear', at: { source: theDocument, span: at }, via: at });
  if (answer.kind !== 'text') return;
  const region = includedSpan(answer.text);
  if (work.included + region.end - region.start > maxIncludedLength) return refuse(work, inclusion, path, 'tooLarge');
  work.included += region.end - region.start;
  const source = work.sources.add(file, answer.text);
  const marker = markerOf(answer.text.slice(region.start, region.end));
  if (marker !== undefined && !inclusion.told.has(`marker ${file}`)) {
    inclusion.told.add(`marker ${file}`);
    const foreign = { source, span: span(region.start + marker.start, region.start + marker.end) };
    work.problems.push({ code: 'syntax/inert-marker', span: at, foreign, data: { file: path } });
  }
  addSegments({ source, text: answer.text, region, leftOut: [], inclusion: { ...inclusion, chain: [...chain, file] } }, segments, work);
};

/** A stretch of a source. What `leftOut` covers, in order, is not sent. */
interface Stretch {
  readonly source: SourceId;
  readonly text: string;
  readonly region: Span;
  readonly leftOut: readonly Span[];
  /** For text of another file: what brings it in. */
  readonly inclusion: Inclusion | undefined;
}

/** Adds what one stretch says; the backslashes of escapes are not sent. */
const addSegments = ({ source, text, region, leftOut, inclusion }: Stretch, segments: Segment[], work: Expansion): void => {
  const shown = inclusion === undefined ? {} : { via: inclusion.at };
  let done = region.start;
  let skip = 0;
  const literal = (until: number) => {
    if (until <= done) return;
    const at = span(done, until);
    segments.push({
      kind: 'text',
      text: withLineFeeds(text.slice(done, until)),
      at: { source, span: at },
      notation: plainAt(text, at),
      ...shown,
    });
  };
  const literalsUpTo = (until: number) => {
    for (let at = leftOut[skip]; at !== undefined && at.start < until; at = leftOut[(skip += 1)]) {
      literal(at.start);
      done = Math.max(done, at.end);
    }
    literal(until);
  };
  for (const token of scanTemplate(text.slice(region.start, region.end))) {
    const at = span(region.start + token.start, region.start + token.end);
    literalsUpTo(at.start);
    if (at.start < done) continue;
    if (token.kind === 'variable') segments.push({ kind: 'variable', name: token.name, at: { source, span: at }, ...shown });
    if (token.kind === 'include')
      include(token.path, inclusion ? { ...inclusion, from: { source, span: at } } : { at, chain: [''], told: new Set() }, segments, work);
    done = at.end;
  }
  literalsUpTo(region.end);
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

/** The region without the blank lines at its ends, nor those of `lines`, which are whole lines in order that are not sent. */
export const trimUnsentLines = (text: string, region: Span, lines: readonly Span[]): Span => {
  let at = trimBlankLines(text, region);
  for (const { start, end } of lines)
    if (start <= at.start && at.start < Math.min(end, at.end)) at = trimBlankLines(text, span(Math.min(end, at.end), at.end));
  for (const { start, end } of lines.toReversed())
    if (at.start < at.end && start < at.end && at.end <= end) at = trimBlankLines(text, span(at.start, Math.max(at.start, start)));
  return at;
};

/** What one stretch of the document says, files that it includes expanded. */
export const segmentsOfRegion = (text: string, region: Span, leftOut: readonly Span[], work: Expansion): readonly Segment[] => {
  const segments: Segment[] = [];
  addSegments({ source: theDocument, text, region, leftOut, inclusion: undefined }, segments, work);
  return segments;
};
