import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as vscode from 'vscode';

interface Bundle {
  activate(context: unknown): unknown;
}

/** The time that the bundle's `activate()` takes once a prompt is opened, as VS Code and `main` call it. */
const activationOf = async (module: NodeModule, bundle: Bundle): Promise<number> => {
  const activated = new Promise<number>((resolve) => {
    module.exports = {
      activate: (context: unknown) => {
        const start = performance.now();
        const started = bundle.activate(context);
        resolve(performance.now() - start);
        return started;
      },
    };
  });
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'below-minimum.bedrock.md'));
  return activated;
};

describe('a first activation', () => {
  it('is timed: loading the bundle, then activate()', async function () {
    const extension = vscode.extensions.getExtension('cachepoint.cachepoint');
    assert.ok(extension);
    const load = createRequire(vscode.Uri.joinPath(extension.extensionUri, 'package.json').fsPath);
    const path = load.resolve('./dist/extension.js');
    // What VS Code wakes loads nothing until a document holds a prompt. Extensions of VS Code's own have bundles of the same name.
    assert.equal(
      load.cache[path],
      undefined,
      `nothing has started it before: ${vscode.workspace.textDocuments.map(({ uri }) => uri.toString()).join(' ')}`,
    );

    const start = performance.now();
    const bundle = load(path) as Bundle; // the bundle under test
    const loaded = performance.now() - start;
    const module = load.cache[path];
    assert.ok(module);
    const activated = await activationOf(module, bundle);

    // The reporter prints titles to where the launcher can read them.
    if (this.test !== undefined) this.test.title = `load ${loaded.toFixed(2)} ms, activate ${activated.toFixed(2)} ms`;
  });
});
