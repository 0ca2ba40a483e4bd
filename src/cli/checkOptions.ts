import { usage } from '../core/messages/commandLine';
import type { FixKind } from '../core/rules/types';
import { oneOf, readWords } from './arguments';
import { isMistake, mistake, type Mistake } from './outcome';

const outputFormats = ['text', 'json', 'sarif', 'github'] as const;
const fixKinds = ['safe', 'moves', 'changes'] as const;
const failures = ['error', 'warning', 'never'] as const;

/** What `cachepoint check` was asked for. */
export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: (typeof outputFormats)[number];
  /** Fixes to apply, up to this kind. */
  readonly fix: FixKind | undefined;
  readonly since: string | undefined;
  readonly failOn: (typeof failures)[number];
  /** Standard input is checked as if it were this file. */
  readonly stdin: string | undefined;
  /** Keep results and use those of earlier checks. */
  readonly cache: boolean;
}

const options = {
  format: { type: 'string' },
  fix: { type: 'string' },
  since: { type: 'string' },
  'fail-on': { type: 'string' },
  'stdin-filename': { type: 'string' },
  'no-cache': { type: 'boolean' },
} as const;

/** `--fix` alone has a value of its own; the word behind it is a path. */
const withValues = (args: readonly string[]): readonly string[] => {
  const end = args.indexOf('--');
  return args.map((word, at) => (word === '--fix' && (end === -1 || at < end) ? '--fix=safe' : word));
};

/** Reads the words behind `cachepoint check`. */
export const readCheckOptions = (args: readonly string[]): CheckOptions | Mistake => {
  const words = readWords('check', withValues(args), options);
  if (isMistake(words)) return words;
  const { values, positionals } = words;
  const format = oneOf('--format', outputFormats, values.format ?? 'text');
  if (isMistake(format)) return format;
  const fix = values.fix === undefined ? undefined : oneOf('--fix', fixKinds, values.fix);
  if (isMistake(fix)) return fix;
  const failOn = oneOf('--fail-on', failures, values['fail-on'] ?? 'error');
  if (isMistake(failOn)) return failOn;
  const stdin = values['stdin-filename'];
  const paths = positionals.filter((path) => stdin === undefined || path !== '-');
  if (stdin !== undefined && paths.length > 0) return mistake(usage.stdinAlone);
  if (stdin !== undefined && fix !== undefined) return mistake(usage.fixNeedsFiles);
  if (stdin !== undefined && values.since !== undefined) return mistake(usage.sinceNeedsFiles);
  return {
    paths: paths.length === 0 ? ['.'] : paths,
    format,
    fix,
    since: values.since,
    failOn,
    stdin,
    cache: values['no-cache'] !== true,
  };
};
