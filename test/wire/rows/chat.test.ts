import assert from 'node:assert/strict';
import { disposeClients, run } from '../../../src/bedrock';
import { predictCalls } from '../../../src/core/change/predict';
import { nextRequest, type UserTurn } from '../../../src/core/chat/nextTurn';
import { noFiles } from '../../../src/core/prompt/files';
import type { ContentBlock, ConverseRequest } from '../../../src/core/request/types';
import { reduceRun, startRecord, type RunRecord } from '../../../src/core/runs/record';
import { defaultSettings } from '../../../src/core/settings';
import { createEmulator } from '../../../src/emulator/server';
import type { Emulator } from '../../../src/emulator/options';
import { analyzeOnly } from '../../support/onlyPrompt';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const point = { cachePoint: { type: 'default' } } as const;

describe('a conversation that goes on', function () {
  this.timeout(60_000);

  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await createEmulator({ speed: 0 });
    process.env['AWS_ACCESS_KEY_ID'] = 'a';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'b';
  });
  afterEach(async () => {
    disposeClients();
    await emulator.close();
  });

  const send = async (body: ConverseRequest): Promise<RunRecord> => {
    const start = {
      id: '',
      pair: undefined,
      file: '',
      subject: '',
      modelId: model,
      modelName: '',
      service: 'emulator',
      endpoint: '',
      startedAt: 0,
    } as const;
    let record = startRecord({ ...start, prediction: undefined, prices: undefined });
    const target = {
      service: 'emulator',
      endpoint: emulator.url,
      region: 'us-east-1',
      profile: undefined,
      timeoutMs: 9_000,
      maxAttempts: 1,
    } as const;
    for await (const event of run({ api: 'converse', modelId: model, body }, target, new AbortController().signal))
      record = reduceRun(record, event);
    assert.equal(record.state, 'finished', JSON.stringify(record.failure));
    return record;
  };
  const planOf = (body: ConverseRequest) => analyzeOnly(JSON.stringify(body), 'json', noFiles, defaultSettings).plan;

  /** Goes on for some turns; gives what each call read and wrote beside what was predicted of it. */
  const play = async (
    first: ConverseRequest,
    turns: number,
    answer: (turn: number) => readonly ContentBlock[],
    turnOf: (turn: number) => UserTurn,
  ) => {
    const sent: ConverseRequest[] = [first];
    const records: RunRecord[] = [await send(first)];
    for (let turn = 1; turn < turns; turn += 1) {
      const next = nextRequest(sent.at(-1) ?? first, answer(turn), turnOf(turn), planOf(first).caching);
      sent.push(next);
      records.push(await send(next));
    }
    const predicted = predictCalls(sent.map((request, at) => ({ request, plan: planOf(request), at })));
    return { usages: records.map(({ usage }) => ({ read: usage?.cacheRead ?? 0, written: usage?.cacheWrite ?? 0 })), predicted };
  };
  const first: ConverseRequest = {
    modelId: model,
    system: [{ text: 'Answer as the house rules say. '.repeat(300) }, point],
    messages: [{ role: 'user', content: [{ text: 'Which words? '.repeat(60) }, point] }],
  };

  const holds = ({ usages, predicted }: Awaited<ReturnType<typeof play>>): void => {
    for (const [at, { read, written }] of usages.entries()) {
      const before = usages[at - 1];
      // Each call reads all that the one before read and wrote.
      assert.equal(read, before === undefined ? 0 : before.read + before.written, `turn ${at + 1}`);
      const { cacheRead, cacheWrite } = predicted[at] ?? assert.fail();
      assert.ok(
        cacheRead.low <= read && read <= cacheRead.high,
        `turn ${at + 1}: ${read} read, ${cacheRead.low} to ${cacheRead.high} predicted`,
      );
      assert.ok(
        cacheWrite.low <= written && written <= cacheWrite.high,
        `turn ${at + 1}: ${written} written, ${cacheWrite.low} to ${cacheWrite.high}`,
      );
    }
  };

  it('reads everything before it, turn by turn, as predicted', async () => {
    holds(
      await play(
        first,
        6,
        (turn) => [{ text: `Answer ${turn}. `.repeat(50) }],
        (turn) => ({ results: [], text: `Question ${turn}? `.repeat(40) }),
      ),
    );
  });

  it('does so with more blocks in a turn than the model looks back', async () => {
    const calls = (turn: number): readonly ContentBlock[] =>
      Array.from({ length: 15 }, (_, at) => ({ toolUse: { toolUseId: `t${turn}-${at}`, name: 'find', input: { word: `word ${at}` } } }));
    const results = (turn: number): UserTurn => ({
      results: Array.from({ length: 15 }, (_, at) => ({ toolUseId: `t${turn}-${at}`, content: [{ text: `Result ${at}. `.repeat(20) }] })),
      text: '',
    });
    const tools = { tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }] };
    holds(await play({ ...first, toolConfig: tools }, 4, calls, results));
  });

  it('sends back what the service answered: a tool call with its id, reasoning with its signature', async () => {
    const tools = {
      tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object', properties: { word: { type: 'string' } } } } } }],
      toolChoice: { tool: { name: 'find' } },
    };
    const record = await send({ ...first, toolConfig: tools });
    const call = record.content?.find((block) => typeof block === 'object' && block !== null && 'toolUse' in block) as
      { readonly toolUse: { readonly toolUseId: string; readonly name: string } } | undefined;
    assert.equal(call?.toolUse.name, 'find');
    const turn: UserTurn = { results: [{ toolUseId: call.toolUse.toolUseId, content: [{ text: 'found' }] }], text: '' };
    const { toolChoice: _choice, ...auto } = tools;
    const next = nextRequest(
      { ...first, toolConfig: auto },
      record.content as unknown as readonly ContentBlock[],
      turn,
      planOf(first).caching,
    );
    assert.equal((await send(next)).state, 'finished');
  });
});
