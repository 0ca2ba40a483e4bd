import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptFirst } from './accepting';
import { folder, write } from './impactPrompt';
import { openSample } from './prompts';
import { waitFor } from './waiting';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const program = `import boto3

client = boto3.client("bedrock-runtime")


def answer(question):
    return client.converse(
        modelId="${model}",
        system=[{"text": "Answer in one sentence."}],
        messages=[{"role": "user", "content": [{"text": f"The question: {question}"}]}],
    )
`;

describe('conversions', function () {
  this.timeout(60_000);

  it('copy a prompt in the form that is picked, and are over then', async () => {
    const document = await openSample('support-desk.bedrock.md');
    await vscode.window.showTextDocument(document);
    await vscode.env.clipboard.writeText('before');
    await acceptFirst(vscode.commands.executeCommand('cachepoint.copyAs', document.uri));
    assert.match(await vscode.env.clipboard.readText(), /Fellgate Outdoor/);
  });

  it('write a prompt of a program into a file, which the program reads from then on', async () => {
    await write('desk.py', program);
    const document = await openSample('desk.py');
    await vscode.window.showTextDocument(document);
    await acceptFirst(vscode.commands.executeCommand('cachepoint.extractPrompt', document.uri));
    const written = await waitFor('the prompt file', () =>
      vscode.window.visibleTextEditors.find(({ document: { uri } }) => uri.path.endsWith('/answer.bedrock.md')),
    );
    assert.equal(written.document.uri.path, vscode.Uri.joinPath(folder(), 'answer.bedrock.md').path);
    assert.match(written.document.getText(), /# system:\nAnswer in one sentence\.\n[^]*The question: \{\{question\}\}/);
    assert.match(document.getText(), /load_prompt\("answer\.bedrock\.md"/);
  });
});
