// `npm run generate`: writes what is made from the code: the table of rules, lists of their codes, figures of the README, the page of the rules.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFiles, ruleTable } from './ruleTable';

const root = join(import.meta.dirname, '..');

/** Writes a file whose text is another one. */
const write = (path: string, text: string): void => {
  if (readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n') === text) return;
  writeFileSync(join(root, path), text);
  console.log(`${path} written`);
};

/** Writes every file that is made from the code, where it is another one. */
export const generate = async (): Promise<void> => {
  // The rules are read through their table, so it comes first.
  write('src/core/rules/table.ts', ruleTable(ruleFiles(root)));
  const { generatedFiles } = await import('./generated');
  for (const { path, text } of generatedFiles(root)) write(path, text);
};

if (process.argv[1]?.endsWith('generate.ts')) void generate();
