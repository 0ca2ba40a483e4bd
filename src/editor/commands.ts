import * as vscode from 'vscode';
import { actionLabels } from '../core/messages/failureText';
import { sharedText } from '../core/messages/editor/shared';
import { messageText } from '../core/text/visible';
import { commandNames, type CommandName } from './commandIds';
import type { Subject } from './documents/choosePrompt';
import { isPromptRef } from './promptRef';
import type { Log } from './workspace/log';

/** A command gets the resource or the prompt that it was called on, where it was called on one. */
export type CommandHandler = (subject: Subject, argument: unknown) => Promise<unknown> | undefined | void;
export type CommandHandlers = { readonly [N in CommandName]: CommandHandler };

/** Does what a person asked for. What goes wrong is logged with its stack and shown as one line; then there is no answer. */
export const attempt = async <T>(log: Log, what: string, work: () => T | Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    log.error(`${what} failed`, error);
    const show = actionLabels.showLog;
    const message = sharedText.failed(error instanceof Error ? error.message : String(error));
    void vscode.window.showErrorMessage(messageText(message), show).then((choice) => {
      if (choice === show) log.show();
    });
    return undefined;
  }
};

/** Menus call with the resource, lenses with a prompt; whatever else is passed is none of ours. */
const subjectOf = (argument: unknown): Subject => (argument instanceof vscode.Uri || isPromptRef(argument) ? argument : undefined);

/** Registers every command. */
export const registerCommands = (handlers: CommandHandlers, log: Log): vscode.Disposable =>
  vscode.Disposable.from(
    ...commandNames.map((name) =>
      vscode.commands.registerCommand(`cachepoint.${name}`, (argument: unknown) =>
        attempt(log, `Command ${name}`, () => handlers[name](subjectOf(argument), argument)),
      ),
    ),
  );
