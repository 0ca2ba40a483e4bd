import type { Impact } from '../change/editImpact';
import type { NumberFormats } from '../figures/numbers';
import { impactHover, type Baseline } from './impactText';

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

/** Who is meant: "Support desk", "Support desk and 2 other prompts". */
const whose = (names: readonly string[]): string => {
  const [first = '', ...others] = [...new Set(names)];
  return others.length === 0 ? first : `${first} and ${others.length === 1 ? '1 other prompt' : `${others.length} other prompts`}`;
};

/** What a problem in a file says, with the prompts that bring the file in: it is none of the file alone. */
export const includedProblem = (names: readonly string[], sentence: string): string => `In ${whose(names)}: ${sentence}`;

/** Title and paragraphs of what an edit of a file costs the prompts that bring it in; the dearest first. */
export const includedImpact = (
  edits: readonly { readonly name: string; readonly impact: Impact; readonly baseline: Baseline }[],
  formats: NumberFormats,
): readonly string[] => {
  const dear = [...edits].sort((a, b) => b.impact.lostTokens.likely - a.impact.lostTokens.likely);
  return dear.flatMap(({ name, impact, baseline }, at) => {
    const [title = '', ...details] = impactHover(impact, baseline, formats);
    return at === 0 ? [`${title}, in ${whose(dear.map((one) => one.name))}`, ...details] : [`${name}: ${title}.`, ...details];
  });
};
