import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { belowMinimum, diagnosticWith, openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

const extensionId = 'cachepoint.cachepoint';

function findExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  return extension;
}

describe('activation', () => {
  it('takes *.bedrock.md for a prompt', async () => {
    assert.equal((await openSample('support-desk.bedrock.md')).languageId, 'bedrock-prompt');
  });

  it('is caused by a prompt file', async () => {
    await openSample('support-desk.bedrock.md');
    assert.ok(await waitFor('the activation', () => findExtension().isActive || undefined));
  });

  it('does not load the SDK', async () => {
    await findExtension().activate();
    const loaded = Object.keys(require.cache).map((path) => path.replaceAll('\\', '/'));
    assert.deepEqual(
      loaded.filter((path) => path.endsWith('dist/aws.js')),
      [],
    );
    // Without this the test would pass on a host that keeps its modules elsewhere.
    assert.ok(loaded.some((path) => path.endsWith('dist/extension.js')));
  });

  it('registers every command that the manifest names', async () => {
    const extension = findExtension();
    await extension.activate();
    // The manifest is JSON of our own.
    const { contributes } = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});

describe('a prompt in the editor', () => {
  it('gets a diagnostic for a marker below the minimum', async () => {
    const { range } = await diagnosticWith(await openPrompt(belowMinimum), 'cache/below-minimum');
    assert.equal(range.start.line, 5);
  });

  it('gets the lenses that run it', async () => {
    const { uri } = await openSample('support-desk.bedrock.md');
    const lenses = await waitFor('lenses', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 20);
      return found.length > 0 ? found : undefined;
    });
    assert.ok(lenses.some(({ command }) => /\bRun\b/.test(command?.title ?? '')));
  });
});
