import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { openPrompt } from './prompts';

interface Record {
  readonly state: string;
  readonly answer: string;
  readonly replayedFrom?: number;
}

const prompt = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nWhich way is north?\n';

/** The emulator has an account of its own: profiles and routers, and a stored prompt in each Region. */
describe('what the AWS account has', () => {
  const settings = () => vscode.workspace.getConfiguration('cachepoint');
  before(() => settings().update('endpoint', 'emulator', vscode.ConfigurationTarget.Global));
  after(() => settings().update('run.recordedAnswers', undefined, vscode.ConfigurationTarget.Global));

  it('is offered as models: the one that is picked stands in the prompt', async () => {
    const document = await openPrompt(prompt);
    await vscode.window.showTextDocument(document);
    await acceptFirst(vscode.commands.executeCommand('cachepoint.chooseModel'));
    assert.match(document.getText(), /^modelId: "?arn:aws:bedrock:[\w-]+:\d{12}:application-inference-profile\/\w+"?$/m);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), prompt, 'one step takes it back');
  }).timeout(60_000);

  it('is opened as a file of this machine where it is a stored prompt', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    await acceptFirst(vscode.commands.executeCommand('cachepoint.openStoredPrompt'));
    const opened = vscode.window.activeTextEditor?.document;
    assert.ok(opened);
    try {
      assert.equal(opened.uri.toString(), vscode.Uri.joinPath(folder, 'example-desk.bedrock.md').toString());
      assert.match(opened.getText(), /<!-- cachePoint -->/);
      assert.deepEqual(
        vscode.languages.getDiagnostics(opened.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
        [],
      );
    } finally {
      await vscode.workspace.fs.delete(opened.uri);
    }
  });

  it('is not asked again where an answer was recorded', async () => {
    await settings().update('run.recordedAnswers', 'window', vscode.ConfigurationTarget.Global);
    const document = await openPrompt(prompt.replace('north', 'south'));
    await vscode.window.showTextDocument(document);
    const run = async (): Promise<Record> => {
      const [record] = await vscode.commands.executeCommand<readonly Record[]>('cachepoint.run', document.uri);
      assert.equal(record?.state, 'finished');
      return record;
    };
    const first = await run();
    const second = await run();
    assert.deepEqual([first.replayedFrom, second.answer], [undefined, first.answer]);
    assert.ok((second.replayedFrom ?? 0) > 0);
  });
});
