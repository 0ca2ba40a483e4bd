import * as vscode from 'vscode';
import { messageText } from '../../core/text/visible';

/** Asks for the code that a device shows now; `undefined`: the person turned back. It is sent to STS and kept nowhere. */
export const askMfaCode = async (serial: string): Promise<string | undefined> =>
  vscode.window.showInputBox({
    title: 'AWS asks for a code',
    placeHolder: '123456',
    prompt: messageText(`The code that ${serial} shows now`),
    ignoreFocusOut: true,
    validateInput: (code) => (/^\s*\d{6}\s*$/.test(code) ? undefined : 'The code has six digits.'),
  });
