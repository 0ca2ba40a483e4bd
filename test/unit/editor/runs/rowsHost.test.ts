import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { Target } from '../../../../src/core/runs/port';
import type { PlannedCost } from '../../../../src/core/money/spending';
import { defaultSettings } from '../../../../src/core/settings';
import type * as hostModule from '../../../../src/editor/runs/rowsHost';
import { destinationDeps, fakeDeps } from '../../../support/fakePorts';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { localTarget } from '../../../support/scriptedRun';

const fake = createFakeVscode();
const { createRowsHost } = loadEditor(fake, () => require('../../../../src/editor/runs/rowsHost') as typeof hostModule);

const text = `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\ninferenceConfig: { maxTokens: 100 }\n---\n# user:\n${'Hello '.repeat(200)}\n`;
const analysis = analyzeOnly(text, 'bedrock-prompt', filesFrom({}), defaultSettings);
const aws: Target = { ...localTarget, service: 'aws', endpoint: undefined, region: 'us-east-1' };

describe('whether a batch may be sent', () => {
  const said: { readonly text: string; readonly detail: string | undefined }[] = [];
  const booked: PlannedCost[] = [];
  const settled: (number | undefined)[] = [];
  let answer: string | undefined;
  beforeEach(() => {
    for (const list of [said, booked, settled]) list.splice(0);
    answer = 'Send to Amazon Bedrock';
    const show = (all: string, options?: { readonly detail?: string }) => {
      said.push({ text: all, detail: options?.detail });
      return Promise.resolve(answer);
    };
    Object.assign(fake.vscode.window, { showWarningMessage: show, showErrorMessage: show });
  });

  const host = (limit = 0, spent = 0, failure?: RunFailure) =>
    createRowsHost({
      ...fakeDeps(),
      ...destinationDeps({
        readyCall: () =>
          Promise.resolve(
            failure === undefined
              ? { place: { name: 'Amazon Bedrock', address: 'a', region: 'us-east-1', identity: 'role desk' } }
              : { failure },
          ),
      }),
      engine: () => engine,
      formats: numberFormats('en'),
      spending: {
        today: () => Promise.resolve({ usd: spent, unpriced: 0 }),
        judge: (planned: PlannedCost) =>
          Promise.resolve(
            limit > 0 && spent + (planned.usd ?? 0) > limit
              ? { kind: 'overLimit', spent: { usd: spent, unpriced: 0 }, limitUsd: limit }
              : { kind: 'go' },
          ),
        book: (planned: PlannedCost) => {
          booked.push(planned);
          return Promise.resolve({ settle: (usd: number | undefined) => Promise.resolve(void settled.push(usd)) });
        },
      },
    });
  const ask = (target: Target, usd: readonly [number, number] | undefined = [0.01, 0.5]) => ({
    calls: 40,
    usd,
    target,
    analysis,
    question: (destination: string) => `${destination} 40 calls.`,
  });

  it('is not asked of the emulator, which costs nothing', async () => {
    await (await host().agree(ask(localTarget)))?.settle(1);
    assert.deepEqual([said, booked, settled], [[], [], []]);
  });

  it('is asked each time of calls that leave this machine, with where they go and as whom', async () => {
    const agreement = await host().agree(ask(aws));
    assert.equal(said[0]?.text, 'Send 40 calls to Amazon Bedrock?');
    assert.match(said[0]?.detail ?? '', /us-east-1.*signed as role desk\. 40 calls\.$/);
    assert.deepEqual(
      booked.map(({ calls, usd }) => [calls, usd]),
      [[40, 0.5]],
    );
    await agreement?.settle(0.2);
    assert.deepEqual(settled, [0.2]);
  });

  it('is no where the person turns back, and nothing is counted', async () => {
    answer = undefined;
    assert.equal(await host().agree(ask(aws)), undefined);
    assert.deepEqual(booked, []);
  });

  it('is no where the day would cost more than its limit, unasked', async () => {
    answer = undefined;
    assert.equal(await host(1, 0.8).agree(ask(aws)), undefined);
    assert.equal(said.length, 1);
    assert.doesNotMatch(said[0]?.text ?? '', /^Send/);
    assert.deepEqual(booked, []);
  });

  it('counts by the person’s own prices where those of the workspace say less', async () => {
    await host().agree(ask(aws, [0, 0]));
    assert.ok((booked[0]?.usd ?? 0) > 0.01, String(booked[0]?.usd));
  });

  it('is no where a call cannot start, which is said before anything is asked', async () => {
    const failure = { code: 'credentials', reason: 'missing', profile: undefined, detail: '', requestId: undefined } as const;
    assert.equal(await host(0, 0, failure).agree(ask(aws)), undefined);
    assert.match(said[0]?.text ?? '', /^Nothing was sent\. /);
    assert.equal(said.length, 1);
  });
});
