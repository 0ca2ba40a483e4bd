import { parser } from '@lezer/python';
import { span } from '../../text/span';
import type { Module } from '../form';
import { withoutMergeMarks } from '../mergeMarks';
import { createReader, moduleOf, openScope } from '../reader';
import { block } from './statements';

/** Reads a file of Python. Total: what is wrong with it is left out. */
export const readPython = (path: string, source: string): Module => {
  const text = withoutMergeMarks(source);
  const tree = parser.parse(text.startsWith('\ufeff') ? `\n${text.slice(1)}` : text);
  const reader = createReader(source, 'python');
  const scope = openScope(reader, { sort: 'module', name: '', at: span(0, source.length), parent: undefined });
  block(reader, tree.topNode, scope);
  return moduleOf(reader, path, scope);
};
