import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { openSample } from './prompts';
import { waitFor } from './waiting';

interface Job {
  readonly kind: string;
  readonly result?: { readonly usage?: { readonly cacheRead?: number; readonly cacheWrite?: number }; readonly met?: boolean };
}
interface Batch {
  readonly jobs: readonly Job[];
  readonly over: string;
  readonly batch: { readonly source: { readonly kind: string }; readonly models: readonly unknown[] };
}

const rowsTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('cachepoint.rows'));

const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
inferenceConfig: { maxTokens: 30 }
variables:
  question: { varies: request }
samples:
  - { question: "Who?", expect: simulated }
  - { question: "When?", expect: "= never" }
  - { question: "Where?" }
---
# system:
${'Answer as the house rules say. '.repeat(400)}
<!-- cachePoint -->

# user:
{{question}}
`;

describe('rows', function () {
  this.timeout(60_000);

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'rows.bedrock.md'), new TextEncoder().encode(text));
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
  });
  afterEach(async () => {
    await vscode.window.tabGroups.close(rowsTabs());
  });

  it('run on the emulator: the first writes, the others read, and each answer is held against its row', async () => {
    const document = await openSample('rows.bedrock.md');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('cachepoint.clearEmulatorCache');
    const running = vscode.commands.executeCommand<Batch>('cachepoint.runRows', document.uri);
    await acceptFirst(running);
    const { jobs, over, batch } = await running;
    assert.equal(over, 'done');
    assert.equal(batch.source.kind, 'samples');
    assert.deepEqual(
      jobs.map(({ kind }) => kind),
      ['done', 'done', 'done'],
    );
    const written = jobs[0]?.result?.usage?.cacheWrite ?? 0;
    assert.ok(written > 1024);
    assert.deepEqual(
      jobs.map(({ result }) => result?.usage?.cacheRead),
      [0, written, written],
    );
    assert.deepEqual(
      jobs.map(({ result }) => result?.met),
      [true, false, undefined],
    );
    assert.equal(rowsTabs().length, 1);
  });

  it('are tests where they say what the answer should be', async () => {
    const document = await openSample('rows.bedrock.md');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await waitFor('a batch that the Test view began', async () => {
      await vscode.commands.executeCommand('testing.runAll');
      return rowsTabs().length > 0 ? true : undefined;
    });
  });
});
