import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usage, unknownRule } from '../core/messages/commandLine';
import { ruleLines } from '../core/messages/ruleSections';
import { nearestWord } from '../core/text/nearest';
import { readWords } from './arguments';
import { readRate } from './numbers';
import { isMistake, type ExitCode } from './outcome';
import type { Terminal } from './terminal';

const options = { models: { type: 'boolean' }, traffic: { type: 'string' }, json: { type: 'boolean' } } as const;

const codePattern = /^[a-z]+\/[a-z-]+$/;

/** The section of a rule in `docs/rules.md`, which stands beside the program. */
export const rulePage = (markdown: string, code: string): string | undefined => {
  const line = ruleLines(markdown).get(code);
  if (line === undefined) return undefined;
  const rest = markdown.split('\n').slice(line - 1);
  const end = rest.findIndex((text, index) => index > 0 && text.startsWith('## '));
  return `${rest
    .slice(0, end === -1 ? rest.length : end)
    .join('\n')
    .trimEnd()}\n`;
};

/** `cachepoint explain`: the page of a rule, or what is cached of a prompt. */
export const explain = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const words = readWords('explain', args, options);
  const fail = (sentence: string): ExitCode => {
    terminal.tell(sentence);
    return 2;
  };
  if (isMistake(words)) return fail(words.sentence);
  const { values, positionals } = words;
  const [target] = positionals;
  if (target === undefined || positionals.length > 1) return fail(usage.oneFile('explain'));
  const callsPerHour = values.traffic === undefined ? undefined : readRate('--traffic', values.traffic);
  if (isMistake(callsPerHour)) return fail(callsPerHour.sentence);
  const engine = await import('./engine/index');
  if (codePattern.test(target) && !engine.isThere(target, terminal.cwd)) {
    const markdown = readFileSync(join(__dirname, '..', 'docs', 'rules.md'), 'utf8');
    const page = rulePage(markdown, target);
    if (page === undefined) return fail(unknownRule(target, nearestWord(target, [...ruleLines(markdown).keys()])));
    await terminal.print(page);
    return 0;
  }
  return engine.explainPrompt(target, { callsPerHour, models: values.models === true, json: values.json === true }, terminal);
};
