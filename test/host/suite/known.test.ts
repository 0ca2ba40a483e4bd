import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { fixesAt, hoverAt, labelsAt, lensesOf, placeOf } from './asking';
import { folder, replace, write } from './impactPrompt';
import { diagnosticWith, openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const rules = 'The desk names the rule of the handbook that it goes by. '.repeat(300);

const panels = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('cachepoint.run'));

describe('what is known of a prompt', function () {
  this.timeout(60_000);
  before(() => vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global));

  it('is told where it is used: a value at its variable, also under another name of the file', async () => {
    await write(
      'loan.bedrock.md',
      `---\nmodelId: ${model}\nvariables:\n  question: { varies: request }\nsamples:\n  - { question: "May I renew it?" }\n---\n# user:\n{{question}}\n`,
    );
    const [from, to] = ['loan.bedrock.md', 'renewed.bedrock.md'].map((name) => vscode.Uri.joinPath(folder(), name));
    assert.ok(from && to);
    const document = await vscode.workspace.openTextDocument(from);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('cachepoint.run', { uri: from, id: 'only', values: { question: 'Where is my book?' } });
    const valuesIn = (one: vscode.TextDocument) => hoverAt(one, placeOf(one, '{{question}}', 4));
    assert.match(await valuesIn(document), /Last sent: Where is my book\?[^]*Sample 1: May I renew it\?/);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const renamed = await vscode.workspace.openTextDocument(to);
    await waitFor('the value under its new name', async () => (/Last sent: Where/.test(await valuesIn(renamed)) ? true : undefined));
  });

  it('leads the light bulb: what varies is moved, or its day kept, before a cache point goes', async () => {
    const text = `---\nmodelId: ${model}\nvariables:\n  tenant: { example: Harrow, varies: session }\n---\n# system:\nIt is now 14:03 on 23 November 2026.\n${rules}\n<!-- cachepoint -->\nYou serve {{tenant}}.\n<!-- cachePoint -->\n# user:\nHello\n`;
    const document = await openPrompt(text);
    const { range } = await diagnosticWith(document, 'cache/volatile-prefix');
    const titles = (await fixesAt(document, range)).map((title) => title.replace(/ .*/, ''));
    assert.deepEqual(titles.slice(0, 4), ['Move', 'Keep', 'Remove', 'Remember']);
  });

  it('is told in an included file too: what an edit of it costs', async () => {
    await write('shelf-rules.md', rules);
    await write(
      'shelf.bedrock.md',
      `---\nmodelId: ${model}\n---\n# system:\n{{> ./shelf-rules.md}}\n<!-- cachePoint -->\n# user:\nHello\n`,
    );
    const document = await openSample('shelf.bedrock.md');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('cachepoint.run', document.uri);
    const included = await openSample('shelf-rules.md');
    await vscode.window.showTextDocument(included);
    await replace(included, 'The desk names', 'The desk always names');
    await waitFor('the lens of the edit', async () =>
      (await lensesOf(included)).find((title) => /^This edit invalidates [\d,]+ cached tokens since the last run, in shelf/.test(title)),
    );
  });

  it('opens what can be done with it, and does what is picked', async () => {
    await vscode.window.tabGroups.close(panels());
    const document = await openSample('support-desk.bedrock.md');
    await vscode.window.showTextDocument(document);
    await acceptFirst(vscode.commands.executeCommand('cachepoint.showChoices', document.uri));
    await waitFor('the panel of the run', () => (panels().length > 0 ? true : undefined));
  });

  it('lets models be found by what people type, the newest first, with minimum, lifetimes and price', async () => {
    const document = await openPrompt('---\nmodelId: \n---\n# user:\nHello\n');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(1, 9),
    );
    const models = items
      .filter(({ filterText = '' }) => /\bsonnet\b/i.test(filterText))
      .sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
    const [newest] = models;
    assert.match(newest?.filterText ?? '', /Claude Sonnet 5/i);
    const { documentation } = newest ?? {};
    const said = `${newest?.detail ?? ''}\n${typeof documentation === 'object' ? documentation.value : (documentation ?? '')}`;
    assert.match(said, /[\d,]+ tokens/);
    assert.match(said, /5m/);
    assert.match(said, /\$/);
  });

  it('offers the profiles of the chosen Region first', async () => {
    const settings = vscode.workspace.getConfiguration('cachepoint');
    const document = await openPrompt('---\nmodelId: \n---\n# user:\nHello\n');
    const firstOf = async (region: string): Promise<string> => {
      await settings.update('region', region, vscode.ConfigurationTarget.Global);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(1, 9),
      );
      const [first] = items
        .filter(({ filterText = '' }) => /\bsonnet 4\.5\b/i.test(filterText))
        .sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
      const { label = '' } = first ?? {};
      return typeof label === 'string' ? label : label.label;
    };
    try {
      assert.match(await firstOf('eu-central-1'), /^eu\./);
      assert.match(await firstOf('us-east-1'), /^us\./);
    } finally {
      await settings.update('region', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is the same in a JSON file that a command made a prompt', async () => {
    await write(
      'home.json',
      `{\n  "modelId": "${model}",\n  "inferenceConfig": {  },\n  "messages": [{ "role": "user", "content": [{ "text": "Hello" }] }]\n}\n`,
    );
    const document = await openSample('home.json');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('cachepoint.treatAsPrompt', document.uri);
    await waitFor('its keys', async () => {
      const labels = await labelsAt(document, placeOf(document, '{  }', 2));
      return labels.includes('maxTokens') ? true : undefined;
    });
    assert.notEqual(await hoverAt(document, placeOf(document, 'inferenceConfig', 2)), '');
  });
});
