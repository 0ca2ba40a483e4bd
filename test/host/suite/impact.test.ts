import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { impactLenses, lensOf, open, replace, rules, text, write } from './impactPrompt';
import { waitFor } from './waiting';

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
});
