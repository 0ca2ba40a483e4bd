import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTexts, type Json } from '../../tools/manifestTexts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): Json => JSON.parse(readFileSync(join(root, name), 'utf8')) as Json; // what JSON.parse gives

/** The manifest as VS Code reads it: with the texts of `package.nls.json` in their places. */
export const readManifest = (): Json => withTexts(read('package.json'), read('package.nls.json') as Record<string, string>);
