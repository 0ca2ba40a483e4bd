import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { folder, write } from './impactPrompt';

const labelsAt = async (document: vscode.TextDocument, marker: string): Promise<readonly string[]> => {
  const at = document.positionAt(document.getText().indexOf(marker) + marker.length);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
};

describe('completion where a service keeps prompts', () => {
  it('knows lines of a batch job and a template', async () => {
    const line = `{"recordId":"a","modelInput":{"messages":[{"role":"user","content":[{"text":"Hello"}]}],"inferenceConfig":{}}}\n`;
    await write('batch.jsonl', line);
    const batch = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), 'batch.jsonl'));
    assert.ok((await labelsAt(batch, '"inferenceConfig":{')).includes('maxTokens'));
    const template = `Resources:\n  Desk:\n    Type: AWS::Bedrock::Prompt\n    Properties:\n      Variants:\n        - Name: main\n          TemplateConfiguration: { Text: { Text: Hello } }\n          \n`;
    await write('template.yaml', template);
    const yaml = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), 'template.yaml'));
    assert.ok((await labelsAt(yaml, 'Text: Hello } }\n          ')).includes('InferenceConfiguration'));
  });
});
