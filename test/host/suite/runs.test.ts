import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

interface Record {
  readonly state: string;
  readonly usage?: { readonly cacheRead?: number; readonly cacheWrite?: number; readonly input: number };
  readonly answer: string;
  readonly service: string;
  readonly failure?: { readonly code: string };
}

const panelTab = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('cachepoint.run'));

describe('runs', () => {
  before(async () => {
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
  });

  it('run twice on the emulator: the first call writes, the second reads', async () => {
    const document = await openSample('support-desk.bedrock.md');
    await vscode.window.showTextDocument(document);
    // Another test may have run the same prompt.
    await vscode.commands.executeCommand('cachepoint.clearEmulatorCache');
    const running = vscode.commands.executeCommand<readonly Record[]>('cachepoint.runTwice', document.uri);
    await acceptFirst(running);
    const [cold, warm] = await running;
    assert.equal(cold?.state, 'finished');
    assert.equal(cold.service, 'emulator');
    assert.equal(cold.usage?.cacheRead, 0);
    assert.ok((cold.usage.cacheWrite ?? 0) > 1024);
    assert.equal(warm?.usage?.cacheRead, cold.usage.cacheWrite);
    assert.match(warm?.answer ?? '', /Simulated/);
    assert.ok(panelTab(), 'the panel is open');
  });

  it('ask nothing the second time', async () => {
    const document = await openSample('support-desk.bedrock.md');
    await vscode.window.showTextDocument(document);
    await acceptFirst(vscode.commands.executeCommand('cachepoint.run', document.uri));
    const [record] = await vscode.commands.executeCommand<readonly Record[]>('cachepoint.run', document.uri);
    assert.equal(record?.state, 'finished');
    assert.ok((record.usage?.cacheRead ?? 0) > 1024);
  });

  it('can be canceled while they go on', async () => {
    const document = await openSample('agent-transcript.bedrock.md');
    await vscode.window.showTextDocument(document);
    const running = vscode.commands.executeCommand<readonly Record[]>('cachepoint.run', document.uri);
    let records: readonly Record[] | undefined;
    void running.then((result) => (records = result));
    await waitFor('the run to end', async () => {
      await vscode.commands.executeCommand('cachepoint.cancelRun');
      return records;
    });
    assert.ok(records?.[0]?.state === 'failed' || records?.[0]?.state === 'finished');
    assert.equal((await vscode.commands.executeCommand<readonly Record[]>('cachepoint.run', document.uri))[0]?.state, 'finished');
  });

  for (const { fault, code } of [
    { fault: 'cut', code: 'interrupted' },
    { fault: 'access-denied', code: 'accessDenied' },
    { fault: 'expired-token', code: 'credentials' },
    { fault: 'throttle-stream', code: 'throttled' },
  ]) {
    it(`end as what they are: ${code}`, async () => {
      const text = `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\nrequestMetadata: { cachepoint-fault: ${fault} }\n---\n# user:\nHello\n`;
      const document = await openPrompt(text);
      await vscode.window.showTextDocument(document);
      const running = vscode.commands.executeCommand<readonly Record[]>('cachepoint.run', document.uri);
      const [record] = await running;
      assert.equal(record?.state, 'failed');
      assert.equal(record.failure?.code, code);
    });
  }

  it('show the request as a JSON document beside the prompt', async () => {
    const document = await openSample('support-desk.bedrock.md');
    await vscode.commands.executeCommand('cachepoint.previewRequest', document.uri);
    const preview = await waitFor(
      'the preview',
      () => vscode.window.visibleTextEditors.find((editor) => editor.document.uri.scheme === 'cachepoint-request')?.document,
    );
    const request = JSON.parse(preview.getText()) as { system: unknown[]; modelId: string };
    assert.equal(request.modelId, 'us.anthropic.claude-sonnet-4-5-20250929-v1:0');
    assert.equal(request.system.filter((block) => typeof block === 'object' && block !== null && 'cachePoint' in block).length, 2);
  });
});
