import { camel, families } from './ruleTable';

/** What a new rule begins with: texts in which the places to write are marked by words that the tests do not take. */
export interface RuleScaffold {
  /** New files, by their paths from the root. */
  readonly files: Readonly<Record<string, string>>;
  /** The section of `docs/rules.md`. */
  readonly section: string;
}

/** Why a word is no code for a new rule, `undefined` where it is one. */
export const faultOfCode = (code: string, taken: readonly string[]): string | undefined => {
  if (taken.includes(code)) return `There is a rule ${code} already.`;
  if (new RegExp(`^(?:${families.join('|')})/[a-z]+(?:-[a-z]+)*$`).test(code)) return undefined;
  return `A code is ${families.join(', ')}, a slash, and what is found in lower case with hyphens, such as cache/below-minimum. Given: ${code}`;
};

const ruleFile = (code: string, name: string): string => `import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** What the sentence needs to know beside the place. */
    '${code}': Record<never, never>;
  }
}

/** What is found, and why nobody would see it without this rule. */
export const ${name}: Rule<'${code}'> = {
  code: '${code}',
  severity: 'warning',
  sources: ['Where it is known from, and when that was read: YYYY-MM'],
  says: () => 'What is wrong, what that does, and what to do.',
  // Look at the plan (\`plan.checkpoints\`, \`plan.blocks\`) or the prompt, and yield a problem at the place that a person would change:
  // { code: '${code}', span: marker.span, data: {} }
  *check() {},
};
`;

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

const prompt = (lines: string): string => `---
modelId: ${model}
---
# user:
${lines}
`;

const program = (line: string): string => `import boto3

client = boto3.client("bedrock-runtime")


def answer(question: str):
    return client.converse(
        modelId="${model}",
        messages=[{"role": "user", "content": [{"text": question}]}],
    )  # ${line}
`;

const shows = 'This line shows it.';
const silent = 'This line comes near, and is right.';

const withMark = (text: string, code: string): string =>
  text.replace(
    /^(.*)This line shows it\.$/m,
    (line, before: string) => `${line}\n${' '.repeat(before.length)}${'^'.repeat(shows.length)} ${code}`,
  );

const section = (code: string, language: string, write: (line: string) => string): string => `## ${code}

**Severity:** warning

**Why:** What Bedrock or the model does here, what that costs, and why nothing says so.

**Example:**

\`\`\`${language}
${write(shows)}\`\`\`

**Shows:**

\`\`\`text
\`\`\`

**Fix:** By hand. What to do.

**Fixed:**

\`\`\`${language}
${write(silent)}\`\`\`

**Source:** made from the rule

`;

/** The three places of a rule. */
export const scaffoldRule = (code: string): RuleScaffold => {
  const [family = '', tail = ''] = code.split('/');
  const folder = `test/fixtures/rules/${family}-${tail}`;
  const isProgram = family === 'code';
  const [ending, language, write] = isProgram ? (['py', 'python', program] as const) : (['bedrock.md', 'markdown', prompt] as const);
  return {
    files: {
      [`src/core/rules/${family}/${camel(tail)}.ts`]: ruleFile(code, camel(tail)),
      [`${folder}/shows.${ending}`]: withMark(write(shows), code),
      [`${folder}/silent.${ending}`]: write(silent),
    },
    section: section(code, language, write),
  };
};

/** The page with a section more: after those of its family. */
export const withSection = (page: string, code: string, text: string): string => {
  const family = code.slice(0, code.indexOf('/'));
  const parts = page.split(/^(?=## )/m);
  const last = parts.findLastIndex((part) => part.startsWith(`## ${family}/`));
  return (
    parts
      .flatMap((part, index) => (index === last ? [`${part.trimEnd()}\n\n`, text] : [part]))
      .join('')
      .trimEnd() + '\n'
  );
};
