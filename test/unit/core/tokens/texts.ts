import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../../tokens/texts/', import.meta.url);

/** The public-domain and home-made texts of `test/tokens/texts`, by file name without ending. */
export const sampleTexts: readonly { readonly name: string; readonly text: string }[] = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => ({ name: name.slice(0, -4), text: readFileSync(new URL(name, folder), 'utf8') }));
