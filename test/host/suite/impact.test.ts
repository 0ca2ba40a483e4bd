import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from './waiting';

const rules = Array.from({ length: 220 }, (_, at) => `Rule ${at} says what the desk answers to a customer.`).join('\n');
const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
{{> ./impact-rules.md}}
Be brief.
<!-- cachePoint -->
# user:
Hello
`;

const folder = (): vscode.Uri => {
  const found = vscode.workspace.workspaceFolders?.[0];
  if (found === undefined) throw new Error('No folder is open');
  return found.uri;
};

const write = (name: string, content: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), Buffer.from(content));

const open = async (name: string): Promise<vscode.TextDocument> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), name));
  await vscode.window.showTextDocument(document);
  return document;
};

const replace = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
  const start = document.getText().indexOf(from);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  await vscode.workspace.applyEdit(edit);
};

const impactLenses = async ({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return lenses.filter(({ command }) => command?.title.startsWith('This edit invalidates'));
};

const lensOf = (document: vscode.TextDocument): Promise<vscode.CodeLens> =>
  waitFor('the lens of the edit', async () => (await impactLenses(document))[0]);

const git = (...args: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder().fsPath, stdio: 'ignore' });
};

const hasGit = (): boolean => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return vscode.extensions.getExtension('vscode.git') !== undefined;
  } catch {
    return false;
  }
};

describe('the impact of an edit', () => {
  before(async () => {
    await write('impact-rules.md', rules);
  });

  it('is told since the last run, at the line of the first difference', async () => {
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
    await write('impact-run.bedrock.md', text);
    const document = await open('impact-run.bedrock.md');
    const [record] = await vscode.commands.executeCommand<readonly { readonly state: string }[]>('cachepoint.run', document.uri);
    assert.equal(record?.state, 'finished');
    assert.deepEqual(await impactLenses(document), []);
    await replace(document, 'Be brief.', 'Be very brief.');
    const lens = await lensOf(document);
    assert.match(lens.command?.title ?? '', /^This edit invalidates \d,\d{3} cached tokens since the last run$/);
    assert.equal(lens.range.start.line, 5);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(5, 4),
    );
    const shown = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value))).join('\n');
    assert.match(shown.replaceAll(/&nbsp;|\\/g, ' '), /in the system text/);
    await replace(document, 'Be very brief.', 'Be brief.');
    await waitFor('the lens to go', async () => ((await impactLenses(document)).length === 0 ? true : undefined));
  });

  it('is told since Git HEAD, includes as they are there too', async function () {
    if (!hasGit()) return this.skip();
    const configuration = vscode.workspace.getConfiguration('git');
    try {
      await write('impact-git.bedrock.md', text);
      git('init', '--quiet');
      git('add', 'impact-git.bedrock.md', 'impact-rules.md');
      git('commit', '--quiet', '-m', 'First');
      await configuration.update('enabled', true, vscode.ConfigurationTarget.Global);
      const document = await open('impact-git.bedrock.md');
      assert.deepEqual(await impactLenses(document), []);
      await replace(document, 'Be brief.', 'Be very brief.');
      const lens = await lensOf(document);
      assert.match(lens.command?.title ?? '', /since Git HEAD$/);
      assert.equal(lens.range.start.line, 5, 'the include is the same at HEAD');
      await document.save();
      git('commit', '--quiet', '-am', 'Second');
      await waitFor('the lens to go with the commit', async () => {
        await vscode.commands.executeCommand('git.refresh');
        return (await impactLenses(document)).length === 0 ? true : undefined;
      });
    } finally {
      await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Global);
      rmSync(join(folder().fsPath, '.git'), { recursive: true, force: true });
    }
  });
});
