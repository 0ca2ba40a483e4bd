import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { belowMinimum, codeOf, diagnosticWith, openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

const actionsAt = (document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);

const hoverText = async (document: vscode.TextDocument, position: vscode.Position): Promise<string> => {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)))
    .join('\n')
    .replaceAll('&nbsp;', ' ');
};

const completionsAt = async (document: vscode.TextDocument, position: vscode.Position): Promise<readonly string[]> => {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
};

describe('quick fixes', () => {
  it('remove a marker that does nothing, and undo brings it back', async () => {
    const document = await openPrompt(belowMinimum);
    await vscode.window.showTextDocument(document);
    const diagnostic = await diagnosticWith(document, 'cache/below-minimum');
    const fix = (await actionsAt(document, diagnostic.range)).find(({ title }) => title === 'Remove this cache point');
    assert.ok(fix?.edit, 'the fix is offered');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.doesNotMatch(document.getText(), /cachePoint/);
    await waitFor('the problem to go', () =>
      vscode.languages.getDiagnostics(document.uri).some((one) => codeOf(one) === 'cache/below-minimum') ? undefined : true,
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), belowMinimum);
  });

  it('fix everything at once on request', async () => {
    const document = await openPrompt(belowMinimum.replace('<!-- cachePoint -->', '<!-- cachepoint -->'));
    await vscode.window.showTextDocument(document);
    await diagnosticWith(document, 'syntax/marker');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    // A marker that is respelled is sent from then on: not on save.
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      whole,
      vscode.CodeActionKind.SourceFixAll.value,
    );
    assert.deepEqual(
      actions.filter(({ kind }) => kind?.value === 'source.fixAll.cachepoint'),
      [],
    );
    await vscode.commands.executeCommand('cachepoint.fixAll', document.uri);
    assert.doesNotMatch(document.getText(), /<!-- cachepoint -->/);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /<!-- cachepoint -->/);
  });
});

describe('hovers', () => {
  it('tell at a marker what it caches, with sources', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.startsWith('<!-- cachePoint'));
    const text = await waitFor('the hover with the included text', async () => {
      const shown = await hoverText(document, new vscode.Position(line, 6));
      return /About \d,\d{3} tokens/.test(shown) ? shown : undefined;
    });
    assert.match(text, /Cache point 1 of 2, lifetime 1h/);
    assert.match(text, /caches from 1,024/);
    assert.match(text, /\d{4}\\?-\d\d\\?-\d\d/);
    assert.match(text, /Sources: \[AWS Bedrock user guide, [^\]]+\]\(https:\/\/docs\.aws\.amazon\.com\/\S+\/prompt-caching\.html\)/);
  });

  it('tell at a variable how often it changes', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const offset = document.getText().lastIndexOf('{{question}}') + 4;
    assert.match(await hoverText(document, document.positionAt(offset)), /changes with each request/);
  });
});

describe('completion', () => {
  it('offers callable model ids behind modelId', async () => {
    const document = await openPrompt('---\nmodelId: \n---\n# user:\nHello\n');
    const labels = await completionsAt(document, new vscode.Position(1, 9));
    assert.ok(labels.includes('us.anthropic.claude-sonnet-4-5-20250929-v1:0'));
    assert.ok(labels.includes('amazon.nova-pro-v1:0'));
  });

  it('offers declared variables behind two braces', async () => {
    const document = await openPrompt('---\nvariables:\n  question: { example: Why? }\n---\n# user:\n{{}}\n');
    assert.ok((await completionsAt(document, new vscode.Position(5, 2))).includes('question'));
  });
});

describe('the outline', () => {
  it('has a section for each role with its cache points', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.length]),
      [
        ['system', 2],
        ['user', 0],
      ],
    );
  });

  it('links an include to its file', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    assert.ok(links.some(({ target }) => target?.path.endsWith('/support-desk/policy.md')));
  });

  it('leads from a variable to its declaration', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const at = document.positionAt(document.getText().lastIndexOf('{{question}}') + 4);
    const [found] = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, at);
    assert.equal(found && document.getText(found.range), 'question');
  });

  it('folds sections', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    const line = document.getText().split('\n').indexOf('# system:');
    assert.ok(ranges.some(({ start }) => start === line));
  });
});

describe('the samples', () => {
  for (const name of [
    'support-desk.bedrock.md',
    'handbook-tools.bedrock.md',
    'agent-transcript.bedrock.md',
    'nova-translator.bedrock.md',
  ]) {
    it(`have no error or warning: ${name}`, async () => {
      const document = await openSample(name);
      await vscode.window.showTextDocument(document);
      const lenses = await waitFor('the lenses', async () => {
        const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
        return found.some(({ command }) => /cached/.test(command?.title ?? '')) ? found : undefined;
      });
      assert.ok(lenses.length >= 4);
      const bad = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ severity, source }) => source === 'Cachepoint' && severity <= vscode.DiagnosticSeverity.Warning);
      assert.deepEqual(
        bad.map((one) => `${codeOf(one)} ${one.message}`),
        [],
      );
    });
  }

  it('read a Converse request as JSON', async () => {
    const document = await openSample('support-desk.converse.json');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
    assert.ok(lenses.some(({ command }) => /tokens, .*cached/.test(command?.title ?? '')));
  });
});

describe('a problem', () => {
  it('leads to the section of its rule, in the file that is installed', async () => {
    const document = await openPrompt(belowMinimum);
    const { code } = await waitFor('the line of the section', async () => {
      const found = await diagnosticWith(document, 'cache/below-minimum');
      return typeof found.code === 'object' && found.code.target.fragment !== '' ? found : undefined;
    });
    assert.ok(typeof code === 'object');
    const line = Number(/^L(\d+)$/.exec(code.target.fragment)?.[1]);
    const page = await vscode.workspace.openTextDocument(code.target.with({ fragment: '' }));
    assert.equal(page.lineAt(line - 1).text, '## cache/below-minimum');
  });
});
