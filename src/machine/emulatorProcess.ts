import { spawn, type ChildProcess } from 'node:child_process';

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

/** Waits for the line that names the address; keeps what the process said for the sentence of a failure. */
const waitForAddress = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string): void => reject(new Error(`The local emulator did not start: ${reason} ${output.trim()}`.trim()));
    const timer = setTimeout(() => fail('it gave no address in time.'), startTimeoutMs);
    const read = (data: Buffer): void => {
      output += data.toString('utf8');
      const url = readyLine.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(error.message);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`it ended with code ${code ?? 'none'}.`);
    });
  });

/** The emulator as a child process that ends with its parent; `changed` is called when it has started or ended. */
export const createEmulatorProcess = (script: string, changed: () => void): EmulatorProcess => {
  let child: ChildProcess | undefined;
  let starting: Promise<string> | undefined;
  let url: string | undefined;

  const launch = async (port: number): Promise<string> => {
    // Within VS Code the executable is Electron; this variable makes it plain Node.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
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
    await ended;
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
