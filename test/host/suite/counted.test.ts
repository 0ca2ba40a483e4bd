import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { folder, write } from './impactPrompt';
import { openSample } from './prompts';
import { waitFor } from './waiting';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const text = `---\nmodelId: ${model}\n---\n# system:\n${'The desk names the rule that it goes by. '.repeat(120)}\n# user:\nHello\n`;

/** What the page on calibration says. */
const page = async (): Promise<string> => {
  const uri = vscode.Uri.from({ scheme: 'cachepoint-calibration', path: 'Calibration.md' });
  return (await vscode.workspace.openTextDocument(uri)).getText();
};

const settings = () => vscode.workspace.getConfiguration('cachepoint');

/** A service that counts, on this machine. */
describe('what a service has counted', function () {
  this.timeout(60_000);
  let service: Server;
  const before_ = { ...process.env };

  before(async () => {
    service = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{"inputTokens":1234}');
    });
    await once(service.listen(0, '127.0.0.1'), 'listening');
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-east-1' });
    const { port } = service.address() as AddressInfo;
    await settings().update('endpoint', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await settings().update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
    service.close();
  });

  it('stands on a page that opens rendered, and follows a file to its new name', async () => {
    await write('counted.bedrock.md', text);
    const document = await openSample('counted.bedrock.md');
    await vscode.window.showTextDocument(document);
    assert.equal(await vscode.commands.executeCommand('cachepoint.countTokens', document.uri), 1234);
    await vscode.commands.executeCommand('cachepoint.showCalibration');
    await waitFor('the rendered page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes('Calibration.md')),
    );
    assert.match(await page(), /\| counted\.bedrock\.md \| [^\n]*1,234/);
    const [from, to] = ['counted.bedrock.md', 'known-size.bedrock.md'].map((name) => vscode.Uri.joinPath(folder(), name));
    assert.ok(from && to);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(to));
    await waitFor('the page with the new name', async () => {
      // What a file is called is known once it has been read under that name.
      await vscode.commands.executeCommand('vscode.executeCodeLensProvider', to, 20);
      await vscode.commands.executeCommand('cachepoint.showCalibration');
      return /\| known-size\.bedrock\.md \| [^\n]*1,234/.test(await page()) ? true : undefined;
    });
  });
});
