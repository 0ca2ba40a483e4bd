import * as vscode from 'vscode';
import { actionLabels } from '../../core/messages/failureText';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { messageText } from '../../core/text/visible';
import type { LoginCommand } from '../ports';
import { chooseProfile, type DestinationDeps } from './destination';

/** People need a while for a browser, a password and a second device; a login that nobody ends is given up. Milliseconds. */
const limitMs = 10 * 60_000;

type Ending = 'done' | 'failed' | 'gone';

/** Waits for the terminal's program to end by itself; when the person turns back or the time is over, the terminal is closed. */
const ended = (terminal: vscode.Terminal, token: vscode.CancellationToken): Promise<Ending> =>
  new Promise((resolve) => {
    const finish = (ending: Ending): void => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      resolve(ending);
    };
    const giveUp = (): void => {
      finish('gone');
      terminal.dispose();
    };
    const timer = setTimeout(giveUp, limitMs);
    const listeners = [
      token.onCancellationRequested(giveUp),
      vscode.window.onDidCloseTerminal((closed) => {
        if (closed !== terminal) return;
        const { code } = closed.exitStatus ?? {};
        // Closed by hand there is no code.
        finish(code === 0 ? 'done' : code === undefined ? 'gone' : 'failed');
      }),
    ];
  });

/**
 * What the AWS CLI is called with. Where the editor's machine is not this one, its browser is not at hand: then by a code that is typed on any
 * device.
 */
const argumentsOf = ({ command, profile }: LoginCommand): readonly string[] => {
  const isRemote = vscode.env.remoteName !== undefined;
  return command === 'login'
    ? ['login', '--profile', profile, ...(isRemote ? ['--remote'] : [])]
    : ['sso', 'login', '--profile', profile, ...(isRemote ? ['--use-device-code'] : [])];
};

/** Without a shell between, so that the name of a profile is never read as a command. */
const startLogin = (login: LoginCommand): vscode.Terminal => {
  const terminal = vscode.window.createTerminal({
    name: destinationDialogs.terminal,
    shellPath: process.platform === 'win32' ? 'aws.exe' : 'aws',
    shellArgs: [...argumentsOf(login)],
    isTransient: true,
  });
  terminal.show();
  return terminal;
};

/** A terminal in which the command stands, for the person to look at what it says. */
const openTerminal = (login: LoginCommand): void => {
  const terminal = vscode.window.createTerminal({ name: destinationDialogs.terminal });
  terminal.show();
  // A name with other characters is left to the person, so that nothing odd reaches a shell.
  const isPlain = /^[\w.@/+-]+$/.test(login.profile);
  terminal.sendText(['aws', ...argumentsOf(login)].slice(0, isPlain ? undefined : -1).join(' '), isPlain);
};

const noLogin = async (name: string, deps: DestinationDeps): Promise<void> => {
  const choose = actionLabels.chooseProfile;
  const who = name === '' ? destinationDialogs.noProfile : destinationDialogs.noLogin(name);
  const message = destinationDialogs.setUp(who);
  if ((await vscode.window.showInformationMessage(messageText(message), choose)) === choose) await chooseProfile(deps);
};

/**
 * Signs in by the AWS CLI, on the machine of the extension host, whose files keep the login; nothing is written here. Resolves with whether the
 * person is signed in now.
 */
export const signIn = async (deps: DestinationDeps): Promise<boolean> => {
  const { profile } = deps.settings.read();
  const login = await (await deps.bedrock()).loginFor(profile === '' ? undefined : profile);
  if (login === undefined) {
    void noLogin(profile, deps);
    return false;
  }
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: messageText(destinationDialogs.signingIn(login.profile)),
    cancellable: true,
  };
  const ending = await vscode.window.withProgress(options, (_progress, token) => ended(startLogin(login), token));
  if (ending === 'failed') {
    const look = destinationDialogs.openTerminal;
    const message = destinationDialogs.loginFailed;
    void vscode.window.showErrorMessage(message, look).then((choice) => {
      if (choice === look) openTerminal(login);
    });
  }
  return ending === 'done';
};
