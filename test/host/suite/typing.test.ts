import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fixesAt, placeOf } from './asking';
import { diagnosticWith, openPrompt } from './prompts';
import { own, type, typedInto } from './typing';
import { waitFor } from './waiting';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** Takes the suggestion that stands there by itself; asks for none. */
const takeSuggestion = (document: vscode.TextDocument, wanted: RegExp): Promise<true> =>
  waitFor(`a suggestion that makes ${wanted}`, async () => {
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    return wanted.test(document.getText()) ? true : undefined;
  });

describe('while somebody types', function () {
  this.timeout(60_000);

  it('keys of front matter and their values are suggested without being asked for', async () => {
    const document = await typedInto('---\n\n---\n# user:\nHello\n', '\n---\n#');
    await type('mod');
    await takeSuggestion(document, /^---\nmodelId: /);
    await vscode.commands.executeCommand('hideSuggestWidget');
    const settings = vscode.workspace.getConfiguration('editor', { languageId: 'bedrock-prompt' });
    assert.deepEqual(settings.get('quickSuggestions'), { comments: 'off', strings: 'on', other: 'off' });
  });

  for (const { what, keys, code } of [
    { what: 'a path', keys: '{{> ./pa', code: 'request/include' },
    { what: 'a message', keys: '# assistant:\n', code: 'request/roles' },
    { what: 'a name', keys: '{{name', code: 'request/undefined-variable' },
  ])
    it(`${what} that is not written yet is no problem, and what is wrong elsewhere by it is told at once`, async () => {
      const document = await typedInto(`---\nmodelId: ${model}\nvariables:\n  club: Harrow\n---\n# user:\nWhere?\n{{club}}`);
      const told: (readonly string[])[] = [];
      const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === document.uri.toString())) told.push(own(document));
      });
      try {
        const editor = vscode.window.activeTextEditor;
        assert.ok(editor);
        editor.selection = new vscode.Selection(placeOf(document, '{{club}}'), editor.selection.active);
        await type(keys);
        const unused = 'request/unused-variable';
        const first = await waitFor('the variable that nothing uses now', () => told.find((codes) => codes.includes(unused)));
        assert.deepEqual(first, [unused]);
        await vscode.commands.executeCommand('cursorTop');
        await diagnosticWith(document, code);
      } finally {
        listening.dispose();
      }
    });

  it('what an editor without our pairs left after a cache point is taken away by its fix', async () => {
    const document = await openPrompt(`---\nmodelId: ${model}\n---\n# system:\nRules\n<!-- cachePoint --> -->\n# user:\nHello\n`);
    const { range } = await diagnosticWith(document, 'syntax/marker');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const fix = actions.find(({ isPreferred }) => isPreferred === true);
    assert.ok(fix?.edit, (await fixesAt(document, range)).join(' · '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /Rules\n<!-- cachePoint -->\n# user:/);
  });
});
