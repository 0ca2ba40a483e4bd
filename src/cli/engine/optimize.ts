import { perHour } from '../../core/prompt/traffic';
import { createTwoFilesPatch } from 'diff';
import { optimizeAll } from '../../core/advice/optimum';
import { numberFormats } from '../../core/figures/numbers';
import { fileMistakes, optimizeNotes, usage } from '../../core/messages/commandLine';
import { describeBlocked, describeNoPlaces, describePlacement } from '../../core/messages/placement';
import { applyEdits } from '../../core/text/edit';
import { lineIndex } from '../../core/text/lines';
import { readWords } from '../arguments';
import { replaceText } from '../files/text';
import { finishBeforeInterrupt } from '../interrupt';
import { readRate } from '../numbers';
import { isMistake, type ExitCode } from '../outcome';
import type { Terminal } from '../terminal';
import { openPrompt } from './openPrompt';

const formats = numberFormats('en');
const options = { traffic: { type: 'string' }, write: { type: 'boolean' } } as const;

const colored = (patch: string, { paint }: Terminal): string =>
  patch
    .slice(patch.indexOf('--- '))
    .split('\n')
    .map((line) => (line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line))
    .join('\n');

/** `cachepoint optimize`: where cache points save most, as a difference or written to the file. */
export const optimize = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const fail = (sentence: string): ExitCode => {
    terminal.tell(sentence);
    return 2;
  };
  const words = readWords('optimize', args, options);
  if (isMistake(words)) return fail(words.sentence);
  const [target] = words.positionals;
  if (target === undefined || words.positionals.length > 1) return fail(usage.oneFile('optimize'));
  const rate = words.values.traffic === undefined ? undefined : readRate('--traffic', words.values.traffic);
  if (isMistake(rate)) return fail(rate.sentence);
  const open = openPrompt(target, terminal);
  if (isMistake(open)) return fail(open.sentence);
  const { path, document, prompt } = open;
  if (document.cells !== undefined && words.values.write === true) return fail(fileMistakes.notebook(document.name));
  const { input } = prompt;
  const traffic = rate === undefined ? input.traffic : perHour(rate);
  const say = (lines: readonly string[]): Promise<void> => terminal.print(`${lines.join('\n')}\n`);
  const placement = optimizeAll(input, { traffic });
  if (placement.kind === 'none') {
    await say([describeNoPlaces(placement.reason)]);
    return 0;
  }
  const lines = [...describePlacement(placement, traffic, formats)];
  if (placement.blocks !== undefined)
    lines.push(describeBlocked(lineIndex(document.text).positionOf(placement.blocks.start).line, placement.move));
  const after = applyEdits(document.text, placement.edits);
  if (after === document.text) {
    await say([optimizeNotes.best, ...lines.filter((_, index) => index !== 1)]);
    return 0;
  }
  const patch = createTwoFilesPatch(document.name, document.name, document.text, after, undefined, undefined, { context: 2 });
  if (words.values.write !== true) {
    await say([...lines, '', colored(patch, terminal).trimEnd(), '', optimizeNotes.notWritten]);
    return 0;
  }
  const release = finishBeforeInterrupt();
  const failure = replaceText(path, document.name, after);
  release();
  if (failure !== undefined) return fail(failure.sentence);
  await say([...lines, optimizeNotes.written(document.name)]);
  return 0;
};
