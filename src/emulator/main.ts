import { help, parseCommandLine } from './commandLine';
import { createEmulator } from './server';

// Whoever read the output may have gone; that is no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const run = async (args: readonly string[]): Promise<void> => {
  const { help: wantsHelp, withParent, options } = parseCommandLine(args);
  if (wantsHelp) {
    process.stdout.write(help);
    return;
  }
  const emulator = await createEmulator(options);
  const end = (): void => void emulator.close().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (withParent) process.stdin.once('end', end).once('close', end).resume();
  process.stdout.write(`Cachepoint emulator listening on ${emulator.url}\n`);
};

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'EADDRINUSE' ? `The port is in use by another program. ${error.message}` : error.message;
};

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 2;
});
