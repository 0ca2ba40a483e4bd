import { version } from '../../package.json';
import { fileMistakes, unexpected, usage } from '../core/messages/commandLine';
import { helpTexts } from './help';
import { attempt, isMistake, systemCode, type ExitCode } from './outcome';
import { createTerminal, type Terminal } from './terminal';

/** A command reads the words behind its name. What it needs is loaded when it runs. */
type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = {
  check: async (args, terminal) => (await import('./check')).check(args, terminal),
  explain: async (args, terminal) => (await import('./check')).explain(args, terminal),
  optimize: async (args, terminal) => (await import('./engine/index')).optimize(args, terminal),
  predict: async (args, terminal) => (await import('./engine/index')).predict(args, terminal),
  render: async (args, terminal) => (await import('./engine/index')).render(args, terminal),
  simulate: async (args, terminal) => (await import('./engine/index')).simulate(args, terminal),
  emulator: async (args) => {
    // The emulator is a program of its own and reads the words behind its name.
    process.argv.splice(2, process.argv.length, ...args);
    await import('../emulator/main');
    return 0;
  },
};

const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((word) => word === '--help' || word === '-h');
};

const run = async ([first = '--help', ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const print = async (text: string): Promise<ExitCode> => {
    await terminal.print(text);
    return 0;
  };
  if (first === '--version' || first === '-v') return print(`${version}\n`);
  if (first === '--help' || first === '-h') return print(helpTexts.general);
  const name = first === 'help' ? (rest[0] ?? '') : first;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    if (first === 'help' && rest.length === 0) return print(helpTexts.general);
    terminal.tell(usage.unknownCommand(name));
    return 2;
  }
  if (name === 'emulator') return command(first === 'help' ? ['--help'] : rest, terminal);
  const help = Object.entries(helpTexts).find(([key]) => key === name)?.[1];
  if (help !== undefined && (first === 'help' || asksForHelp(rest))) return print(help);
  return command(rest, terminal);
};

const isOfOutput = (error: unknown): boolean => error instanceof Error && 'syscall' in error && error.syscall === 'write';

const start = async (): Promise<ExitCode> => {
  const terminal = attempt(() => createTerminal(process), fileMistakes.noFolder);
  if (isMistake(terminal)) {
    process.stderr.write(`${terminal.sentence}\n`);
    return 2;
  }
  return run(process.argv.slice(2), terminal).catch((error: unknown): ExitCode => {
    const detail = error instanceof Error ? error.message : String(error);
    terminal.tell(isOfOutput(error) ? fileMistakes.cannotPrint(systemCode(error)) : unexpected(detail));
    return 2;
  });
};

void start().then((code) => {
  // The emulator goes on and ends by itself.
  if (code !== 0) process.exitCode = code;
});
