import assert from 'node:assert/strict';
import type * as cacheMapModule from '../../../../src/editor/language/cacheMap';
import { useFakeTimers } from '../../../support/fakeTimers';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, open, close, type } = workspace;
const { EventEmitter, ThemeColor, Uri } = fake.vscode;
const moved = new EventEmitter<unknown>();
interface Style {
  readonly backgroundColor?: { readonly id: string };
  dispose(): void;
}
Object.assign(fake.vscode.window, {
  onDidChangeTextEditorSelection: moved.event,
  onDidChangeVisibleTextEditors: new EventEmitter<unknown>().event,
  createTextEditorDecorationType: (options: object): Style => ({ ...options, dispose: () => undefined }),
});
Object.assign(fake.vscode, { ThemeColor });
const { registerDecorations, deps } = loadFeatures(
  workspace,
  () => require('../../../../src/editor/language/cacheMap') as typeof cacheMapModule,
);

const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
---
# system:
${'A rule of the desk. '.repeat(800)}
<!-- cachePoint -->
# user:
Hello
`;

describe('the tints of a prompt', () => {
  const pass = useFakeTimers();
  const none = { styleOf: () => undefined, promptsOf: () => [], closed: () => [], onDidChange: new EventEmitter<void>().event };
  const painted = new Map<string, number>();
  let document: ReturnType<typeof open>;
  let cursor: number;
  let registered: { dispose(): unknown };
  const tints = () => [...painted].filter(([, count]) => count > 0).map(([id]) => id);
  const write = (next: string, at: number) => {
    cursor = at;
    type(document, next, 0);
  };
  const begin = async (start: string) => {
    document = open('/ws/desk.bedrock.md', start);
    const editor = {
      document,
      get selection() {
        return { active: { line: 0, character: cursor } };
      },
      setDecorations: ({ backgroundColor }: Style, places: readonly unknown[]) => {
        if (backgroundColor !== undefined) painted.set(backgroundColor.id.replace(/^cachepoint\.|Background$/g, ''), places.length);
      },
    };
    Object.assign(fake.vscode.window, { visibleTextEditors: [editor], activeTextEditor: editor });
    registered = registerDecorations(deps, Uri.file('/extension'), { ...none, dispose: () => undefined });
    await pass(200);
  };
  beforeEach(() => painted.clear());
  afterEach(() => {
    registered.dispose();
    close(document);
  });
  const at = text.indexOf('A rule') + 7;
  const half = `${text.slice(0, at)}{{na}}${text.slice(at)}`;

  it('do not turn red while a name is half typed', async () => {
    await begin(text);
    assert.deepEqual(tints(), ['checkpoint1', 'unmarked']);
    write(half, at + 4);
    await pass(200);
    assert.deepEqual(tints(), ['checkpoint1', 'unmarked']);
    await pass(2_000);
    assert.deepEqual(tints(), ['varying']);
  });

  it('turn red once the cursor leaves the line', async () => {
    await begin(text);
    write(half, at + 4);
    await pass(200);
    moved.fire({ textEditor: { document }, selections: [{ active: { line: 3 } }] });
    await pass(200);
    assert.ok(tints().includes('varying'));
  });

  it('go on while somebody types where a name was red before', async () => {
    await begin(half);
    assert.ok(tints().includes('varying'));
    write(half.replace('{{na}}', '{{nam}}'), at + 5);
    await pass(200);
    assert.ok(tints().includes('varying'));
    write(text, at);
    await pass(200);
    assert.deepEqual(tints(), ['checkpoint1', 'unmarked']);
  });
});
