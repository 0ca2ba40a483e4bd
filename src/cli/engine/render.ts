import { basename } from 'node:path';
import type * as Conversions from '../../core/conversion';
import { targetIds, type TargetId } from '../../core/convert/targetIds';
import type { CodeLanguage, ConvertOptions } from '../../core/convert/types';
import { renderNotes, usage } from '../../core/messages/commandLine';
import { onlyPrompt, type Prompt } from '../../core/prompt/model';
import { wireCall } from '../../core/formats/wireCall';
import { missingValues } from '../../core/request/build';
import { callText } from '../../core/request/json';
import { declaredValues, runValues, type Values } from '../../core/request/values';
import { readWords } from '../arguments';
import { readWholeNumber } from '../numbers';
import { isMistake, mistake, type ExitCode, type Mistake } from '../outcome';
import type { Terminal } from '../terminal';
import { openPrompt, type OpenPrompt } from './openPrompt';

const options = { row: { type: 'string' }, as: { type: 'string' }, language: { type: 'string' } } as const;

const languages: readonly CodeLanguage[] = ['python', 'typescript'];

/** Values of a row of the samples, from 1; without one, what the declarations say, examples included. */
const valuesFor = ({ header }: Prompt, row: number | undefined): Values | Mistake => {
  if (row === undefined) return declaredValues(header.variables, true);
  const sample = header.samples[row - 1];
  return sample === undefined ? mistake(renderNotes.noRow(row, header.samples.length)) : runValues(header.variables, sample.value);
};

/** One of the words that an option takes. */
const readWord = <W extends string>(option: string, word: string | undefined, words: readonly W[]): W | undefined | Mistake => {
  const found = words.find((one) => one === word);
  return word === undefined || found !== undefined ? found : mistake(usage.oneOf(option, words, word));
};

/** What the prompt is called where it is written as something else: its own name, or that of its file. */
const nameIn = ({ path, document, prompt }: OpenPrompt): string => {
  const isOnly = document.cells === undefined && prompt.id === onlyPrompt;
  return prompt.prompt.header.name ?? (isOnly ? basename(path).replace(/\..*$/, '') : prompt.title);
};

/** Conversions are loaded when somebody asks for one. */
const conversions = (): typeof Conversions => require('../../core/conversion') as typeof Conversions; // the bundle of exactly this module

const printConverted = async (prompt: Prompt, target: TargetId, how: ConvertOptions, terminal: Terminal): Promise<ExitCode> => {
  const result = conversions().convertPrompt(prompt, target, how);
  if (result.kind === 'refused') {
    terminal.tell(result.reason);
    return 2;
  }
  for (const note of result.notes) terminal.tell(note);
  await terminal.print(result.text);
  return 0;
};

/** `cachepoint render`: the request as it would be sent, or the prompt in another form. */
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
  const form = readWord('--as', words.values.as, targetIds);
  if (isMistake(form)) return fail(form.sentence);
  const language = readWord('--language', words.values.language, languages);
  if (isMistake(language)) return fail(language.sentence);
  const open = openPrompt(target, terminal);
  if (isMistake(open)) return fail(open.sentence);
  const { prompt, plan } = open.prompt;
  const values = valuesFor(prompt, row);
  if (isMistake(values)) return fail(values.sentence);
  if (form !== undefined) {
    const given = row === undefined ? {} : { values: prompt.header.samples[row - 1]?.value ?? {} };
    const how = { modelId: plan.modelId, model: plan.model, name: nameIn(open), ...(language === undefined ? {} : { language }), ...given };
    return printConverted(prompt, form, how, terminal);
  }
  const missing = missingValues(prompt, values);
  if (missing.length > 0) terminal.tell(renderNotes.withoutValue(missing));
  await terminal.print(`${callText(wireCall(prompt, values, plan.modelId, plan.door))}\n`);
  return 0;
};
