import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as vscode from 'vscode';

interface Extension {
  activate(context: unknown): void;
}

describe('a first activation', () => {
  it('is timed: loading the bundle, then activate()', function () {
    const extension = vscode.extensions.getExtension('cachepoint.cachepoint');
    assert.ok(extension);
    const subscriptions: vscode.Disposable[] = [];
    const workspaceState = { get: (_key: string, otherwise: unknown) => otherwise, update: () => Promise.resolve() };
    const load = createRequire(vscode.Uri.joinPath(extension.extensionUri, 'package.json').fsPath);
    // What VS Code wakes loads nothing until a document holds a prompt.
    assert.equal(
      Object.keys(load.cache).find((path) => path.replaceAll('\\', '/').endsWith('dist/extension.js')),
      undefined,
      `nothing has started it before: ${vscode.workspace.textDocuments.map(({ uri }) => uri.toString()).join(' ')}`,
    );

    const start = performance.now();
    const { activate } = load('./dist/extension.js') as Extension; // the bundle under test
    const loaded = performance.now();
    activate({ subscriptions, extensionUri: extension.extensionUri, workspaceState });
    const end = performance.now();

    for (const one of subscriptions.reverse()) one.dispose();
    // The reporter prints titles to where the launcher can read them.
    if (this.test !== undefined) this.test.title = `load ${(loaded - start).toFixed(2)} ms, activate ${(end - loaded).toFixed(2)} ms`;
  });
});
