import type { RuleCode } from './problems';

const rulesPage = 'https://github.com/cachepoint/cachepoint/blob/main/docs/rules.md';

/** The address of a rule's section, as GitHub makes anchors from headings. */
export const ruleAddress = (code: RuleCode): string => `${rulesPage}#${code.replace('/', '')}`;
