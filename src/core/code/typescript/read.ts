import { span } from '../../text/span';
import type { Module } from '../form';
import { createReader, moduleOf, openScope } from '../reader';

/** Reads a file of TypeScript or JavaScript. Total: what is wrong with it is left out. */
export const readTypeScript = (path: string, source: string, _dialect: string): Module => {
  const reader = createReader(source, 'typescript');
  const scope = openScope(reader, { sort: 'module', name: '', at: span(0, source.length), parent: undefined });
  return moduleOf(reader, path, scope);
};
