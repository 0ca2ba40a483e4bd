import assert from 'node:assert/strict';
import type { CancellationToken, InlayHint, InlayHintsProvider, Range, TextDocument } from 'vscode';
import type * as assistanceModule from '../../../../src/editor/language/assistance';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, open, type, set, log } = workspace;
let provider: InlayHintsProvider | undefined;
const { registerInlayHintsProvider } = fake.vscode.languages as unknown as { registerInlayHintsProvider(): { dispose(): void } };
Object.assign(fake.vscode, {
  InlayHint: class {
    constructor(
      readonly position: unknown,
      readonly label: string,
    ) {}
  },
  languages: new Proxy(fake.vscode.languages, {
    get: (all: object, name) =>
      name === 'registerInlayHintsProvider'
        ? (_language: unknown, registered: InlayHintsProvider) => ((provider = registered), registerInlayHintsProvider())
        : (Reflect.get(all, name) as unknown),
  }),
});
const { registerAssistance, deps } = loadFeatures(
  workspace,
  () => require('../../../../src/editor/language/assistance') as typeof assistanceModule,
);

const text = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# system:\n## Returns\nWithin 30 days.\n# user:\nHello\n';

describe('tokens of headings', () => {
  const registered = registerAssistance(deps, deps.assist);
  after(() => {
    registered.dispose();
    assert.deepEqual(log.errors, []);
  });
  const hintsOf = async (document: TextDocument, from: number, to: number): Promise<readonly (readonly [number, string])[]> => {
    const range = { start: { line: 0, character: from }, end: { line: 0, character: to } } as Range;
    const hints = (await provider?.provideInlayHints(document, range, {} as CancellationToken)) ?? [];
    return hints.map(({ position, label }: InlayHint) => [position.character, String(label)]);
  };

  it('stand after the lines in sight, and only where the setting wants them', async () => {
    const document = open('/ws/desk.bedrock.md', text);
    assert.deepEqual(await hintsOf(document, 0, text.length), []);
    let told = 0;
    const listening = provider?.onDidChangeInlayHints?.(() => (told += 1));
    set({ headingTokens: true });
    assert.ok(told > 0, 'VS Code is told to ask again');
    const all = await hintsOf(document, 0, text.length);
    const ends = ['# system:', '## Returns', '# user:'].map((line) => text.indexOf(line) + line.length);
    assert.deepEqual(
      all.map(([at]) => at),
      ends,
    );
    for (const [, label] of all) assert.match(label, /^≈ \d+ tok$/);
    const system = text.indexOf('# system:');
    assert.deepEqual(await hintsOf(document, system, system + 3), all.slice(0, 1));
    type(document, text.replace('Within 30 days.', 'Within 30 days, with all that came in the parcel.'));
    const [, longer] = await hintsOf(document, 0, text.length);
    assert.ok(Number(/\d+/.exec(longer?.[1] ?? '')?.[0]) > Number(/\d+/.exec(all[1]?.[1] ?? '')?.[0]));
    set({ headingTokens: false });
    assert.deepEqual(await hintsOf(document, 0, text.length), []);
    listening?.dispose();
  });
});
