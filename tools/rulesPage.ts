import type { RuleCode } from '../src/core/prompt/problems';
import { ruleCodes, rules } from '../src/core/rules/index';
import { exampleIn, shownBy } from './ruleExamples';
import { families } from './ruleTable';

const titles: { readonly [F in (typeof families)[number]]: string } = {
  syntax: 'Text',
  request: 'Request',
  cache: 'Caching',
  code: 'Code',
};

const link = (code: RuleCode): string => `[${code}](#${code.replace('/', '')})`;

/** The list of all rules by family, as links to their sections. */
const index = (): string =>
  families
    .toSorted()
    .map((family) => {
      const own = ruleCodes.filter((code) => code.startsWith(`${family}/`)).toSorted();
      return `- **${titles[family]}:** ${own.map(link).join(', ')}`;
    })
    .join('\n');

/** What a rule is known from, as sentences. */
const sourceLine = (code: RuleCode): string =>
  `**Source:** ${rules[code].sources.map((source) => (/[.?!]"?$/.test(source) ? source : `${source}.`)).join(' ')}`;

/** What comes out of the section's example. */
const shown = (section: string): string => {
  const example = exampleIn(section, 'Example');
  return example === undefined ? '' : shownBy(example);
};

const isCode = (text: string): text is RuleCode => ruleCodes.some((code) => code === text);

/** `docs/rules.md` with everything in it that is made from the rules; the rest stays as it is written. */
export const rulesPage = (text: string): string => {
  const [start = '', ...sections] = text.split(/^(?=## )/m);
  const made = sections.map((section) => {
    const code = section.slice('## '.length, section.indexOf('\n'));
    if (!isCode(code)) return section;
    return section
      .replace(/^\*\*Source:\*\*.*$/m, () => sourceLine(code))
      .replace(/^(\*\*Shows:\*\*\n\n```text\n)[^]*?^```$/m, (_all, head: string) => `${head}${shown(section)}\`\`\``);
  });
  return start.replace(/^- \*\*\w+:\*\* \[[^]*?\n(?=\n|$)/m, () => `${index()}\n`) + made.join('');
};
