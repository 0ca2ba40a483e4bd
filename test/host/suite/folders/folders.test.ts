import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from '../accepting';
import { hoverAt, placeOf } from '../asking';
import { diagnosticWith } from '../prompts';
import { own } from '../typing';
import { waitFor } from '../waiting';

interface Record {
  readonly state: string;
  readonly usage?: { readonly cacheRead?: number; readonly cacheWrite?: number };
}

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const cached = `---\nmodelId: ${model}\n---\n# system:\nBe brief.\n<!-- cachePoint -->\n# user:\nHello\n`;

/** The folders of the workspace, by their names. */
const folder = (name: string): vscode.Uri => {
  const found = vscode.workspace.workspaceFolders?.find((one) => one.name === name);
  assert.ok(found, `no folder ${name}`);
  return found.uri;
};

const write = async (name: string, file: string, text: string): Promise<vscode.Uri> => {
  const uri = vscode.Uri.joinPath(folder(name), file);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
};

const show = async (uri: vscode.Uri): Promise<vscode.TextDocument> => {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
};

describe('a workspace of several folders', function () {
  this.timeout(60_000);
  before(() => vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global));

  it('has a library and a shop', () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map(({ name }) => name),
      ['library', 'shop'],
    );
  });

  it('settings count for the folder that has them', async () => {
    const [library, shop] = [await write('library', 'settings.bedrock.md', cached), await write('shop', 'settings.bedrock.md', cached)];
    await vscode.workspace
      .getConfiguration('cachepoint', shop)
      .update('problems.severity', { 'cache/below-minimum': 'error' }, vscode.ConfigurationTarget.WorkspaceFolder);
    const inLibrary = await diagnosticWith(await show(library), 'cache/below-minimum');
    assert.notEqual(inLibrary.severity, vscode.DiagnosticSeverity.Error);
    const document = await show(shop);
    await waitFor('the severity of the shop', async () => {
      const { severity } = await diagnosticWith(document, 'cache/below-minimum');
      return severity === vscode.DiagnosticSeverity.Error ? true : undefined;
    });
  });

  it('cachepoint.json counts for what lies beside it', async () => {
    await write('shop', 'cachepoint.json', `{ "defaultModelId": "${model}" }\n`);
    const text = '# user:\nHello\n';
    const [library, shop] = [await write('library', 'bare.bedrock.md', text), await write('shop', 'bare.bedrock.md', text)];
    const document = await show(shop);
    await diagnosticWith(await show(library), 'request/model-missing');
    await waitFor('the model of the shop', () => (own(document).includes('request/model-missing') ? undefined : true));
  });

  it('a new prompt is made in the folder of the file in front, with the model of that folder', async () => {
    await write('shop', 'cachepoint.json', '{ "defaultModelId": "amazon.nova-pro-v1:0" }\n');
    await show(await write('shop', 'front.bedrock.md', cached));
    await acceptFirst(vscode.commands.executeCommand('cachepoint.newPrompt'));
    const editor = await waitFor('the new prompt', () => {
      const found = vscode.window.activeTextEditor;
      return found?.document.uri.path.endsWith('/prompt.bedrock.md') === true ? found : undefined;
    });
    assert.equal(editor.document.uri.path, vscode.Uri.joinPath(folder('shop'), 'prompt.bedrock.md').path);
    assert.match(editor.document.getText(), /^---\nmodelId: amazon\.nova-pro-v1:0\n/);
  });

  it('a sample is copied into the folder of the file in front', async () => {
    await show(await write('shop', 'front.bedrock.md', cached));
    await acceptFirst(vscode.commands.executeCommand('cachepoint.openSample'));
    const opened = await waitFor('the sample', () => {
      const found = vscode.window.activeTextEditor?.document.uri;
      return found?.path.endsWith('/support-desk.bedrock.md') === true ? found : undefined;
    });
    assert.equal(opened.path, vscode.Uri.joinPath(folder('shop'), 'cachepoint-samples', 'support-desk.bedrock.md').path);
    // What it includes came with it: nothing of it is missing.
    await waitFor('its cache points', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', opened, 20);
      return lenses.some(({ command }) => /cached/.test(command?.title ?? '')) ? true : undefined;
    });
    assert.deepEqual(own(await vscode.workspace.openTextDocument(opened)), []);
  });

  it('runs belong to the file of their folder, whatever other files are called', async () => {
    const text = (who: string): string =>
      `---\nmodelId: ${model}\nvariables:\n  question: { varies: request }\n---\n# system:\n${`The ${who} answers within a day. `.repeat(300)}\n<!-- cachePoint -->\n# user:\n{{question}}\n`;
    const [library, shop] = [
      await write('library', 'desk.bedrock.md', text('library')),
      await write('shop', 'desk.bedrock.md', text('shop')),
    ];
    await vscode.commands.executeCommand('cachepoint.clearEmulatorCache');
    const run = async (uri: vscode.Uri, question: string): Promise<Record> => {
      await show(uri);
      const [record] = await vscode.commands.executeCommand<readonly Record[]>('cachepoint.run', { uri, id: 'only', values: { question } });
      assert.equal(record?.state, 'finished');
      return record;
    };
    assert.ok(((await run(library, 'Where is my book?')).usage?.cacheWrite ?? 0) > 1024);
    assert.ok(((await run(shop, 'Where is my boot?')).usage?.cacheWrite ?? 0) > 1024);
    for (const [uri, question] of [
      [library, 'Where is my book?'],
      [shop, 'Where is my boot?'],
    ] as const) {
      const document = await show(uri);
      assert.match(await hoverAt(document, placeOf(document, '{{question}}', 4)), new RegExp(`Last sent: ${question.replace('?', '\\?')}`));
    }
  });
});
