import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The families of rules, in the order in which people read of them. */
export const families = ['syntax', 'request', 'cache', 'code'] as const;

/** A rule as its file names it: `cache/belowMinimum.ts` holds `cache/below-minimum`. */
export interface RuleFile {
  readonly family: string;
  /** What the file exports. */
  readonly name: string;
  readonly code: string;
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const camel = (name: string): string => name.replaceAll(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());

export const ruleFiles = (root: string): readonly RuleFile[] =>
  families.flatMap((family) =>
    readdirSync(join(root, 'src', 'core', 'rules', family))
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => {
        const name = file.slice(0, -'.ts'.length);
        return { family, name, code: `${family}/${kebab(name)}` };
      }),
  );

/** The text of `src/core/rules/table.ts`. */
export const ruleTable = (files: readonly RuleFile[]): string => {
  const count = new Map<string, number>();
  for (const { name } of files) count.set(name, (count.get(name) ?? 0) + 1);
  const entries = files.map((file) => {
    const isShared = (count.get(file.name) ?? 0) > 1;
    return { ...file, as: isShared ? `${file.family}${file.name.charAt(0).toUpperCase()}${file.name.slice(1)}` : file.name };
  });
  return [
    '// Made by `npm run generate` from the files in the folders beside it.',
    "import type { RuleCode } from '../prompt/problems';",
    "import type { Rule } from './types';",
    ...entries.map(({ family, name, as }) => `import { ${name === as ? name : `${name} as ${as}`} } from './${family}/${name}';`),
    '// Said once more for the types: what a file adds to `ProblemData` counts wherever this table does.',
    ...entries.map(({ family, name }) => `import './${family}/${name}';`),
    '',
    '/** Every rule by its code. */',
    'export const rules: { readonly [C in RuleCode]: Rule<C> } = {',
    ...entries.map(({ code, as }) => `  '${code}': ${as},`),
    '};',
    '',
  ].join('\n');
};
