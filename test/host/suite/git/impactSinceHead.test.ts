import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { folder, impactLenses, lensOf, open, replace, rules, text, write } from '../impactPrompt';
import { waitFor } from '../waiting';

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
  it('is told since Git HEAD, includes as they are there too', async function () {
    if (!hasGit()) return this.skip();
    await write('impact-rules.md', rules);
    await write('impact-git.bedrock.md', text);
    git('init', '--quiet');
    git('add', 'impact-git.bedrock.md', 'impact-rules.md');
    git('commit', '--quiet', '-m', 'First');
    await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Global);
    const document = await open('impact-git.bedrock.md');
    assert.deepEqual(await impactLenses(document), []);
    await replace(document, 'Be brief.', 'Be very brief.');
    const lens = await lensOf(document);
    assert.match(lens.command?.title ?? '', /since Git HEAD$/);
    assert.equal(lens.range.start.line, 5, 'the include is the same at HEAD');
    await document.save();
    await waitFor('the second commit', () => {
      try {
        git('commit', '--quiet', '-am', 'Second');
        return true;
      } catch {
        return undefined; // the Git extension holds the index while it looks at what was saved
      }
    });
    await waitFor('the lens to go with the commit', async () => {
      await vscode.commands.executeCommand('git.refresh');
      return (await impactLenses(document)).length === 0 ? true : undefined;
    });
  });
});
