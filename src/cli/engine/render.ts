import { renderNotes, usage } from '../../core/messages/commandLine';
import type { Prompt } from '../../core/prompt/model';
import { wireCall } from '../../core/formats/wireCall';
import { missingValues } from '../../core/request/build';
import { callText } from '../../core/request/json';
import { declaredValues, runValues, type Values } from '../../core/request/values';
import { readWords } from '../arguments';
import { readWholeNumber } from '../numbers';
import { isMistake, mistake, type ExitCode, type Mistake } from '../outcome';
import type { Terminal } from '../terminal';
import { openPrompt } from './openPrompt';

const options = { row: { type: 'string' } } as const;

/** Values of a row of the samples, from 1; without one, what the declarations say, examples included. */
const valuesFor = ({ header }: Prompt, row: number | undefined): Values | Mistake => {
  if (row === undefined) return declaredValues(header.variables, true);
  const sample = header.samples[row - 1];
  return sample === undefined ? mistake(renderNotes.noRow(row, header.samples.length)) : runValues(header.variables, sample.value);
};

/** `cachepoint render`: the request as it would be sent. */
export const render = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const fail = (sentence: string): ExitCode => {
    terminal.tell(sentence);
    return 2;
  };
  const words = readWords('render', args, options);
  if (isMistake(words)) return fail(words.sentence);
  const [target] = words.positionals;
  if (target === undefined || words.positionals.length > 1) return fail(usage.oneFile('render'));
  const row = words.values.row === undefined ? undefined : readWholeNumber('--row', words.values.row);
  if (isMistake(row)) return fail(row.sentence);
  const open = openPrompt(target, terminal);
  if (isMistake(open)) return fail(open.sentence);
  const { prompt, plan } = open.prompt;
  const values = valuesFor(prompt, row);
  if (isMistake(values)) return fail(values.sentence);
  const missing = missingValues(prompt, values);
  if (missing.length > 0) terminal.tell(renderNotes.withoutValue(missing));
  await terminal.print(`${callText(wireCall(prompt, values, plan.modelId))}\n`);
  return 0;
};
