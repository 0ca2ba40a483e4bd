import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { RunPort } from '../../../../src/core/runs/port';
import { defaultSettings } from '../../../../src/core/settings';
import type * as flowModule from '../../../../src/editor/rows/flow';
import type * as knownModule from '../../../../src/editor/rows/known';
import type * as memoryModule from '../../../../src/editor/runs/warmMemory';
import type * as movedModule from '../../../../src/editor/rows/moved';
import type * as renamedModule from '../../../../src/editor/renamed';
import { readCsv } from '../../../../src/machine/csv';
import { lockJournal, openJournal, pruneJournals, readJournals } from '../../../../src/machine/journalFile';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { makeFolder } from '../../../support/folder';
import { fakeApiKeys, fakeBedrock, fakeEmulator, fakeMachine, unexpected } from '../../../support/fakePorts';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { localTarget, scripted, started } from '../../../support/scriptedRun';

const workspace = createFakeWorkspace();
Object.assign(workspace.fake.vscode.window, {
  withProgress: (_: unknown, work: () => unknown) => work(),
});
const { deps, knownBatches, movedBatch, moveJournals, moveKeyOf, newBatch, resumeBatch, WarmMemory } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/rows/flow') as typeof flowModule),
  ...(require('../../../../src/editor/rows/known') as typeof knownModule),
  ...(require('../../../../src/editor/rows/moved') as typeof movedModule),
  ...(require('../../../../src/editor/runs/warmMemory') as typeof memoryModule),
  ...(require('../../../../src/editor/renamed') as typeof renamedModule),
}));

const { Uri } = workspace.fake.vscode;
const ref = { uri: Uri.file('/desk.bedrock.md'), id: 'only' };
const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const prompt = analyzeOnly(
  `---\nmodelId: ${modelId}\nvariables:\n  question: { varies: request }\n---\n# system:\n${'Be kind. '.repeat(900)}\n<!-- cachePoint -->\n# user:\n{{question}}\n`,
  'bedrock-prompt',
  filesFrom({}),
  defaultSettings,
);
const folder = makeFolder();
after(() => folder.remove());
let made = 0;

const makeFlow = (analysis = prompt, machine: Partial<knownModule.FlowDeps['rows']> = {}) => {
  const sent: string[] = [];
  const run: RunPort = (call, target, signal) => {
    sent.push(JSON.stringify(call.body));
    return scripted([
      started(),
      { type: 'text', at: 2, delta: 'Yes.' },
      { type: 'usage', at: 3, usage: { input: 8, output: 2, cacheRead: 0, cacheWrite: 0, writes: [] }, latencyMs: 3 },
      { type: 'finished', at: 4, requestId: 'r', attempts: 1 },
    ])(call, target, signal);
  };
  const flow: knownModule.FlowDeps = {
    ...deps,
    rows: {
      readCsv,
      matchesPattern: unexpected('matchesPattern'),
      openJournal,
      lockJournal,
      readJournals,
      pruneJournals,
      digestOf: () => Promise.resolve((text) => engine.hashOf(text)),
      ...machine,
    },
    bedrock: () => Promise.resolve(fakeBedrock({ run })),
    runnable: () => Promise.resolve(analysis),
    readyTarget: () => Promise.resolve(localTarget),
    agree: () => Promise.resolve({ settle: () => Promise.resolve() }),
    warm: new WarmMemory(() => engine),
    history: () => ({
      keep: () => Promise.resolve(),
      answersOf: () => Promise.resolve(new Map()),
      showCall: unexpected('showCall'),
      warmBefore: unexpected('warmBefore'),
    }),
    emulator: fakeEmulator(),
    machine: fakeMachine(),
    apiKeys: fakeApiKeys(),
    extension: Uri.file('/extension'),
    storage: Uri.file(folder.at(`storage ${(made += 1)}`)),
  };
  return { flow, sent };
};
const addressOf = (path: string): string => Uri.file(path).toString();
const csv = (text: string): flowModule.RowsChoice => {
  workspace.disk.set('/rows.csv', text);
  return { source: { kind: 'csv', name: 'rows.csv', path: addressOf('/rows.csv') }, models: [modelId] };
};

