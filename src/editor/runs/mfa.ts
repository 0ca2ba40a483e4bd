import * as vscode from 'vscode';
import { commandText } from '../../core/messages/editor/commands';
import { messageText } from '../../core/text/visible';

/** Asks for the code that a device shows now; `undefined`: the person turned back. It is sent to STS and kept nowhere. */
export const askMfaCode = async (serial: string): Promise<string | undefined> =>
  vscode.window.showInputBox({
    title: commandText.mfaTitle,
    placeHolder: '123456',
    prompt: messageText(commandText.mfaHint(serial)),
    ignoreFocusOut: true,
    validateInput: (code) => (/^\s*\d{6}\s*$/.test(code) ? undefined : commandText.notSixDigits),
  });
