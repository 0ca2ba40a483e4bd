import { parser } from '@lezer/javascript';
import { once } from '../../text/once';
import type { Module } from '../form';
import type { Front } from '../front';
import { readTop } from '../remember';
import { outlines } from './outlines';
import { statement } from './statements';

const frontWith = (dialect: string): Front => {
  const configured = once(() => parser.configure({ dialect }));
  return { language: 'typescript', parse: (text, fragments) => configured().parse(text, fragments), statement, outlines };
};

const [script, jsx, both] = [frontWith('ts'), frontWith('jsx'), frontWith('ts jsx')];

/** What the parser is told by the ending of a file; JavaScript may hold JSX whatever its ending. */
const fronts: Readonly<Record<string, Front>> = { ts: script, mts: script, cts: script, tsx: both };

/** Reads a file of TypeScript or JavaScript; `key` is the name under which its last version is remembered. */
export const readTypeScript = (path: string, source: string, extension: string, key: string | undefined): Module =>
  readTop(Object.hasOwn(fronts, extension) ? (fronts[extension] ?? jsx) : jsx, path, source, key);
