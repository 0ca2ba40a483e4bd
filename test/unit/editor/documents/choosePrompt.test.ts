import assert from 'node:assert/strict';
import type { Position, TextDocument } from 'vscode';
import { analyzeWith, type DocumentAnalysis } from '../../../../src/core/analysis';
import type { PromptEntry } from '../../../../src/core/formats/format';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { span } from '../../../../src/core/text/span';
import type * as chooseModule from '../../../../src/editor/documents/choosePrompt';
import type { FeatureDeps } from '../../../../src/editor/feature';
import { loadEditor } from '../../../support/fakeVscode';
import { createFakeWorkspace } from '../../../support/fakeWorkspace';
import { parseOnly } from '../../../support/onlyPrompt';

const { fake, documents, open, close, shown } = createFakeWorkspace();
const { activePrompt, findPrompt, promptAt, promptFor } = loadEditor(
  fake,
  () => require('../../../../src/editor/documents/choosePrompt') as typeof chooseModule,
);

const text = '# user:\nHello.\n# user:\nAgain.\n';
const entry = (id: string, start: number, end: number): PromptEntry => ({
  id,
  title: `Prompt ${id}`,
  head: span(start, start),
  span: span(start, end),
  read: () => parseOnly(text, 'bedrock-prompt', noFiles),
});
const holding = (...prompts: readonly PromptEntry[]): DocumentAnalysis =>
  analyzeWith(() => ({ prompts, problems: [], files: [] }), text, 'bedrock-prompt', defaultSettings);

let held: DocumentAnalysis | undefined;
const deps = {
  store: { get: () => held, holdsPrompt: ({ languageId }: TextDocument) => languageId === 'bedrock-prompt' },
} as unknown as FeatureDeps; // the members that are used here

const two = holding(entry('a', 0, 10), entry('b', 15, 25));
const one = holding(entry('only', 0, text.length));

/** Positions of the fake workspace are offsets in one long line. */
const at = (character: number) => ({ line: 0, character }) as Position;
const picks: { readonly labels: readonly string[] }[] = [];
let answer: string | undefined;
Object.assign(fake.vscode.window, {
  showQuickPick: (items: readonly { readonly id: string; readonly label: string }[]) => {
    picks.push({ labels: items.map(({ label }) => label) });
    return Promise.resolve(items.find(({ id }) => id === answer));
  },
});

describe('the prompt that a command means', () => {
  let document: TextDocument;
  const activate = (cursor: number | undefined): void => {
    const editor = cursor === undefined ? undefined : { document, selection: { active: at(cursor) } };
    Object.assign(fake.vscode.window, { activeTextEditor: editor });
  };
  beforeEach(() => {
    document = Object.assign(open('/ws/a.bedrock.md', text), { offsetAt: ({ character }: Position) => character });
    [held, answer] = [two, undefined];
    for (const list of [picks, shown]) list.splice(0);
    activate(undefined);
  });
  afterEach(() => {
    for (const opened of [...documents]) close(opened);
    activate(undefined);
  });

  it('is the one at a place, or the only one wherever the place is', () => {
    assert.equal(promptAt(document, at(3), deps)?.id, 'a');
    assert.equal(promptAt(document, at(20), deps)?.id, 'b');
    assert.equal(promptAt(document, at(12), deps), undefined);
    assert.equal(promptAt(document, undefined, deps), undefined);
    held = one;
    assert.equal(promptAt(document, undefined, deps)?.id, 'only');
    held = undefined;
    assert.equal(promptAt(document, at(3), deps), undefined);
  });

  it('is the one at the cursor of the active editor', async () => {
    activate(20);
    assert.equal(activePrompt(deps)?.id, 'b');
    assert.equal((await findPrompt(undefined, deps))?.ref.id, 'b');
    assert.equal((await findPrompt(document.uri, deps))?.ref.id, 'b');
    assert.deepEqual(picks, []);
  });

  it('is what it was called on, wherever the cursor is', async () => {
    activate(3);
    assert.equal((await findPrompt({ uri: document.uri, id: 'b' }, deps))?.ref.id, 'b');
    assert.deepEqual(picks, []);
  });

  it('is the one that the person picks where the cursor is in none', async () => {
    activate(12);
    answer = 'b';
    assert.equal((await promptFor(undefined, deps))?.ref.id, 'b');
    assert.deepEqual(picks, [{ labels: ['Prompt a', 'Prompt b'] }]);
    answer = undefined;
    assert.equal(await promptFor(undefined, deps), undefined);
    assert.equal(shown.length, 0, 'whoever turns back is told nothing');
  });

  it('is asked for where an edit removed what it was called on', async () => {
    answer = 'a';
    assert.equal((await findPrompt({ uri: document.uri, id: 'gone' }, deps))?.ref.id, 'a');
    assert.equal(picks.length, 1);
  });

  it('is none in other documents, and in those that cannot be opened', async () => {
    const other = open('/ws/a.md', text, 'markdown');
    assert.equal(await findPrompt(other.uri, deps), undefined);
    assert.equal(await findPrompt(undefined, deps), undefined);
    assert.equal(shown.length, 0);
    close(other);
    assert.equal(await promptFor(other.uri, deps), undefined);
    assert.match(shown.map((message) => message.text).join(), /^Open a prompt first: [^,]*, or JSON that is a Converse request[^,]*$/);
  });
});
