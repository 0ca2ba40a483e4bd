import assert from 'node:assert/strict';
import * as vscode from 'vscode';
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
    const { message } = await diagnosticWith(await openSample('support-desk.bedrock.md'), 'request/include');
    assert.match(message, /not trusted yet/);
  });

  it('no run is offered, and none is made', async () => {
    const document = await openSample('support-desk.bedrock.md');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
    assert.ok(lenses.length > 0);
    assert.ok(lenses.every(({ command }) => command?.command !== 'cachepoint.run'));
    assert.equal(await vscode.commands.executeCommand('cachepoint.run', document.uri), undefined);
  });
});
