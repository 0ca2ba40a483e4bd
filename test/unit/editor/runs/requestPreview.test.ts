import assert from 'node:assert/strict';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type { PreviewChoice } from '../../../../src/editor/runs/choosePreview';
import type * as previewModule from '../../../../src/editor/runs/requestPreview';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const shown: { readonly uri: { readonly path: string }; readonly options: unknown; readonly language: string }[] = [];
let provider: { provideTextDocumentContent(uri: unknown): string } | undefined;
Object.assign(workspace.fake.vscode.workspace, {
  registerTextDocumentContentProvider: (_scheme: string, one: typeof provider) => {
    provider = one;
    return { dispose: () => undefined };
  },
  openTextDocument: (uri: unknown) => Promise.resolve({ uri }),
});
let language = '';
Object.assign(workspace.fake.vscode, {
  languages: { setTextDocumentLanguage: (_document: unknown, id: string) => Promise.resolve((language = id)) },
});
Object.assign(workspace.fake.vscode.window, {
  showTextDocument: ({ uri }: { readonly uri: { readonly path: string } }, options: unknown) =>
    Promise.resolve(shown.push({ uri, options, language })),
});

const { RequestPreview, deps } = loadFeatures(
  workspace,
  () => require('../../../../src/editor/runs/requestPreview') as typeof previewModule,
);

const text = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
variables:
  name: { example: Ada }
samples:
  - name: Grace
  - name: |
      Alan
      Turing
---
# user:
Hello {{name}}
`;

describe('the preview of a request', () => {
  let document: ReturnType<typeof workspace.open>;
  let preview: InstanceType<typeof RequestPreview>;
  before(() => {
    document = workspace.open('/ws/desk.bedrock.md', text);
    preview = new RequestPreview(deps.engine, deps.store, deps.settings, deps.assist);
  });
  after(() => {
    preview.dispose();
    workspace.close(document);
  });
  const show = async (choice?: PreviewChoice) => {
    await preview.show({ uri: document.uri, id: onlyPrompt }, choice);
    const last = shown.at(-1);
    assert.ok(last && provider);
    return { ...last, content: provider.provideTextDocumentContent(last.uri) };
  };

  it('shows the examples as JSON, and leaves the focus in the prompt', async () => {
    const { uri, options, content, language: id } = await show();
    assert.equal(uri.path, '/ws/desk.bedrock.md.request.json');
    assert.equal((options as { readonly preserveFocus?: boolean }).preserveFocus, true);
    assert.equal(id, 'jsonc');
    assert.match(content, /"text": "Hello Ada"/);
  });

  it('shows any sample row, and says so in its name', async () => {
    const { uri, content } = await show({ sample: 0, form: 'json' });
    assert.equal(uri.path, '/ws/desk.bedrock.md.sample-1.request.json');
    assert.match(content, /"text": "Hello Grace"/);
  });

  it('shows texts with their lines', async () => {
    const { uri, content, language: id } = await show({ sample: 1, form: 'text' });
    assert.equal(uri.path, '/ws/desk.bedrock.md.sample-2.request.txt');
    assert.equal(id, 'plaintext');
    assert.match(content, /── messages\[0\] \(user\)\.content\[0\]\.text ─+\nHello Alan\nTuring\n/);
  });

  it('shows the examples where a row is gone', async () => {
    assert.match((await show({ sample: 7, form: 'json' })).content, /Hello Ada/);
  });
});
