import assert from 'node:assert/strict';
import type { Memento, Uri } from 'vscode';
import { noCalibration, observe, observationsOf, hashOf, type Calibration } from '../../../src/core/tokens/calibrate';
import { recent } from '../../../src/core/text/recent';
import type { PromptDocuments } from '../../../src/editor/documents/promptDocuments';
import type * as documentsModule from '../../../src/editor/documents/promptDocuments';
import type * as memoryModule from '../../../src/editor/runs/calibrationMemory';
import type * as recordedModule from '../../../src/editor/runs/recordedAnswers';
import type * as renamedModule from '../../../src/editor/renamed';
import type * as linksModule from '../../../src/editor/stored/links';
import * as engine from '../../../src/core/engine';
import { createFakeWorkspace, fakeDocument, loadFeatures } from '../../support/fakeWorkspace';
import { createMemento } from '../../support/memento';

const workspace = createFakeWorkspace();
const { fake } = workspace;
Object.assign(fake.vscode.workspace, { asRelativePath: ({ path }: Uri) => path.slice(1) });
const { followRenamed, moveKeyOf, CalibrationMemory, RecordedAnswersMemory, createPromptDocuments, linkOf, keepLink, deps } = loadFeatures(
  workspace,
  () => ({
    ...(require('../../../src/editor/renamed') as typeof renamedModule),
    ...(require('../../../src/editor/runs/calibrationMemory') as typeof memoryModule),
    ...(require('../../../src/editor/runs/recordedAnswers') as typeof recordedModule),
    ...(require('../../../src/editor/documents/promptDocuments') as typeof documentsModule),
    ...(require('../../../src/editor/stored/links') as typeof linksModule),
  }),
);

const uriOf = (path: string): Uri => fake.vscode.Uri.file(path);
const rename = (from: string, to: string) => [{ oldUri: uriOf(from), newUri: uriOf(to) }];
const refTo = (path: string, id = 'only') => ({ uri: uriOf(path), id });

const observation = (file: string) => ({
  ...{ file: hashOf(file), request: 'r', estimated: 100, counted: 110, text: 90, band: 0.1 },
  ...({ shape: 'text', at: 1, source: 'run', estimator: 1 } as const),
});

describe('files that get other names', () => {
  it('move the keys of themselves, of their prompts and cells, and of what lies below a folder, and of nothing that begins alike', () => {
    const move = moveKeyOf([...rename('/ws/a.ipynb', '/ws/b.ipynb'), ...rename('/ws/old', '/ws/new')]);
    for (const [from, to] of [
      ['file:/ws/a.ipynb', 'file:/ws/b.ipynb'],
      ['file:/ws/a.ipynb 2', 'file:/ws/b.ipynb 2'],
      ['vscode-notebook-cell:/ws/a.ipynb', 'vscode-notebook-cell:/ws/b.ipynb'],
      ['vscode-notebook-cell:/ws/a.ipynb#W0', 'vscode-notebook-cell:/ws/b.ipynb#W0'],
      ['file:/ws/old/deep/x.bedrock.md 1', 'file:/ws/new/deep/x.bedrock.md 1'],
      ['file:/ws/a.ipynb.bak', 'file:/ws/a.ipynb.bak'],
      ['file:/ws/older/x', 'file:/ws/older/x'],
      ['vscode-remote:/ws/a.ipynb', 'vscode-remote:/ws/a.ipynb'],
    ] as const)
      assert.equal(move(from), to);
  });

  it('keep values, choices, what they are treated as, what runs taught and which stored prompt is theirs', async () => {
    const state = createMemento() as ReturnType<typeof createMemento> & Memento;
    const global = createMemento() as ReturnType<typeof createMemento> & Memento;
    const surroundings = {
      pathOf: ({ path }: Uri) => path,
      wholeOf: (one: never) => ({ uri: (one as { uri: Uri }).uri, documents: [one] }),
      isListed: () => false,
    };
    const documents: PromptDocuments = createPromptDocuments(state, surroundings);
    const recorded = new RecordedAnswersMemory(state);
    const calibration = ['file:/ws/a.md', 'file:/ws/a.md 2', 'file:/ws/other.md'].reduce<Calibration>(
      (all, file) => observe(all, 'model', observation(file)),
      noCalibration,
    );
    await global.update('cachepoint.calibration', calibration);
    const memory = new CalibrationMemory(global, () => engine, deps.log);
    memory.contextFor(refTo('/ws/a.md', '2'));
    await documents.treatAsPrompt(uriOf('/ws/a.md'), true);
    await documents.treatAsPrompt(uriOf('/ws/other.md'), false);
    await recorded.choose(refTo('/ws/a.md'), 'window');
    const link = { id: 'P', name: 'desk', variant: 'v', updatedAt: 1 };
    await keepLink(refTo('/ws/a.md'), link, { state });
    await state.update('cachepoint.recordedAnswers', [{ key: 'k', subject: 'file:/ws/a.md', at: 1, said: [] }]);
    const values = recent<string, string>(5);
    values.set('file:/ws/a.md', 'last');
    values.set('file:/ws/b.md', 'written over');
    const refreshed: string[] = [];
    await followRenamed(rename('/ws/a.md', '/ws/b.md'), {
      state,
      documents,
      memory,
      keepers: [recorded, { moveKeys: (move) => values.rekey(move) }],
      refresh: ({ path }) => void refreshed.push(path),
    });
    assert.deepEqual(JSON.parse(JSON.stringify(state.get('cachepoint.promptFiles'))), {
      'file:/ws/other.md': false,
      'file:/ws/b.md': true,
    });
    const looked = (path: string) => documents.formatOf(fakeDocument(uriOf(path), '', 'markdown'));
    assert.deepEqual([looked('/ws/a.md'), looked('/ws/b.md')], [undefined, 'plain-text']);
    assert.deepEqual(refreshed, ['/ws/b.md']);
    assert.deepEqual([recorded.chosenFor(refTo('/ws/a.md')), recorded.chosenFor(refTo('/ws/b.md'))], [undefined, 'window']);
    assert.deepEqual([linkOf(refTo('/ws/a.md'), { state }), linkOf(refTo('/ws/b.md'), { state })], [undefined, link]);
    assert.deepEqual(state.get('cachepoint.recordedAnswers'), [{ key: 'k', subject: 'file:/ws/b.md', at: 1, said: [] }]);
    assert.deepEqual([values.get('file:/ws/a.md'), values.get('file:/ws/b.md')], [undefined, 'last']);
    assert.deepEqual(
      observationsOf(memory.current, 'model')
        .map(({ file }) => file)
        .sort(),
      ['file:/ws/b.md', 'file:/ws/b.md 2', 'file:/ws/other.md'].map(hashOf).sort(),
    );
  });
});
