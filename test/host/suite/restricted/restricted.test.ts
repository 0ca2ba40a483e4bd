import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../waiting';
import { belowMinimum, diagnosticWith, openPrompt, openSample } from '../prompts';

describe('in Restricted Mode', () => {
  it('the folder is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('a prompt is still analyzed', async () => {
    const { range } = await diagnosticWith(await openPrompt(belowMinimum), 'cache/below-minimum');
    assert.equal(range.start.line, 5);
  });

  it('includes wait, and say so', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const { message, severity } = await diagnosticWith(document, 'request/include');
    assert.match(message, /is not read until this workspace is trusted/);
    assert.equal(severity, vscode.DiagnosticSeverity.Information);
    // Nothing is told of cache points behind what was not read.
    const bad = vscode.languages.getDiagnostics(document.uri).filter((one) => one.severity <= vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(bad, []);
  });

  it('figures say "at least"', async () => {
    const document = await openSample('support-desk.bedrock.md');
    await waitFor('the totals', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
      return lenses.some(({ command }) => command?.title.startsWith('at least ') === true) ? true : undefined;
    });
  });

  it('light bulbs work', async () => {
    const document = await openPrompt(belowMinimum);
    const { range } = await diagnosticWith(document, 'cache/below-minimum');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    assert.ok(actions.some(({ title, edit }) => title === 'Remove this cache point' && edit !== undefined));
  });

  it('no run is offered, and none is made', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
    assert.ok(lenses.length > 0);
    assert.ok(lenses.every(({ command }) => command?.command !== 'cachepoint.run'));
    assert.ok(
      lenses.some(({ command }) => command?.command === 'workbench.trust.manage'),
      'the way to trust is',
    );
    assert.equal(await vscode.commands.executeCommand('cachepoint.run', document.uri), undefined);
  });
});