describe('rows of a file', () => {
  beforeEach(() => workspace.shown.splice(0));
  const said = (): string => workspace.shown.map(({ text }) => text).join('\n');

  it('with wrong columns are refused by their names, before anything is sent or written', async () => {
    const { flow, sent } = makeFlow();
    assert.equal(await newBatch(ref, prompt, csv('questoin,customer\nWhen?,Ann\n'), flow), undefined);
    assert.match(said(), /Nothing was sent\. rows\.csv: .*“questoin” \(did you mean “question”\?\), “customer”.*missing.*“question”/);
    assert.deepEqual([sent, await knownBatches(flow)], [[], []]);
  });

  it('whose values make a request that cannot be are refused before anything is sent', async () => {
    const { flow, sent } = makeFlow();
    assert.equal(await newBatch(ref, prompt, csv('question\nWhen?\n" "\n'), flow), undefined);
    assert.match(said(), /Nothing was sent\. Row 2 was refused: its values leave a text of the request empty/);
    assert.deepEqual([sent, await knownBatches(flow)], [[], []]);
  });

  it('that are gone are told of', async () => {
    const { flow } = makeFlow();
    const source = { kind: 'csv', name: 'gone.csv', path: addressOf('/gone.csv') } as const;
    assert.equal(await newBatch(ref, prompt, { source, models: [modelId] }, flow), undefined);
    assert.match(said(), /gone\.csv: It cannot be read/);
  });

  it('are not begun where the disk is full, which is said once', async () => {
    const full = (): Promise<never> => Promise.reject(new Error('ENOSPC: no space left on device'));
    const { flow, sent } = makeFlow(prompt, { openJournal: () => Promise.resolve({ append: full, close: () => Promise.resolve() }) });
    assert.equal(await newBatch(ref, prompt, csv('question\nWhen?\n'), flow), undefined);
    assert.equal(workspace.shown.length, 1);
    assert.match(said(), /Nothing was sent: .*ENOSPC/);
    assert.deepEqual(sent, []);
  });

  it('stop where the disk gets full, which is said once, and no further row leaves', async () => {
    let lines = 0;
    const { flow, sent } = makeFlow(prompt, {
      openJournal: async (path) => {
        const journal = await openJournal(path);
        return {
          append: (text) => ((lines += 1) > 4 ? Promise.reject(new Error('ENOSPC: no space left on device')) : journal.append(text)),
          close: () => journal.close(),
        };
      },
    });
    const batch = await newBatch(ref, prompt, csv('question\nOne?\nTwo?\nThree?\nFour?\nFive?\nSix?\n'), flow);
    assert.ok(batch !== undefined);
    await batch.start();
    assert.match(batch.head.notice, /No further row is sent: .*ENOSPC/);
    assert.ok(sent.length < 6, `${sent.length} left`);
    const before = sent.length;
    assert.deepEqual(workspace.shown, []);
    await batch.close();
    assert.equal(sent.length, before);
  });
});

describe('rows whose files get other names', () => {
  const moves = (from: string, to: string) => moveKeyOf([{ oldUri: Uri.file(from), newUri: Uri.file(to) }]);

  it('are found under the new name, and go on with the file of their rows', async () => {
    const { flow, sent } = makeFlow();
    const batch = await newBatch(ref, prompt, csv('question\nWhen?\nWhere?\n'), flow);
    await batch?.close();
    await moveJournals(moves('/desk.bedrock.md', '/help/front.bedrock.md'), () => false, flow);
    await moveJournals(moves('/rows.csv', '/questions.csv'), () => false, flow);
    await moveJournals(moves('/other.bedrock.md', '/another.bedrock.md'), () => false, flow);
    const [known] = await knownBatches(flow);
    assert.ok(known !== undefined);
    assert.deepEqual(known.record.batch.prompt, { uri: addressOf('/help/front.bedrock.md'), id: 'only', name: 'front.bedrock.md' });
    assert.deepEqual(known.record.batch.source, { kind: 'csv', name: 'questions.csv', path: addressOf('/questions.csv') });
    workspace.disk.delete('/rows.csv');
    workspace.disk.set('/questions.csv', 'question\nWhen?\nWhere?\n');
    const again = await resumeBatch(known, flow);
    await again?.start();
    assert.equal(sent.length, 2);
    assert.equal(again?.head.state, 'over');
    await again.close();
  });

  it('are followed while they are open, too', async () => {
    const { flow } = makeFlow();
    const batch = await newBatch(ref, prompt, csv('question\nWhen?\n'), flow);
    assert.ok(batch !== undefined);
    const to = movedBatch(batch.record.batch, moves('/desk.bedrock.md', '/front.bedrock.md'));
    assert.ok(to !== undefined);
    await batch.moved(to);
    assert.equal(batch.name, 'front.bedrock.md');
    await batch.start();
    await batch.close();
    const [known] = await knownBatches(flow);
    assert.equal(known?.record.batch.prompt.name, 'front.bedrock.md');
    assert.equal(known.record.over, 'done');
  });
});
