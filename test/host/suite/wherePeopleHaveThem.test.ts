import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hoverAt, placeOf } from './asking';
import { codeOf, diagnosticWith } from './prompts';
import { waitFor } from './waiting';

interface Record {
  readonly state: string;
  readonly usage?: { readonly cacheRead?: number; readonly cacheWrite?: number };
}

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const rules = 'Answer in one sentence, and name the rule of the handbook that you go by. '.repeat(120);

const write = async (name: string, text: string): Promise<{ readonly uri: vscode.Uri }> => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return { uri };
};

const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
  const { uri } = await write(name, text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
};

const python = `import boto3
from datetime import datetime

client = boto3.client("bedrock-runtime")
RULES = """${rules}"""


def answer(question):
    return client.converse(
        modelId="${model}",
        system=[
            {"text": f"It is {datetime.now()}."},
            {"text": RULES},
            {"cachePoint": {"type": "default"}},
        ],
        messages=[{"role": "user", "content": [{"text": f"The question: {question}"}]}],
    )
`;

const typescript = `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient({});

export const answer = (question: string) =>
  client.send(
    new ConverseCommand({
      modelId: '${model}',
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: question }] }],
    }),
  );
`;

const body = JSON.stringify(
  {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 200,
    system: [{ type: 'text', text: rules, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: 'Which way is north?' }],
  },
  undefined,
  2,
);

