import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { faultNames, parseFault } from './faults';
import { isObject, listOf, parseJson, stringOf } from './json';
import type { EmulatorOptions, Scenario } from './options';

/** What `--help` prints. */
export const help = `Local emulator of Amazon Bedrock Runtime. Every answer is simulated; nothing leaves this machine.

  --port N          port on 127.0.0.1 (default: any free one)
  --speed X         factor on every simulated wait: 1 natural (default), 0 none
  --minimum WHICH   low, likely (default) or high: which end of a model's minimum counts where sources disagree
  --profile ARN=ID  the model behind an ARN that does not name one; may be given more than once
  --scenario FILE   JSON file: {"faults": ["throttle:1"], "replies": ["text"]}
  --quiet           no line per request
  --with-parent     end when standard input closes
  --help, -h        this text

Faults: ${faultNames.join(', ')}.
`;

const optionTable = {
  port: { type: 'string' },
  speed: { type: 'string' },
  minimum: { type: 'string' },
  profile: { type: 'string', multiple: true },
  scenario: { type: 'string' },
  quiet: { type: 'boolean' },
  'with-parent': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** A command line, read. */
export interface CommandLine {
  readonly help: boolean;
  readonly withParent: boolean;
  readonly options: EmulatorOptions;
}

const numberWithin = (name: string, text: string | undefined, otherwise: number, most: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (text?.trim() === '' || !(value >= 0 && value <= most))
    throw new Error(`--${name} takes a number from 0 to ${most}, not: ${text ?? ''}`);
  return value;
};

const strings = (value: unknown): readonly string[] => listOf(value).flatMap((item) => stringOf(item) ?? []);

const readScenario = (path: string): Scenario => {
  const value = parseJson(readFileSync(path, 'utf8'));
  if (!isObject(value)) throw new Error(`The scenario is not a JSON object: ${path}`);
  const faults = strings(value['faults']);
  const unknown = faults.find((fault) => parseFault(fault) === undefined);
  if (unknown !== undefined) throw new Error(`The scenario names a fault that does not exist: ${unknown}`);
  return { faults, replies: strings(value['replies']) };
};

const readProfile = (text: string): readonly [string, string] => {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new Error(`--profile takes ARN=MODEL, not: ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
};

/** Reads the command line; throws an Error with a sentence for the user when it is wrong. */
export const parseCommandLine = (args: readonly string[]): CommandLine => {
  const { values } = parseArgs({ args: [...args], options: optionTable, strict: true });
  const { minimum = 'likely' } = values;
  if (minimum !== 'low' && minimum !== 'likely' && minimum !== 'high')
    throw new Error(`--minimum takes low, likely or high, not: ${minimum}`);
  const options: EmulatorOptions = {
    port: numberWithin('port', values.port, 0, 65_535),
    speed: numberWithin('speed', values.speed, 1, 1_000),
    minimum,
    profileModels: Object.fromEntries((values.profile ?? []).map(readProfile)),
    ...(values.scenario === undefined ? {} : { scenario: readScenario(values.scenario) }),
    ...(values.quiet === true ? {} : { log: (line: string) => void process.stderr.write(`${line}\n`) }),
  };
  return { help: values.help === true, withParent: values['with-parent'] === true, options };
};
