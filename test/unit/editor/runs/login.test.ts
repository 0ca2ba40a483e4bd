import assert from 'node:assert/strict';
import { defaultSettings } from '../../../../src/core/settings';
import type { LoginCommand } from '../../../../src/editor/ports';
import type * as loginModule from '../../../../src/editor/runs/login';
import { destinationDeps, fakeSettings } from '../../../support/fakePorts';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';

interface Opened {
  readonly shellPath?: string;
  readonly shellArgs?: readonly string[];
  readonly sent: [string, boolean][];
  disposed: boolean;
}

/** An editor in which terminals are opened, and a person who ends the login in some way. */
const createLogin = (login: LoginCommand | undefined, remoteName?: string) => {
  const fake = createFakeVscode();
  const closed = new fake.vscode.EventEmitter<object>();
  const canceled = new fake.vscode.EventEmitter<void>();
  const terminals: Opened[] = [];
  const said: string[] = [];
  const answers: string[] = [];
  const say = (text: string) => {
    said.push(text);
    return Promise.resolve(answers.shift());
  };
  Object.assign(fake.vscode.env, { remoteName });
  Object.assign(fake.vscode, { ProgressLocation: { Notification: 15 } });
  Object.assign(fake.vscode.window, {
    createTerminal: (options: object) => {
      const terminal = Object.assign({ sent: [] as [string, boolean][], disposed: false }, options, {
        show: () => undefined,
        dispose: () => (terminal.disposed = true),
        sendText: (text: string, run: boolean) => void terminal.sent.push([text, run]),
      });
      terminals.push(terminal);
      return terminal;
    },
    onDidCloseTerminal: closed.event,
    withProgress: (_options: object, work: (progress: object, token: object) => unknown) =>
      work({}, { onCancellationRequested: canceled.event }),
    showErrorMessage: say,
    showInformationMessage: say,
  });
  const { signIn } = loadEditor(fake, () => require('../../../../src/editor/runs/login') as typeof loginModule);
  const deps = {
    ...destinationDeps({ loginFor: () => Promise.resolve(login) }),
    settings: fakeSettings({ read: () => ({ ...defaultSettings, profile: 'dev' }) }),
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const start = async () => {
    const signedIn = signIn(deps);
    await settled();
    return signedIn;
  };
  return {
    terminals,
    said,
    answers,
    settled,
    /** Signs in; the program then ends with the code. */
    end: async (code: number | undefined) => {
      const running = start();
      await settled();
      closed.fire({ exitStatus: { code: 0 } });
      closed.fire(Object.assign(terminals[0] ?? {}, { exitStatus: { code } }));
      return running;
    },
    cancel: async () => {
      const running = start();
      await settled();
      canceled.fire();
      return running;
    },
    start,
  };
};

const sso: LoginCommand = { command: 'sso', profile: 'dev; rm -rf' };

describe('signing in by the AWS CLI', () => {
  it('runs it without a shell, and tells when the login is there', async () => {
    const { end, terminals } = createLogin(sso);
    assert.equal(await end(0), true);
    assert.match(terminals[0]?.shellPath ?? '', /^aws(\.exe)?$/);
    assert.deepEqual(terminals[0]?.shellArgs, ['sso', 'login', '--profile', 'dev; rm -rf']);
  });

  it('asks for a code on any device where the machine is another one', async () => {
    const { end, terminals } = createLogin(sso, 'ssh-remote');
    await end(0);
    assert.deepEqual(terminals[0]?.shellArgs?.at(-1), '--use-device-code');
    const login = createLogin({ command: 'login', profile: 'dev' }, 'ssh-remote');
    await login.end(0);
    assert.deepEqual(login.terminals[0]?.shellArgs, ['login', '--profile', 'dev', '--remote']);
  });

  it('says that it failed, and shows what the program says in a terminal, where an odd name is not run', async () => {
    const { end, terminals, said, answers, settled } = createLogin(sso);
    answers.push('Open Terminal');
    assert.equal(await end(255), false);
    await settled();
    assert.match(said[0] ?? '', /AWS CLI/);
    assert.deepEqual(terminals[1]?.sent, [['aws sso login --profile', false]]);
  });

  it('can be canceled, which closes the terminal, and is over when the terminal is closed by hand', async () => {
    const canceled = createLogin(sso);
    assert.equal(await canceled.cancel(), false);
    assert.equal(canceled.terminals[0]?.disposed, true);
    const closed = createLogin(sso);
    assert.equal(await closed.end(undefined), false);
    assert.deepEqual(closed.said, []);
  });

  it('says that a profile has no login', async () => {
    const { start, said, terminals } = createLogin(undefined);
    assert.equal(await start(), false);
    assert.match(said[0] ?? '', /Profile dev has no login of its own/);
    assert.deepEqual(terminals, []);
  });
});
