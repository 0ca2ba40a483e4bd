import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import { proposalScheme } from '../../../../src/editor/documents/documentFormat';
import type { OpenPrompt } from '../../../../src/editor/documents/choosePrompt';
import type * as optimizeModule from '../../../../src/editor/language/optimize';
import type * as proposalsModule from '../../../../src/editor/language/proposals';
import { createFakeWorkspace, edited, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { answers, edits, open, shown, type } = workspace;
const { optimizePrompt, compareSamples, showProposal, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/language/optimize') as typeof optimizeModule),
  ...(require('../../../../src/editor/language/proposals') as typeof proposalsModule),
}));
const proposing = { ...deps, showProposal };
const selections: { readonly start: { readonly character: number } }[] = [];
Object.assign(workspace.fake.vscode.window, {
  showTextDocument: (_document: unknown, { selection }: { selection: (typeof selections)[number] }) => {
    selections.push(selection);
    return Promise.resolve();
  },
});

const commands: (readonly unknown[])[] = [];
Object.assign(workspace.fake.vscode.commands, {
  executeCommand: (...words: readonly unknown[]) => {
    commands.push(words);
    return Promise.resolve();
  },
});

const promptIn = (document: TextDocument): OpenPrompt => ({ document, ref: { uri: document.uri, id: onlyPrompt } });

const policy = 'The desk answers briefly and says what it does not know. '.repeat(200);
const front = 'modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\ntraffic: { callsPerHour: 60 }\n';
const unmarked = `---\n${front}variables:\n  question: { example: Why?, varies: request }\n---\n# system:\n${policy}\n# user:\n{{question}}\n`;

beforeEach(() => {
  for (const list of [answers, commands, edits, shown, selections]) list.splice(0);
});

describe('optimizing cache points', () => {
  it('shows before and after, and applies what it proposes', async () => {
    const document = open('/ws/a.bedrock.md', unmarked);
    answers.push('Apply');
    await optimizePrompt(promptIn(document), proposing);
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.detail ?? '', /0 cache points.*\n\n.*1 cache point/s);
    assert.match(edited(unmarked, edits), /know\. \n?<!-- cachePoint.*-->\n# user:/s);
  });

  it('shows the changes in the diff editor, and applies them when it is asked to', async () => {
    answers.push('Show Changes', 'Apply');
    const document = open('/ws/shown.bedrock.md', unmarked);
    await optimizePrompt(promptIn(document), proposing);
    const [command, left, right, title] = commands[0] ?? [];
    assert.deepEqual([command, left, title], ['vscode.diff', document.uri, 'shown.bedrock.md (Optimized)']);
    assert.equal((right as { readonly scheme: string }).scheme, proposalScheme);
    assert.match(edited(unmarked, edits), /<!-- cachePoint/);
  });

  it('changes nothing when the changes were shown and left at that', async () => {
    answers.push('Show Changes', undefined);
    await optimizePrompt(promptIn(open('/ws/left.bedrock.md', unmarked)), proposing);
    assert.equal(commands.length, 1);
    assert.deepEqual(edits, []);
  });

  it('says that the best cannot be better', async () => {
    answers.push('Apply');
    await optimizePrompt(promptIn(open('/ws/before.bedrock.md', unmarked)), proposing);
    const best = edited(unmarked, edits.splice(0));
    await optimizePrompt(promptIn(open('/ws/b.bedrock.md', best)), proposing);
    assert.match(shown[1]?.text ?? '', /best as they are/);
    assert.deepEqual(edits, []);
  });

  it('changes nothing when the person turns back, or went on typing', async () => {
    const document = open('/ws/c.bedrock.md', unmarked);
    await optimizePrompt(promptIn(document), proposing);
    const { showInformationMessage } = workspace.fake.vscode.window as unknown as Record<string, () => Promise<string>>;
    const answerWhileTyping = (): Promise<string> => {
      type(document, `${unmarked}More.\n`);
      return Promise.resolve('Apply');
    };
    Object.assign(workspace.fake.vscode.window, { showInformationMessage: answerWhileTyping });
    await optimizePrompt(promptIn(document), proposing);
    Object.assign(workspace.fake.vscode.window, { showInformationMessage });
    assert.equal(shown.length, 1);
    assert.deepEqual(edits, []);
  });

  it('says why where there is nothing to place', async () => {
    await optimizePrompt(promptIn(open('/ws/d.bedrock.md', '# user:\nHello\n')), proposing);
    assert.equal(shown.length, 1);
    assert.notEqual(shown[0]?.text, '');
    assert.deepEqual(edits, []);
  });
});

describe('comparing sample rows', () => {
  const withSamples = unmarked.replace('---\n# system', 'samples:\n  - question: Where is it?\n  - question: When?\n---\n# system');

  it('says what the rows share, and goes to the first difference', async () => {
    const document = open('/ws/e.bedrock.md', withSamples);
    answers.push('Show First Difference');
    await compareSamples(promptIn(document), deps);
    assert.match(shown[0]?.detail ?? '', /Rows 1 and 2 differ first/);
    assert.equal(selections[0]?.start.character, withSamples.lastIndexOf('{{question}}'));
  });

  it('offers no way to a difference that is not there', async () => {
    await compareSamples(promptIn(open('/ws/f.bedrock.md', unmarked)), deps);
    assert.deepEqual(shown[0]?.choices, []);
    assert.deepEqual(selections, []);
  });
});
