import assert from 'node:assert/strict';
import fc from 'fast-check';
import { optimizePlacement, planFigures } from '../../../../src/core/advice/solve';
import { predictCalls, type SentCall } from '../../../../src/core/change/predict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { checkpointHover, planDetails, summaryLine } from '../../../../src/core/messages/plan';
import { perHour } from '../../../../src/core/prompt/traffic';
import { draftRequest } from '../../../../src/core/request/build';
import { conversationOf, type Conversation } from '../../../../src/core/traffic/conversation';
import { forecastOf } from '../../../../src/core/traffic/forecast';
import { applyEdits } from '../../../../src/core/text/edit';
import { savingsOf } from '../../../../src/core/traffic/savings';
import { filler, readPrompt } from '../cache/prompts';

const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const formats = numberFormats('en');
const point = { cachePoint: { type: 'default' } };

/** What a conversation says, and how its cache points stand. */
interface Talk {
  readonly system: number;
  readonly systemPoint: boolean;
  /** Words and blocks of each user turn. */
  readonly turns: readonly (readonly [words: number, blocks: number])[];
  /** So many of the newest turns are closed by a cache point. */
  readonly moving: number;
}

/** The request of a turn, from 0. */
const requestOf = ({ system, systemPoint, turns, moving }: Talk, turn: number): object => ({
  modelId: sonnet,
  system: [{ text: filler(system) }, ...(systemPoint ? [point] : [])],
  messages: turns.slice(0, turn + 1).flatMap(([words, blocks], at) => [
    ...(at === 0 ? [] : [{ role: 'assistant', content: [{ text: `Answer ${at}.` }] }]),
    {
      role: 'user',
      content: [
        ...Array.from({ length: blocks }, (_, block) => ({ text: `${at} ${block} ${filler(words)}` })),
        ...(at > turn - moving ? [point] : []),
      ],
    },
  ]),
});

const callOf = (body: object, at: number): SentCall => {
  const { prompt, plan } = readPrompt('call.converse.json', JSON.stringify(body));
  return { request: draftRequest(prompt), plan, at };
};

const planOf = (talk: Talk) => callOf(requestOf(talk, talk.turns.length - 1), 0).plan;
const seen = (talk: Talk): Conversation => {
  const { prices, ...plan } = planOf(talk);
  assert.ok(prices);
  const conversation = conversationOf({ prices, ...plan }, prices);
  assert.ok(conversation);
  return conversation;
};

const talks = fc.record({
  system: fc.constantFrom(20, 700, 1500),
  systemPoint: fc.boolean(),
  turns: fc.array(fc.tuple(fc.constantFrom(3, 300, 900), fc.constantFrom(1, 2, 12)), { minLength: 2, maxLength: 6 }),
  moving: fc.integer({ min: 0, max: 3 }),
});

const near = (ours: number, theirs: number, what: string): void =>
  assert.ok(Math.abs(ours - theirs) <= 6, `${what}: ${ours}, not ${theirs}`);

describe('a conversation seen from its newest request', () => {
  it('had the calls that are predicted when its requests are sent one after the other', () => {
    let read = 0;
    fc.assert(
      fc.property(talks, (talk) => {
        const sent = predictCalls(talk.turns.map((_, turn) => callOf(requestOf(talk, turn), turn * 60_000)));
        seen(talk).calls.forEach((call, turn) => {
          const theirs = sent[turn];
          assert.ok(theirs);
          read += call.read;
          near(call.read, theirs.cacheRead.likely, `read of turn ${turn}`);
          near(call.write['5m'] ?? 0, theirs.cacheWrite.likely, `written by turn ${turn}`);
          near(call.input, theirs.input.likely, `input of turn ${turn}`);
        });
      }),
      { numRuns: 60 },
    );
    assert.ok(read > 0);
  });

  const talk: Talk = { system: 1500, systemPoint: false, turns: Array.from({ length: 5 }, () => [200, 1] as const), moving: 1 };

  it('is priced as a whole: each turn writes what is new and reads the rest', () => {
    const { calls, cached, uncached, savedShare } = seen(talk);
    assert.equal(calls.length, 5);
    assert.equal(calls[0]?.read, 0);
    assert.ok(cached.likely < uncached.likely * 0.6 && Math.abs(savedShare - (1 - cached.likely / uncached.likely)) < 1e-12);
  });

  it('is what the line, its details and the hover at the moving cache point tell of', () => {
    const plan = planOf(talk);
    const savings = savingsOf(plan);
    assert.match(summaryLine(plan, savings, formats), /^[\d,]+ tokens, [\d,]+ cached \(9\d%\), 5 turns save 6\d%$/);
    const details = planDetails(plan, perHour(30), formats).join('\n');
    assert.match(details, /The input of the 5 turns of this conversation costs \$[\d.]+ in all, and \$[\d.]+ without caching/);
    assert.match(details, /The newest turn costs \$[\d.]+: it reads [\d,]+ tokens that earlier turns wrote\./);
    const [moving] = plan.checkpoints;
    assert.ok(moving);
    assert.match(
      checkpointHover(moving, plan, perHour(30), formats).join('\n'),
      /It moves along with the conversation: this call reads about/,
    );
  });

  it('reads in a call of the newest turn what the turn before wrote, also in the forecast', () => {
    const plan = planOf(talk);
    const [savings, forecast] = [savingsOf(plan), forecastOf(plan, perHour(1000))];
    const last = savings?.conversation?.calls.at(-1);
    assert.ok(savings && forecast && last);
    assert.equal(savings.readTokens, last.read);
    assert.ok(Math.abs(forecast.warm.likely - savings.warm.likely) < 1e-9);
    assert.ok(forecast.written.tokens.read <= last.read);
  });

  it('keeps its moving cache point when places are chosen, and gets what is promised where one is added', () => {
    for (const moving of [0, 1]) {
      const text = JSON.stringify(requestOf({ ...talk, moving }, 4));
      const traffic = { traffic: perHour(600), conversation: true };
      const read = readPrompt('call.converse.json', text);
      const answer = optimizePlacement(read, traffic);
      assert.ok(answer.kind === 'placement');
      const after = read.again(applyEdits(text, answer.edits));
      assert.equal(after.plan.checkpoints.at(-1)?.index, after.plan.blocks.length - 1, 'a point closes the newest turn');
      const usd = planFigures(after.plan, traffic).usdPerCall;
      assert.ok(usd !== undefined && answer.after.usdPerCall !== undefined && Math.abs(usd - answer.after.usdPerCall) < 1e-9);
    }
  });

  it('is none where nothing grows: one turn, or a prompt file, which says what varies', () => {
    const pricesOf = (path: string, text: string) => {
      const { plan } = readPrompt(path, text);
      assert.ok(plan.prices);
      return conversationOf(plan, plan.prices);
    };
    assert.equal(pricesOf('call.converse.json', JSON.stringify(requestOf({ ...talk, turns: [[900, 1]] }, 0))), undefined);
    const file = (end: string) => `---\nmodelId: ${sonnet}\n---\n# user:\n${filler(1500)}\n# assistant:\nNoted.\n# user:\nAnd now?\n${end}`;
    for (const end of ['', '<!-- cachePoint -->\n']) assert.equal(pricesOf('a.bedrock.md', file(end)), undefined);
  });
});
