import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { codeOf, diagnosticWith } from './prompts';
import { waitFor } from './waiting';

const folder = (): vscode.Uri => {
  const found = vscode.workspace.workspaceFolders?.[0];
  if (found === undefined) throw new Error('No folder is open');
  return found.uri;
};

const write = (name: string, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), Buffer.from(text));

const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
  await write(name, text);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), name));
  await vscode.window.showTextDocument(document);
  return document;
};

describe('included files', () => {
  it('are refused when they lead out of the workspace', async () => {
    const document = await open('out.bedrock.md', '# user:\n{{> ../../etc/hostname}}\nHello\n');
    const { message } = await diagnosticWith(document, 'request/include');
    assert.match(message, /outside the workspace folder/);
  });

  it('are refused when a symbolic link leads out of the workspace', async function () {
    const outside = mkdtempSync(join(tmpdir(), 'cachepoint-outside-'));
    try {
      writeFileSync(join(outside, 'secret.md'), 'secret');
      symlinkSync(outside, join(folder().fsPath, 'link'), 'dir');
      const document = await open('link.bedrock.md', '# user:\n{{> ./link/secret.md}}\nHello\n');
      const { message } = await diagnosticWith(document, 'request/include');
      assert.match(message, /outside the workspace folder/);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  it('are missed when they are not there, and found when they appear', async () => {
    const document = await open('late.bedrock.md', '# user:\n{{> ./late.md}}\nHello\n');
    await diagnosticWith(document, 'request/include');
    await waitFor('the include to be found', async () => {
      // Written again until the watcher, which starts on its own time, has seen it.
      await write('late.md', 'Here it is.');
      await new Promise((resolve) => setTimeout(resolve, 200));
      return vscode.languages.getDiagnostics(document.uri).some((one) => codeOf(one) === 'request/include') ? undefined : true;
    });
  });

  it('count as they are typed, and as they are on disk once that is discarded', async () => {
    // In a browser VS Code saves by itself after a second, and then nothing is left to discard.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await write('part.md', 'Rules. '.repeat(2000));
    const document = await open('typed.bedrock.md', '# user:\n{{> ./part.md}}\nHello\n');
    const total = async (): Promise<string> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
      return lenses.map(({ command }) => command?.title ?? '').find((title) => / tokens/.test(title)) ?? '';
    };
    const whenTotal = (wanted: RegExp) => waitFor(`a total like ${wanted}`, async () => (wanted.test(await total()) ? true : undefined));
    await whenTotal(/^\d,\d+ tokens/);
    const part = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), 'part.md'));
    await vscode.window.showTextDocument(part);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(part.uri, new vscode.Range(0, 0, part.lineCount, 0), 'Short.');
    await vscode.workspace.applyEdit(edit);
    await whenTotal(/^\d\d? tokens/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await whenTotal(/^\d,\d+ tokens/);
  });
});
