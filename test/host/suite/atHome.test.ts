import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hoverAt, labelsAt, placeOf } from './asking';
import { folder, write } from './impactPrompt';
import { belowMinimum, diagnosticWith, openPrompt, openSample } from './prompts';
import { waitFor } from './waiting';

const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
variables:
  tenant: { example: Acme, varies: session }
  question: Why?
samples:
  - { tenant: Bolt, question: How? }
---
# system:
## Rules
{{> ./home-rules.md}}
You serve {{tenant}}.
# user:
{{question}}
`;

const open = async (): Promise<vscode.TextDocument> => {
  await write('home-rules.md', 'Rules for {{tenant}}.\n');
  await write('home.bedrock.md', text);
  return openSample('home.bedrock.md');
};

describe('a prompt file', function () {
  this.timeout(60_000);
  it('is completed at every depth of its front matter', async () => {
    const document = await openPrompt('---\ninferenceConfig: { maxTokens: 1,  }\nserviceTier:\n  type: \n---\n# user:\nHello\n');
    const inside = await labelsAt(document, new vscode.Position(1, 32));
    assert.ok(inside.includes('temperature') && !inside.includes('maxTokens'), inside.join(' '));
    assert.ok((await labelsAt(document, new vscode.Position(3, 8))).includes('flex'));
  });

  it('is completed with paths behind an include', async () => {
    await open();
    await write('paths.bedrock.md', '# user:\n{{> ./\n');
    const document = await openSample('paths.bedrock.md');
    const labels = await labelsAt(document, new vscode.Position(1, 6));
    assert.ok(labels.includes('home-rules.md'), labels.join(' '));
  });

  it('explains keys, values and the model', async () => {
    const document = await open();
    assert.match(await hoverAt(document, placeOf(document, 'varies', 1)), /How often the value changes/);
    assert.match(await hoverAt(document, placeOf(document, 'session', 1)), /cached for one session/);
    assert.match(await hoverAt(document, placeOf(document, 'us.anthropic', 3)), /Claude Sonnet 4\.5[^]*Caches from 1,024 tokens/);
  });

  it('renames a variable wherever it is named, in included files too', async () => {
    const document = await open();
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      placeOf(document, '{{tenant}}', 3),
      'club',
    );
    const counts = edit.entries().map(([uri, edits]) => [uri.path.split('/').at(-1), edits.length]);
    assert.deepEqual(counts, [
      ['home.bedrock.md', 3],
      ['home-rules.md', 1],
    ]);
  });

  it('finds the places of a variable, and leads to declarations and files', async () => {
    const document = await open();
    const at = placeOf(document, '{{tenant}}', 3);
    const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, at);
    assert.equal(found.length, 4);
    const [declaration] = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, at);
    assert.equal(declaration && document.getText(declaration.range), 'tenant');
    const include = placeOf(document, './home-rules', 3);
    const [file] = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, include);
    assert.equal(file?.uri.path, vscode.Uri.joinPath(folder(), 'home-rules.md').path);
  });

  it('grows a selection by heading and section', async () => {
    const document = await open();
    const at = placeOf(document, 'You serve', 4);
    const [range] = await vscode.commands.executeCommand<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [
      at,
    ]);
    const starts: string[] = [];
    for (let next: vscode.SelectionRange | undefined = range; next !== undefined; next = next.parent)
      starts.push(document.lineAt(next.range.start.line).text);
    assert.ok(starts.includes('## Rules') && starts.includes('# system:'), starts.join(' | '));
  });

  it('is named above the files that it includes, and tints them', async () => {
    await open();
    const included = await openSample('home-rules.md');
    await vscode.window.showTextDocument(included);
    const lens = await waitFor('the lens of the included file', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', included.uri, 20);
      return found.find(({ command }) => command?.title.startsWith('Included by 1 prompt: home · ') === true);
    });
    assert.equal(lens.range.start.line, 0);
  });

  it('is edited with two spaces and its own suggestions', () => {
    const settings = vscode.workspace.getConfiguration('editor', { languageId: 'bedrock-prompt' });
    assert.equal(settings.get('tabSize'), 2);
    assert.equal(settings.get('wordBasedSuggestions'), 'off');
  });
});

describe('help', function () {
  this.timeout(60_000);
  it('explains a rule from the light bulb', async () => {
    const document = await openPrompt(belowMinimum);
    const { range } = await diagnosticWith(document, 'cache/below-minimum');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const explain = actions.find(({ title }) => title === 'Explain cache/below-minimum');
    assert.deepEqual(explain?.command?.arguments, ['cache/below-minimum']);
    assert.match(await hoverAt(document, range.start), /\[Explain cache\/below-minimum\]\(command:cachepoint\.explainRule/);
    await vscode.commands.executeCommand('cachepoint.explainRule', 'cache/below-minimum');
    await waitFor('the rendered page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes('rules.md')),
    );
  });

  it('reports a false alarm with the rule and no text', async () => {
    const document = await openPrompt(belowMinimum);
    const { range } = await diagnosticWith(document, 'cache/below-minimum');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const report = actions.find(({ title }) => title === 'Report a False Alarm of cache/below-minimum…');
    // VS Code gives the command back under the name that it has inside.
    assert.match(report?.command?.command ?? '', /^(?:vscode|_workbench)\.open$/);
    const address = new URL(vscode.Uri.from(report?.command?.arguments?.[0] as vscode.Uri).toString(true));
    assert.deepEqual([...address.searchParams.keys()], ['template', 'title', 'rule', 'version', 'format']);
    assert.equal(address.searchParams.get('rule'), 'cache/below-minimum');
  });

  it('leads from what varies to the cache point that is lost', async () => {
    const document = await openSample('broken-on-purpose.bedrock.md');
    const { relatedInformation } = await diagnosticWith(document, 'cache/volatile-prefix');
    assert.deepEqual(
      relatedInformation?.map(({ location }) => document.getText(location.range)),
      ['<!-- cachePoint ttl=1h -->'],
    );
  });

  it('copies diagnostics without text', async () => {
    await vscode.window.showTextDocument(await open());
    await vscode.env.clipboard.writeText('before');
    await vscode.commands.executeCommand('cachepoint.copyDiagnostics');
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^# Cachepoint diagnostics\n- Cachepoint: \d/);
    assert.match(copied, /Claude Sonnet 4\.5/);
    assert.doesNotMatch(copied, /You serve|home\.bedrock/);
  });
});
