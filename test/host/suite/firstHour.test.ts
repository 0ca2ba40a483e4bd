import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { folder, write } from './impactPrompt';
import { diagnosticWith, openPrompt, openSample } from './prompts';
import { own, type, typedInto } from './typing';
import { waitFor } from './waiting';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the first hour', function () {
  // Keys take their time in an editor that is still starting.
  this.timeout(60_000);
  it('types a cache point as every page shows it', async () => {
    const document = await typedInto('# system:\nRules\n');
    await type('<!--', ' cachePoint -->');
    await vscode.commands.executeCommand('hideSuggestWidget');
    assert.equal(document.getText(), '# system:\nRules\n<!-- cachePoint -->');
  });

  it('begins a new prompt by its name, without a problem', async () => {
    await acceptFirst(vscode.commands.executeCommand('cachepoint.newPrompt', folder()));
    const editor = await waitFor('the new prompt', () => {
      const found = vscode.window.activeTextEditor;
      return found?.document.uri.path.endsWith('/prompt.bedrock.md') === true ? found : undefined;
    });
    assert.equal(editor.document.languageId, 'bedrock-prompt');
    assert.match(editor.document.getText(), /^---\nmodelId: \S+claude-sonnet-\S+\n/);
    assert.equal(editor.document.isDirty, false);
    await pause(500);
    assert.deepEqual(own(editor.document), []);
    assert.equal(editor.document.getText(editor.selection), 'What the model is to do, and everything that is the same in each call.');
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

  it('tells nothing of what is half typed, until the cursor leaves it or two seconds pass', async () => {
    const document = await typedInto('');
    await type('---');
    await pause(700);
    assert.deepEqual(own(document), []);
    await diagnosticWith(document, 'syntax/front-matter');
    const other = await typedInto('---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nHello\n');
    await type('{{', 'name');
    assert.match(other.getText(), /\nHello\n\{\{name\}\}$/);
    await pause(700);
    assert.deepEqual(own(other), []);
    await vscode.commands.executeCommand('cursorTop');
    await diagnosticWith(other, 'request/undefined-variable');
  });
});
