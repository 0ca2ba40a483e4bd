import { parser } from '@lezer/javascript';
import { span } from '../../text/span';
import type { Module } from '../form';
import { withoutMergeMarks } from '../mergeMarks';
import { createReader, moduleOf, openScope } from '../reader';
import { block } from './statements';

/** What the parser is told by the ending of a file; JavaScript may hold JSX whatever its ending. */
const dialects: Readonly<Record<string, string>> = { ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'ts jsx' };

/** Reads a file of TypeScript or JavaScript. Total: what is wrong with it is left out. */
export const readTypeScript = (path: string, source: string, extension: string): Module => {
  const text = withoutMergeMarks(source);
  const dialect = Object.hasOwn(dialects, extension) ? (dialects[extension] ?? 'jsx') : 'jsx';
  const tree = parser.configure({ dialect }).parse(text.startsWith('\ufeff') ? `\n${text.slice(1)}` : text);
  const reader = createReader(source, 'typescript');
  const scope = openScope(reader, { sort: 'module', name: '', at: span(0, source.length), parent: undefined });
  block(reader, tree.topNode, scope);
  return moduleOf(reader, path, scope);
};
