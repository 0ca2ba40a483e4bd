import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { folder, write } from './impactPrompt';
import { openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

interface Record {
  readonly state: string;
  readonly failure?: { readonly code: string };
}

/** Presses the first button of the newest notification until that has done its work. Toasts are hidden from tests, the list of them is not. */
const press = <T>(what: string, done: () => T | undefined | Thenable<T | undefined>): Promise<T> =>
  waitFor(what, async () => {
    const before = await done();
    if (before !== undefined) return before;
    await vscode.commands.executeCommand('notifications.showList');
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    return done();
  });

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const slow = `---\nmodelId: ${model}\nrequestMetadata: { cachepoint-fault: slow-start }\n---\n# user:\nHello\n`;

describe('a notification', function () {
  this.timeout(60_000);
  beforeEach(() => vscode.commands.executeCommand('notifications.clearAll'));
  after(() => vscode.commands.executeCommand('notifications.hideList'));

  it('of a run that is still in progress has the button that ends it', async () => {
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
    const document = await openPrompt(slow);
    await vscode.window.showTextDocument(document);
    const run = (): Thenable<readonly Record[] | undefined> => vscode.commands.executeCommand('cachepoint.run', document.uri);
    const first = run();
    let records: readonly Record[] | undefined;
    void first.then((ended) => (records = ended));
    await waitFor('a run that has to wait', async () => ((await run()) === undefined ? true : undefined));
    const [record] = await press('the first run to end', () => records);
    assert.equal(record?.failure?.code, 'canceled');
  });

  it('of a prompt that is saved under another ending has the button that gives it its own', async () => {
    await write('library.md', '');
    const document = await openSample('library.md');
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `---\nmodelId: ${model}\n---\n# user:\nHello\n`));
    assert.ok(await document.save());
    const named = vscode.Uri.joinPath(folder(), 'library.bedrock.md');
    const there = await press('the file under its new name', async () => {
      const [found] = await vscode.workspace.findFiles('library.bedrock.md');
      return found;
    });
    assert.equal(there.path, named.path);
  });
});
