import { isUnread, type FileSource } from '../prompt/files';
import type { Written } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import { joinPath } from '../text/path';
import { theDocument, type SourceId } from '../text/place';
import type { Located, Span } from '../text/span';
import { member, type Tree } from '../text/tree';
import { includedText } from './promptText';
import type { SourceList } from './sourceList';

/** What the readers of front matter share and add to. */
export interface FrontMatterWork {
  readonly sources: SourceList;
  readonly files: FileSource;
  readonly problems: SyntaxProblem[];
  readonly used: Located<string>[];
  /** Where files are named that are not read before the workspace is trusted. */
  readonly unread: Span[];
  /** Parts of the request as they stand in the text. */
  readonly written: Written[];
}

export const wrongValue = (work: FrontMatterWork, key: string, at: Span, expected: string): undefined => {
  work.problems.push({ code: 'syntax/value', span: at, data: { key, expected } });
  return undefined;
};

/** A member that somebody gave a value; a key without one is half typed and counts as absent. */
export const given = (tree: Tree | undefined, key: string): Tree | undefined => {
  const value = member(tree, key);
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
};

/** A scalar as text: a number or word keeps the characters it is written with. */
export const scalarText = (work: FrontMatterWork, tree: Tree | undefined): string | undefined => {
  if (tree?.kind !== 'scalar' || tree.value === null) return undefined;
  return typeof tree.value === 'string' ? tree.value : (work.sources.all[theDocument]?.text ?? '').slice(tree.span.start, tree.span.end);
};

/** The id of the text of a file that front matter names; `undefined`: a problem says why, or the file is still being read. */
export const readSource = (work: FrontMatterWork, path: string, at: Span): SourceId | undefined => {
  const resolved = joinPath('', path);
  work.used.push({ value: resolved, span: at });
  const answer = work.files(resolved, 'text');
  if (answer.kind === 'text') return work.sources.add(resolved, answer.text);
  if (isUnread(answer)) work.unread.push(at);
  if (answer.kind === 'refused') work.problems.push({ code: 'request/include', span: at, data: { path, reason: answer.reason } });
  return undefined;
};

/** The text of a file that front matter names, or `undefined`: then a problem says why, or the file is still being read. */
export const readText = (work: FrontMatterWork, path: string, at: Span): string | undefined => {
  const id = readSource(work, path, at);
  return id === undefined ? undefined : includedText(work.sources.all[id]?.text ?? '');
};
