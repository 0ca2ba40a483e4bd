import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { hoverAt, labelsAt, lensesOf, placeOf } from './asking';
import { folder, write } from './impactPrompt';
import { codeOf, openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
describe('what a person finds besides', function () {
  this.timeout(60_000);

  it('roles and cache points are offered where they can stand', async () => {
    const document = await openPrompt(`---\nmodelId: ${model}\n---\n# system:\nRules\n<!\n\n# \n`);
    const roles = await labelsAt(document, placeOf(document, '\n# \n', 3));
    assert.ok(roles.some((label) => /user/.test(label)) && roles.some((label) => /assistant/.test(label)), roles.join(' · '));
    const markers = await labelsAt(document, placeOf(document, '<!', 2));
    assert.ok(
      markers.some((label) => /cachePoint/.test(label)),
      markers.join(' · '),
    );
  });

  it('tokens stand beside headings where a setting wants it', async () => {
    const configuration = vscode.workspace.getConfiguration('cachepoint');
    await configuration.update('editor.headingTokens', true, vscode.ConfigurationTarget.Global);
    try {
      const document = await openSample('support-desk.bedrock.md');
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = await waitFor('the hints', async () => {
        const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
        return found.length > 0 ? found : undefined;
      });
      assert.match(String(hints[0]?.label), /\d tok/);
    } finally {
      await configuration.update('editor.headingTokens', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('keys of a request in JSON are offered and explained', async () => {
    await write('home.converse.json', `{\n  "modelId": "${model}",\n  "inferenceConfig": { "maxTokens": 5,  },\n  "messages": []\n}\n`);
    const document = await openSample('home.converse.json');
    const labels = await labelsAt(document, placeOf(document, '5,  }', 3));
    assert.ok(labels.includes('temperature') && !labels.includes('maxTokens'), labels.join(' · '));
    assert.notEqual(await hoverAt(document, placeOf(document, 'maxTokens', 2)), '');
  });

  it('problems of an included file stand in that file', async () => {
    await write('dated.md', `It is 14:03 on 23 November 2026.\n${'Rule. '.repeat(2000)}\n`);
    await write('dated.bedrock.md', `---\nmodelId: ${model}\n---\n# system:\n{{> ./dated.md}}\n<!-- cachePoint -->\n# user:\nHello\n`);
    await vscode.window.showTextDocument(await openSample('dated.bedrock.md'));
    const included = vscode.Uri.joinPath(folder(), 'dated.md');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(included));
    await waitFor('the problem in the included file', () =>
      vscode.languages.getDiagnostics(included).find((one) => codeOf(one) === 'cache/volatile-prefix'),
    );
  });

  it('a file is a prompt as long as it is treated as one', async () => {
    await write('treated.md', '# system:\nRules of the desk.\n# user:\nHello\n');
    const document = await openSample('treated.md');
    await vscode.window.showTextDocument(document);
    const isPrompt = async () => (await lensesOf(document)).some((title) => / tokens/.test(title));
    assert.equal(await isPrompt(), false);
    await vscode.commands.executeCommand('cachepoint.treatAsPrompt', document.uri);
    await waitFor('the lenses of the prompt', async () => ((await isPrompt()) ? true : undefined));
    await vscode.commands.executeCommand('cachepoint.stopTreatingAsPrompt', document.uri);
    await waitFor('the lenses to go', async () => ((await isPrompt()) ? undefined : true));
  });

  it('a file that is treated as a prompt stays one under another name', async () => {
    await write('plain.md', '# system:\nRules of the desk.\n# user:\nHello\n');
    const [from, to] = ['plain.md', 'renamed.md'].map((name) => vscode.Uri.joinPath(folder(), name));
    assert.ok(from && to);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(from));
    await vscode.commands.executeCommand('cachepoint.treatAsPrompt', from);
    const isPrompt = async (uri: vscode.Uri) => {
      const titles = await lensesOf(await vscode.workspace.openTextDocument(uri));
      return titles.some((title) => / tokens/.test(title)) ? true : undefined;
    };
    await waitFor('the lenses of the prompt', () => isPrompt(from));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await waitFor('the lenses under its new name', () => isPrompt(to));
  });

  it('the request is shown as text to be read, without taking the focus', async () => {
    const document = await openSample('support-desk.bedrock.md');
    await vscode.window.showTextDocument(document);
    await acceptFirst(vscode.commands.executeCommand('cachepoint.previewRequestAs', document.uri));
    const preview = await waitFor(
      'the preview',
      () => vscode.window.visibleTextEditors.find(({ document: { uri } }) => uri.path.endsWith('.request.txt'))?.document,
    );
    assert.match(preview.getText(), /You answer for the support desk of Fellgate Outdoor/);
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });
});
