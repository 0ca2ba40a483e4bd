import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usage } from '../core/messages/commandLine';
import { mistake, systemCode, type Mistake } from './outcome';

type Options = NonNullable<ParseArgsConfig['options']>;

interface Words<O extends Options> {
  readonly values: ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>['values'];
  readonly positionals: readonly string[];
}

/** Reads the words behind a command; a mistake is said in one sentence. */
export const readWords = <O extends Options>(command: string, args: readonly string[], options: O): Words<O> | Mistake => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const code = systemCode(error);
    if (!(error instanceof Error) || code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    // Node's own sentences name the option in quotes, sometimes with its short form and the name of its value.
    const option = /'(?:-\w, )?(--?[^'\s=]+)/.exec(error.message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return mistake(usage.unknownOption(command, option));
    if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return mistake(usage.other(command, error.message));
    return mistake(/does not take an argument/.test(error.message) ? usage.takesNoValue(option) : usage.needsValue(command, option));
  }
};

/** One of a list of words, or the mistake. */
export const oneOf = <W extends string>(option: string, words: readonly W[], found: string): W | Mistake =>
  words.find((word) => word === found) ?? mistake(usage.oneOf(option, words, found));
