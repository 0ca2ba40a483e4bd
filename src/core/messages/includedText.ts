import type { NumberFormats } from '../figures/numbers';

/** More names than this are left out. */
const mostNames = 3;

/** What stands above a file that prompts include: "Included by 2 prompts: Support desk, Triage · 1,204 tok · cached". */
export const includedTitle = (
  prompts: readonly { readonly name: string; readonly isCached: boolean }[],
  tokens: number,
  formats: NumberFormats,
): string => {
  const names = [...new Set(prompts.map(({ name }) => name))];
  const cached = prompts.filter(({ isCached }) => isCached).length;
  const how = cached === prompts.length ? 'cached' : cached === 0 ? 'not cached' : `cached in ${cached} of ${prompts.length}`;
  const who = `${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ', …' : ''}`;
  return `Included by ${names.length === 1 ? '1 prompt' : `${names.length} prompts`}: ${who} · ${formats.tokens(tokens)} tok · ${how}`;
};
