import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesFrom, type FileSource } from '../../src/core/prompt/files';

/**
 * A case of an editor feature: a file in the folder of the feature under `test/fixtures/editing`. First stands the prompt, with the cursor drawn into it,
 * then, after lines `=== path`, files beside it, and after `=== expected` what is offered, shown or changed there.
 */
export interface EditingCase {
  readonly name: string;
  /** Without the cursor. */
  readonly text: string;
  readonly offset: number;
  readonly files: FileSource;
  /** What stands before what is expected, as it is written again. */
  readonly head: string;
  readonly expected: string;
  readonly path: string;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'editing');
export const cursor = '▮';

export const editingFeatures = (): readonly string[] => readdirSync(folder).sort();

const readCase = (feature: string, name: string): EditingCase => {
  const path = join(folder, feature, name);
  const source = readFileSync(path, 'utf8');
  const [drawn = '', ...parts] = source.split(/^=== /m);
  const named = parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const);
  const expected = named.find(([title]) => title === 'expected')?.[1] ?? '';
  const offset = drawn.indexOf(cursor);
  return {
    name: `${feature}/${name}`,
    text: drawn.replace(cursor, ''),
    offset: Math.max(0, offset),
    files: filesFrom(Object.fromEntries(named.filter(([title]) => title !== 'expected'))),
    head: source.slice(0, source.length - (named.at(-1)?.[0] === 'expected' ? '=== expected\n'.length + expected.length : 0)),
    expected,
    path,
  };
};

export const editingCases = (feature: string): readonly EditingCase[] =>
  readdirSync(join(folder, feature))
    .sort()
    .map((name) => readCase(feature, name));

/** Writes what comes out into the case: `UPDATE_GOLDEN=1`. */
export const writeCase = ({ path, head }: EditingCase, actual: string): void => writeFileSync(path, `${head}=== expected\n${actual}`);
