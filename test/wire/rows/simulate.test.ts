import assert from 'node:assert/strict';
import { simulateChat, strategies, type SimulatedChat, type Strategy } from '../../../src/core/chat/simulate';
import { planCache } from '../../../src/core/cache/plan';
import { noFiles } from '../../../src/core/prompt/files';
import type { ContentBlock, ConverseRequest } from '../../../src/core/request/types';
import { defaultSettings } from '../../../src/core/settings';
import { createEmulator } from '../../../src/emulator/server';
import { analyzeOnly } from '../../support/onlyPrompt';

const point = { cachePoint: { type: 'default' } } as const;
const words = (count: number, of: string): string => `${of} `.repeat(count).trim();

interface Sizes {
  readonly system: number;
  readonly user: number;
  readonly answer: number;
  readonly result: number;
}

/** The requests of a conversation as they are sent, with points by a strategy, and when. */
const requestsOf = (chat: SimulatedChat, sizes: Sizes, strategy: Strategy, modelId: string) => {
  const blocks: { readonly role: 'user' | 'assistant'; readonly block: ContentBlock }[] = [];
  const sent: { readonly body: ConverseRequest; readonly at: number }[] = [];
  let [at, before, id] = [0, 0, 0];
  for (let turn = 0; turn < chat.turns; turn += 1) {
    blocks.push({ role: 'user', block: { text: words(sizes.user, `question${turn}`) } });
    for (let round = 0; round <= chat.toolRounds; round += 1) {
      const places = strategy === 'rolling' ? [blocks.length] : strategy === 'rollingTwo' ? [before, blocks.length] : [];
      const messages: { role: string; content: ContentBlock[] }[] = [];
      for (const [index, { role, block }] of blocks.entries()) {
        const last = messages.at(-1);
        const content = last?.role === role ? last.content : [];
        if (last?.role !== role) messages.push({ role, content });
        content.push(block, ...(places.includes(index + 1) ? [point] : []));
      }
      sent.push({
        at,
        body: {
          modelId,
          system: [{ text: words(sizes.system, 'rule') }, ...(strategy === 'none' ? [] : [point])],
          messages,
          toolConfig: { tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }] },
        },
      });
      before = blocks.length;
      const isLast = round === chat.toolRounds;
      if (isLast) blocks.push({ role: 'assistant', block: { text: words(sizes.answer, `answer${turn}`) } });
      else {
        id += 1;
        blocks.push({ role: 'assistant', block: { toolUse: { toolUseId: `t${id}`, name: 'find', input: { word: `word ${id}` } } } });
        blocks.push({
          role: 'user',
          block: { toolResult: { toolUseId: `t${id}`, content: [{ text: words(sizes.result, `found${id}`) }] } },
        });
      }
      at += isLast ? chat.pauseMs : chat.stepMs;
    }
  }
  return sent;
};

describe('the simulator of conversations, beside the emulator', function () {
  this.timeout(120_000);

  const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
  const base = { turns: 5, toolRounds: 2, pauseMs: 60_000, stepMs: 5_000, ttl: '5m' };
  const scenarios: readonly { readonly name: string; readonly chat: Partial<SimulatedChat>; readonly sizes: Sizes }[] = [
    { name: 'a chat without pauses', chat: {}, sizes: { system: 2_000, user: 40, answer: 120, result: 200 } },
    { name: 'pauses beyond the lifetime', chat: { pauseMs: 400_000 }, sizes: { system: 2_000, user: 40, answer: 120, result: 200 } },
    { name: 'a system text below the minimum', chat: { toolRounds: 1 }, sizes: { system: 100, user: 60, answer: 200, result: 200 } },
    { name: 'no tools', chat: { toolRounds: 0, turns: 8 }, sizes: { system: 1_800, user: 50, answer: 150, result: 0 } },
  ];

  for (const { name, chat: own, sizes } of scenarios)
    for (const strategy of strategies)
      it(`says what each call reads and writes: ${name}, ${strategy}`, async () => {
        let now = 0;
        const read: { readonly read: number; readonly written: number; readonly input: number }[] = [];
        const emulator = await createEmulator({
          speed: 0,
          now: () => now,
          log: (line) => {
            const [, a, b, c] = /read (\d+), wrote (\d+), uncached (\d+)/.exec(line) ?? [];
            read.push({ read: Number(a), written: Number(b), input: Number(c) });
          },
        });
        try {
          const template: SimulatedChat = {
            ...base,
            system: 0,
            opening: 0,
            userTokens: 0,
            answerTokens: 0,
            callTokens: 0,
            resultTokens: 0,
            ...own,
          };
          const sent = requestsOf(template, sizes, strategy, sonnet);
          for (const { body, at } of sent) {
            now = at;
            const { modelId, ...rest } = body;
            const answer = await fetch(`${emulator.url}/model/${encodeURIComponent(modelId)}/converse`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 Credential=a/b' },
              body: JSON.stringify(rest),
            });
            assert.equal(answer.status, 200, await answer.text());
          }
          // The sizes of blocks are those of the last request's plan, which is what the emulator counts by as well.
          const { prompt, planOptions } = analyzeOnly(JSON.stringify(sent.at(-1)?.body), 'json', noFiles, defaultSettings);
          const plan = planCache(prompt, planOptions);
          const blocks = sentBlocks(sent.at(-1)?.body);
          const sizeAt = (at: number): number =>
            at < 0 ? 0 : (plan.blocks[at]?.prefix.likely ?? 0) - (plan.blocks[at - 1]?.prefix.likely ?? 0);
          // The last of its kind: before the first one stands what the service adds.
          const of = (member: string, role: string): number =>
            sizeAt(blocks.findLastIndex((one) => one.role === role && one.member === member));
          const first = blocks.findIndex(({ role }) => role === 'user');
          const systemEnd = plan.blocks[first - 1]?.prefix.likely ?? 0;
          const chat: SimulatedChat = {
            ...template,
            system: systemEnd,
            opening: Math.max(0, sizeAt(first) - of('text', 'user')),
            userTokens: of('text', 'user'),
            answerTokens: of('text', 'assistant'),
            callTokens: of('toolUse', 'assistant'),
            resultTokens: of('toolResult', 'user'),
          };
          const simulated = simulateChat(chat, { caching: plan.caching, prices: plan.prices }).strategies.find(
            (one) => one.strategy === strategy,
          );
          assert.equal(simulated?.calls.length, read.length);
          for (const [index, call] of (simulated?.calls ?? []).entries()) {
            const emulated = read[index] ?? assert.fail();
            const written = Object.values(call.write).reduce((sum, tokens) => sum + tokens, 0);
            for (const [what, mine, its] of [
              ['read', call.read, emulated.read],
              ['written', written, emulated.written],
            ] as const) {
              assert.equal(mine > 0, its > 0, `call ${index + 1}: ${mine} ${what}, and ${its} by the emulator`);
              const near = Math.abs(mine - its) <= Math.max(60, its * 0.05);
              assert.ok(near, `call ${index + 1}: ${mine} ${what}, and ${its} by the emulator`);
            }
          }
        } finally {
          await emulator.close();
        }
      });
});

/** The blocks of a request in the order of the wire, cache points included. */
const sentBlocks = (body: ConverseRequest | undefined): readonly { readonly role: string; readonly member: string }[] => [
  ...(body?.toolConfig?.tools ?? []).map(() => ({ role: '', member: '' })),
  ...(body?.system ?? []).map(() => ({ role: '', member: '' })),
  ...(body?.messages ?? []).flatMap(({ role, content }) => content.map((block) => ({ role, member: Object.keys(block)[0] ?? '' }))),
];
