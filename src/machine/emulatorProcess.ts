import { machineText } from '../core/messages/editor/machine';
import { spawn, type ChildProcess } from 'node:child_process';
import { createTail } from './tail';

/** A start that takes longer has failed. */
const startTimeoutMs = 15_000;
const readyLine = /Cachepoint emulator listening on (http:\/\/127\.0\.0\.1:\d+)/;

export interface EmulatorProcess {
  /** The address of the running emulator; starts one if there is none. Rejects with a sentence for a person. */
  start(port: number): Promise<string>;
  stop(): Promise<void>;
  dispose(): void;
  readonly url: string | undefined;
}

/** What is kept of what the process says, for the sentence of a failure; it says a line for each request. Characters. */
const keptOutput = 4_000;

/** Asked to end, it has this long before it is ended. */
const endTimeoutMs = 2_000;

/** What a program needs to run at all. Nothing else goes along: the emulator has no use for anybody's keys. */
const passedVariables = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'LANG', 'LC_ALL'];

/** The environment of the emulator, out of the editor's. Within VS Code the executable is Electron; the last variable makes it plain Node. */
export const emulatorEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(environment).filter(([name]) => passedVariables.some((passed) => sameVariable(passed, name)))),
  ELECTRON_RUN_AS_NODE: '1',
});

/** Names of variables are the same in either case on Windows. */
const sameVariable = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** Waits for the line that names the address; then what the process says is let go. */
const waitForAddress = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const output = createTail(keptOutput);
    const end = (): void => {
      clearTimeout(timer);
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', read).resume();
    };
    const fail = (reason: string): void => {
      end();
      reject(new Error(machineText.notStarted(reason, output.text.trim()).trim()));
    };
    const read = (data: Buffer): void => {
      output.add(data.toString('utf8'));
      const url = readyLine.exec(output.text)?.[1];
      if (url === undefined) return;
      end();
      resolve(url);
    };
    const timer = setTimeout(() => fail(machineText.noAddress), startTimeoutMs);
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(machineText.ended(code ?? undefined)));
  });

/** The emulator as a child process that ends with its parent; `changed` is called when it has started or ended. */
export const createEmulatorProcess = (script: string, changed: () => void): EmulatorProcess => {
  let child: ChildProcess | undefined;
  let starting: Promise<string> | undefined;
  let url: string | undefined;

  const launch = async (port: number): Promise<string> => {
    const env = emulatorEnvironment(process.env);
    const started = spawn(process.execPath, [script, '--port', String(port), '--with-parent'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    child = started;
    started.once('exit', () => {
      if (child !== started) return;
      child = undefined;
      starting = undefined;
      url = undefined;
      changed();
    });
    try {
      url = await waitForAddress(started);
    } catch (error) {
      started.kill();
      starting = undefined;
      throw error;
    }
    changed();
    return url;
  };

  const stop = async (): Promise<void> => {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    ending.kill();
    // A busy process does not hear that it should end.
    const timer = setTimeout(() => ending.kill('SIGKILL'), endTimeoutMs);
    await ended;
    clearTimeout(timer);
  };
  return {
    start: (port) => (starting ??= launch(port)),
    stop,
    dispose: () => void child?.kill(),
    get url() {
      return url;
    },
  };
};
