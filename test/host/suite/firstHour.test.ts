import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { lensesOf } from './asking';
import { folder, write } from './impactPrompt';
import { diagnosticWith, openPrompt, openSample } from './prompts';
import { own, type, typedInto } from './typing';
import { waitFor } from './waiting';

describe('the first hour', function () {
  // Keys take their time in an editor that is still starting.
  this.timeout(60_000);
  it('types a cache point as every page shows it', async () => {
    const document = await typedInto('# system:\nRules\n');
    await type('<!--', ' cachePoint -->');
    await vscode.commands.executeCommand('hideSuggestWidget');
    assert.equal(document.getText(), '# system:\nRules\n<!-- cachePoint -->');
  });

  /** A folder in which the name that is offered is free. */
  const emptyFolder = async (name: string): Promise<vscode.Uri> => {
    const made = vscode.Uri.joinPath(folder(), name);
    await vscode.workspace.fs.createDirectory(made);
    return made;
  };

  it('begins a new prompt by its name, without a problem', async () => {
    await acceptFirst(vscode.commands.executeCommand('cachepoint.newPrompt', await emptyFolder('own')));
    const editor = await waitFor('the new prompt', () => {
      const found = vscode.window.activeTextEditor;
      return found?.document.uri.path.endsWith('/own/prompt.bedrock.md') === true ? found : undefined;
    });
    assert.equal(editor.document.languageId, 'bedrock-prompt');
    assert.match(editor.document.getText(), /^---\nmodelId: \S+claude-sonnet-\S+\n/);
    await waitFor('it to be saved', () => (editor.document.isDirty ? undefined : true));
    // Its figures stand there, so it has been read.
    await waitFor('its figures', async () => ((await lensesOf(editor.document)).some((title) => / tokens/.test(title)) ? true : undefined));
    assert.deepEqual(own(editor.document), []);
    assert.equal(editor.document.getText(editor.selection), 'What the model is to do, and everything that is the same in each call.');
  });

  it('begins a new prompt with the model of the settings', async () => {
    const settings = vscode.workspace.getConfiguration('cachepoint');
    await settings.update('defaultModelId', 'amazon.nova-pro-v1:0', vscode.ConfigurationTarget.Workspace);
    try {
      await acceptFirst(vscode.commands.executeCommand('cachepoint.newPrompt', await emptyFolder('nova')));
      const editor = await waitFor('the new prompt', () => {
        const found = vscode.window.activeTextEditor;
        return found?.document.getText().includes('nova-pro') === true ? found : undefined;
      });
      assert.match(editor.document.getText(), /^---\nmodelId: amazon\.nova-pro-v1:0\n/);
    } finally {
      await settings.update('defaultModelId', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('has an outline with the tokens of included files and the headings, before any edit', async () => {
    await write('rules-of-desk.md', 'A rule of the desk. '.repeat(500));
    await write('outlined.bedrock.md', '# system:\n## Rules\n{{> ./rules-of-desk.md}}\n### Tone\nWarm.\n# user:\nHello\n');
    const document = await openSample('outlined.bedrock.md');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    const [system] = symbols;
    assert.match(system?.detail ?? '', /^\d,\d{3} tokens$/);
    assert.deepEqual(
      system?.children.map(({ name, children }) => [name, children.map((one) => one.name)]),
      [['Rules', ['Tone']]],
    );
  });

  it('folds sections, headings and whole fences', async () => {
    const document = await openPrompt('# system:\n## Rules\n```\nuser:\n## no\n```\nText\n# user:\nHello\n');
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.deepEqual(ranges.map(({ start, end }) => `${start}-${end}`).sort(), ['0-6', '1-6', '2-5', '7-8']);
  });

  it('tells nothing of what is half typed until two seconds have passed', async () => {
    const document = await typedInto('');
    const typedAt = Date.now();
    await type('---');
    await diagnosticWith(document, 'syntax/front-matter');
    const waited = Date.now() - typedAt;
    assert.ok(waited >= 1900, `told after ${waited} ms`);
  });
});