const notebook = (...cells: readonly string[]): string =>
  JSON.stringify({
    cells: cells.map((source, at) => ({ cell_type: 'code', id: `c${at}`, execution_count: null, metadata: {}, outputs: [], source })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

const titlesOf = async (document: vscode.TextDocument): Promise<readonly string[]> =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 40)).map(
    ({ command }) => command?.title ?? '',
  );

const lensesOf = (document: vscode.TextDocument): Promise<readonly string[]> =>
  waitFor(`lenses in ${document.fileName}`, async () => {
    const titles = await titlesOf(document);
    return titles.some((title) => / tokens/.test(title)) ? titles : undefined;
  });

/** Applies the preferred quick fix of a problem. */
const fix = async (document: vscode.TextDocument, { range }: vscode.Diagnostic): Promise<void> => {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
  const chosen = actions.find(({ isPreferred }) => isPreferred === true) ?? actions[0];
  assert.ok(chosen?.edit, `a fix among ${actions.map(({ title }) => title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(chosen.edit));
};

/** What only the program knows: no test can type into the panel's form. */
const values = { question: 'Which way is north?', 'datetime.now()': 'noon' };

/** A cold and a warm call: other tests send the same rules. */
const runTwice = async ({ uri }: vscode.TextDocument): Promise<readonly Record[]> => {
  await vscode.commands.executeCommand('cachepoint.clearEmulatorCache');
  return vscode.commands.executeCommand<readonly Record[]>('cachepoint.runTwice', { uri, id: 'only', values });
};

describe('prompts where people have them', () => {
  before(async () => {
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
  });

  it('in Python have a problem at the clock itself, lenses at the call, and run', async () => {
    const document = await open('answer.py', python);
    assert.equal(document.languageId, 'python');
    const { range } = await diagnosticWith(document, 'cache/volatile-prefix');
    assert.equal(document.getText(range), 'datetime.now()');
    const titles = await lensesOf(document);
    assert.ok(
      titles.some((title) => /Run Twice/i.test(title)),
      titles.join(' · '),
    );
    const [cold, warm] = await runTwice(document);
    assert.equal(cold?.state, 'finished');
    assert.equal(warm?.state, 'finished');
    assert.equal(warm.usage?.cacheRead, cold.usage?.cacheWrite);
  });

  it('in TypeScript can be fixed in place', async () => {
    const document = await open('answer.ts', typescript);
    await fix(document, await diagnosticWith(document, 'cache/below-minimum'));
    await waitFor('the problem to go', () =>
      vscode.languages.getDiagnostics(document.uri).some((one) => codeOf(one) === 'cache/below-minimum') ? undefined : true,
    );
    assert.match(document.getText(), /system: \[\{ text: 'Be brief.' \}\],/);
  });

  it('in a notebook are followed across its cells, and are fixed and run in theirs', async () => {
    const [imports = '', call = ''] = python.split('\n\n\n');
    const { uri } = await write('walk.ipynb', notebook(imports, '# what is asked', call));
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(uri));
    const cells = await waitFor('the cells', () => {
      const found = vscode.workspace.notebookDocuments.find((one) => one.uri.toString() === uri.toString())?.getCells();
      return found?.length === 3 ? found : undefined;
    });
    const [constants, , asking] = cells.map(({ document }) => document);
    assert.ok(constants && asking);
    const problem = await diagnosticWith(asking, 'cache/volatile-prefix');
    assert.equal(asking.getText(problem.range), 'datetime.now()');
    assert.deepEqual(vscode.languages.getDiagnostics(constants.uri).map(codeOf), []);
    const titles = await lensesOf(asking);
    assert.ok(
      titles.some((title) => /Run Twice/i.test(title)),
      titles.join(' · '),
    );
    assert.deepEqual(await titlesOf(constants), []);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      asking.uri,
      asking.positionAt(asking.getText().indexOf('"cachePoint"')),
    );
    const told = hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === 'string' ? content : content.value));
    assert.match(told.join(), /tokens/);
    await fix(asking, problem);
    await waitFor('the problem to go', () =>
      vscode.languages.getDiagnostics(asking.uri).some((one) => codeOf(one) === 'cache/volatile-prefix') ? undefined : true,
    );
    assert.notEqual(asking.getText(), call);
    assert.equal(constants.getText(), imports);
    const [cold, warm] = await runTwice(asking);
    assert.equal(cold?.state, 'finished');
    assert.equal(warm?.usage?.cacheRead, cold.usage?.cacheWrite);
  });

  it('in a folder for prompts are texts with tokens', async () => {
    const document = await open('prompts/answer.md', `# Role\n\n${rules}\n`);
    assert.equal(document.languageId, 'markdown');
    await lensesOf(document);
  });

  it('in a folder for prompts say which code reads them', async () => {
    await write('prompts/letter.md', `# Letters\n\n${rules}\n`);
    const reader = python.replace(/RULES = .*/, 'RULES = open("prompts/letter.md").read()').replace('def answer', 'def write_letter');
    await write('letters.py', reader);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'prompts/letter.md'));
    await vscode.window.showTextDocument(document);
    await waitFor('who reads it', async () => {
      const titles = await titlesOf(document);
      return titles.some((title) => /^Read by write_letter.* in letters\.py$/.test(title)) ? titles : undefined;
    });
    await vscode.commands.executeCommand('cachepoint.prompts.focus');
    await vscode.commands.executeCommand('cachepoint.refreshPrompts');
    await vscode.commands.executeCommand('cachepoint.stopSearch');
  });

  it('in a folder for prompts are shown where code reads them: what they cost there, and the way to the file', async () => {
    await write('prompts/shelf.md', `# Shelves\n\n${rules}\n`);
    const reader = python.replace(/RULES = .*/, 'RULES = open("prompts/shelf.md").read()').replace('def answer', 'def find_shelf');
    const document = await open('shelves.py', reader);
    const at = placeOf(document, '"prompts/shelf.md"', 4);
    await waitFor('the hover over the file', async () => {
      const told = await hoverAt(document, at);
      return /\[Open prompts\/shelf\.md\]\(file:\S+\/prompts\/shelf\.md\)[^]*In find[\\_]+shelf[^]*\d tokens/.test(told) ? true : undefined;
    });
  });

  it('as bodies of InvokeModel have figures, and run as they are written', async () => {
    await vscode.workspace.getConfiguration('cachepoint').update('defaultModelId', model, vscode.ConfigurationTarget.Global);
    try {
      const document = await open('request.json', body);
      await lensesOf(document);
      const [cold, warm] = await runTwice(document);
      assert.ok((cold?.usage?.cacheWrite ?? 0) > 1024);
      assert.equal(warm?.usage?.cacheRead, cold?.usage?.cacheWrite);
    } finally {
      await vscode.workspace.getConfiguration('cachepoint').update('defaultModelId', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are not seen in files that hold none', async () => {
    const document = await open('sum.py', 'print(1 + 2)\n');
    assert.deepEqual(await titlesOf(document), []);
  });
});
