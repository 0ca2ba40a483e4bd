import { resolve } from 'node:path';
import { planRequest } from '../../core/analysis';
import { predictCalls, type PricedPrediction, type SentCall } from '../../core/change/predict';
import { numberFormats } from '../../core/figures/numbers';
import { predictNotes, renderNotes, usage } from '../../core/messages/commandLine';
import { describeDoubt } from '../../core/messages/doubts';
import { predictionReport } from '../../core/report/predictionReport';
import { missingValues } from '../../core/request/build';
import { declaredValues } from '../../core/request/values';
import { isRecord } from '../../core/text/json';
import { readWords } from '../arguments';
import { nameOf } from '../files/find';
import { readText } from '../files/text';
import { readSeconds } from '../numbers';
import { isMistake, mistake, type ExitCode, type Mistake } from '../outcome';
import type { Terminal } from '../terminal';
import { openPrompt } from './openPrompt';
import { table } from './table';

const options = { at: { type: 'string' }, begins: { type: 'string' }, values: { type: 'string' }, json: { type: 'boolean' } } as const;

type GivenValues = Readonly<Record<string, string>>;

const isValues = (value: unknown): value is GivenValues => isRecord(value) && Object.values(value).every((one) => typeof one === 'string');

/** The variables of each call, a list of objects in a file. */
const readValues = (file: string, calls: number, cwd: string): readonly GivenValues[] | Mistake => {
  const text = readText(resolve(cwd, file), file);
  if (isMistake(text)) return text;
  try {
    const values: unknown = JSON.parse(text);
    if (Array.isArray(values) && values.length === calls && values.every(isValues)) return values;
  } catch {
    // Said below: it is no list of values.
  }
  return mistake(predictNotes.notValues(file, calls));
};

const second = 1000;

/** A figure for each call, or none at all where the option is not used; an empty place is no figure. */
const timesOf = (option: string, text: string | undefined, calls: number): readonly (number | undefined)[] | Mistake =>
  text === undefined ? Array<undefined>(calls).fill(undefined) : readSeconds(option, text, calls);

interface Named {
  readonly path: string;
  readonly call: SentCall;
}

const callOf = (target: string, at: number, begins: number | undefined, values: GivenValues, terminal: Terminal): Named | Mistake => {
  const open = openPrompt(target, terminal);
  if (isMistake(open)) return open;
  const { prompt } = open;
  const declared = declaredValues(prompt.prompt.header.variables, true);
  const missing = missingValues(prompt.prompt, (name) => (Object.hasOwn(values, name) ? values[name] : declared(name)));
  if (missing.length > 0) terminal.tell(renderNotes.withoutValue(missing));
  const times = { at: at * second, ...(begins === undefined ? {} : { begins: (at + begins) * second }) };
  return { path: nameOf(open.path, terminal.cwd), call: { ...planRequest(prompt, values), ...times } };
};

const asTable = (calls: readonly (Named & { readonly prediction: PricedPrediction })[]): string => {
  const formats = numberFormats('en');
  const rows = calls.map(({ path, call, prediction: { cacheRead, cacheWrite, input, usd, assumes } }) => [
    String(call.at / second),
    path,
    formats.tokens(cacheRead.likely),
    formats.tokens(cacheWrite.likely),
    formats.tokens(input.likely),
    formats.usd(usd?.likely),
    predictNotes.assumes[assumes],
  ]);
  const doubts = new Set(calls.flatMap(({ prediction }) => (prediction.assumes === 'unsure' ? (prediction.doubts ?? []).slice(0, 1) : [])));
  return [table([predictNotes.heads, ...rows]), ...[...doubts].map(describeDoubt)].join('\n\n');
};

/** `cachepoint predict`: what requests sent in this order will read, write and pay. */
export const predict = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const fail = ({ sentence }: Mistake): ExitCode => {
    terminal.tell(sentence);
    return 2;
  };
  const words = readWords('predict', args, options);
  if (isMistake(words)) return fail(words);
  const { values: given, positionals: targets } = words;
  if (targets.length === 0) return fail(mistake(usage.someFiles('predict')));
  const at = timesOf('--at', given.at, targets.length);
  if (isMistake(at)) return fail(at);
  const begins = timesOf('--begins', given.begins, targets.length);
  if (isMistake(begins)) return fail(begins);
  const values = given.values === undefined ? [] : readValues(given.values, targets.length, terminal.cwd);
  if (isMistake(values)) return fail(values);
  const calls: Named[] = [];
  for (const [index, target] of targets.entries()) {
    const call = callOf(target, at[index] ?? 0, begins[index], values[index] ?? {}, terminal);
    if (isMistake(call)) return fail(call);
    calls.push(call);
  }
  const predictions = predictCalls(calls.map(({ call }) => call));
  const all = calls.flatMap((one, index) => {
    const prediction = predictions[index];
    return prediction === undefined ? [] : [{ ...one, prediction }];
  });
  await terminal.print(`${given.json === true ? JSON.stringify(predictionReport(all), undefined, 2) : asTable(all)}\n`);
  return 0;
};
