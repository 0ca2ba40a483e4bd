import assert from 'node:assert/strict';
import fc from 'fast-check';
import { perHour } from '../../../../src/core/prompt/traffic';
import type { ChosenPlace, SolverTtl } from '../../../../src/core/advice/bestPlaces';
import { legalPlaces, type LegalPlace } from '../../../../src/core/advice/legalPlaces';
import { placementUsd, type PlacementTraffic } from '../../../../src/core/advice/placementGain';
import type { TrafficPoint } from '../../../../src/core/traffic/point';
import { leastGainOfEdit, optimizePlacement, planFigures, type Placement } from '../../../../src/core/advice/solve';
import { applyEdits } from '../../../../src/core/text/edit';
import { filesFrom } from '../../../../src/core/prompt/files';
import { filler, fixturePrompts, readPrompt, shippedSamples, type ReadPrompt } from '../cache/prompts';

type Solved = Extract<Placement, { kind: 'placement' }>;

const solve = (read: ReadPrompt, traffic: PlacementTraffic): Placement =>
  optimizePlacement({ prompt: read.prompt, plan: read.plan }, traffic);
const solved = (read: ReadPrompt, traffic: PlacementTraffic): Solved => {
  const answer = solve(read, traffic);
  assert.ok(answer.kind === 'placement', JSON.stringify(answer));
  return answer;
};
const applied = (read: ReadPrompt, answer: Solved): ReadPrompt => read.again(applyEdits(read.text, answer.edits));
const points = (read: ReadPrompt): readonly string[] =>
  read.plan.checkpoints.map(({ ttl, verdict, reuse }) => `${ttl} ${verdict.kind} ${reuse.kind}`);
const busy: PlacementTraffic = { traffic: perHour(600) };

const sonnet = 'us.anthropic.claude-sonnet-4-6';
const front = (modelId: string, more = '') => `---\nmodelId: ${modelId}\n${more}---\n`;
const variables = 'variables:\n  tenant: { example: Acme, varies: session }\n  question: { example: Where is it?, varies: request }\n';
const prompt = (body: string, modelId = sonnet) => readPrompt('desk.bedrock.md', `${front(modelId, variables)}${body}`);

describe('the placement solver', () => {
  it('puts one point at the end of what all requests share', () => {
    const read = prompt(`# system:\n${filler(3000)}\n\n# user:\n{{question}}\n`);
    const answer = solved(read, busy);
    assert.deepEqual(
      answer.changes.map(({ kind }) => kind),
      ['insert'],
    );
    const after = applied(read, answer);
    assert.deepEqual(points(after), ['5m caches shared']);
    assert.match(after.text, /\n<!-- cachePoint -->\n\n# user:/);
    assert.ok((answer.after.usdPerCall ?? 0) < (answer.before.usdPerCall ?? 0) / 3);
    assert.equal(answer.before.usdPerCall, answer.uncachedUsd);
  });

  it('adds a second point behind what one session shares', () => {
    const read = prompt(
      `# system:\n${filler(3000)}\n\n# user:\nFor {{tenant}}: ${filler(2000)}\n\n# assistant:\nYes.\n\n# user:\n{{question}}\n`,
    );
    const after = applied(read, solved(read, busy));
    assert.deepEqual(
      points(after).map((point) => point.replace(/^\S+ /, '')),
      ['caches shared', 'caches session'],
    );
  });

  it('moves a marker out from behind text that varies with each request', () => {
    const read = prompt(`# system:\n${filler(3000)}\n\n# user:\n{{question}}\n<!-- cachePoint -->\n`);
    const answer = solved(read, busy);
    assert.deepEqual(
      answer.changes.map(({ kind }) => kind),
      ['insert', 'remove'],
    );
    assert.deepEqual(points(applied(read, answer)), ['5m caches shared']);
  });

  it('leaves it there in a conversation, where the next call reads it', () => {
    const read = prompt(`# system:\n${filler(3000)}\n<!-- cachePoint -->\n\n# user:\n{{question}} ${filler(1500)}\n<!-- cachePoint -->\n`);
    const answer = solved(read, { ...busy, conversation: true });
    assert.deepEqual(answer.edits, []);
    assert.equal(answer.after.points.length, 2);
  });

  it('takes an hour where calls come too seldom for five minutes', () => {
    const read = prompt(`# system:\n${filler(3000)}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`);
    const answer = solved(read, { traffic: perHour(4) });
    assert.deepEqual(
      answer.changes.map(({ kind }) => kind),
      ['ttl'],
    );
    assert.deepEqual(points(applied(read, answer)), ['1h caches shared']);
  });

  it('takes every marker away where no call ever reads', () => {
    const read = prompt(`# system:\n${filler(3000)}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`);
    const answer = solved(read, { traffic: perHour(0.01) });
    assert.deepEqual(
      answer.changes.map(({ kind }) => kind),
      ['remove'],
    );
    assert.deepEqual(points(applied(read, answer)), []);
    assert.equal(answer.after.usdPerCall, answer.uncachedUsd);
  });

  it('keeps points that cost nothing where they are', () => {
    const read = prompt(
      `# system:\n${filler(2000)}\n<!-- cachePoint -->\n\n${filler(2000)}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`,
    );
    assert.deepEqual(solved(read, busy).edits, []);
  });

  it('brings five points down to the four that the model takes', () => {
    const part = `${filler(1500)}\n<!-- cachePoint -->\n\n`;
    const read = prompt(`# system:\n${part.repeat(5)}# user:\n{{question}}\n`);
    const after = applied(read, solved(read, busy));
    assert.equal(after.plan.checkpoints.length, 4);
    assert.ok(after.plan.checkpoints.every(({ verdict }) => verdict.kind === 'caches'));
  });

  it('removes a marker with nothing before it, alone in its list or not', () => {
    const request = (system: readonly object[]) => ({
      modelId: sonnet,
      system,
      messages: [{ role: 'user', content: [{ cachePoint: { type: 'default' } }, { cachePoint: { type: 'default' } }, { text: 'Hello' }] }],
    });
    const read = readPrompt('r.converse.json', JSON.stringify(request([{ text: filler(3000) }]), null, 2));
    const after = applied(read, solved(read, busy));
    assert.deepEqual(after.prompt.problems, []);
    assert.deepEqual(points(after), ['5m caches shared']);
  });

  it('says why a model takes no points', () => {
    const body = `# system:\n${filler(3000)}\n\n# user:\nHello\n`;
    assert.deepEqual(solve(prompt(body, 'meta.llama3-3-70b-instruct-v1:0'), busy), { kind: 'none', reason: 'noCaching' });
    assert.deepEqual(solve(prompt(body, 'nobody.knows-this'), busy), { kind: 'none', reason: 'unknownModel' });
    const fast = readPrompt(
      'f.bedrock.md',
      `${front('us.anthropic.claude-3-5-haiku-20241022-v1:0', 'performanceConfig: { latency: optimized }\n')}${body}`,
    );
    assert.deepEqual(solve(fast, busy), { kind: 'none', reason: 'latency' });
    const provisioned = prompt(body, 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc');
    assert.deepEqual(solve(provisioned, busy), { kind: 'none', reason: 'notOnDemand' });
  });

  it('respects what Nova refuses: tools, tool messages, an hour', () => {
    const tool = 'toolConfig:\n  tools:\n    - toolSpec: { name: find, inputSchema: { json: { type: object } } }\n';
    const turns = '# user:\nFind it.\n\n# assistant:\n```converse\n{"toolUse": {"toolUseId": "t", "name": "find", "input": {}}}\n```\n';
    const read = readPrompt(
      'n.bedrock.md',
      `${front('us.amazon.nova-pro-v1:0', tool)}# system:\n${filler(3000)}\n<!-- cachePoint ttl=1h -->\n\n${turns}`,
    );
    const after = applied(read, solved(read, { traffic: perHour(2) }));
    assert.ok(after.plan.checkpoints.length > 0);
    for (const { ttl, verdict } of after.plan.checkpoints) assert.deepEqual([ttl, verdict.kind], ['5m', 'caches']);
  });

  it('does not mark straight after reasoning or a text document', () => {
    const reasoning = '```converse\n{"reasoningContent": {"reasoningText": {"text": "Hm."}}}\n```\n';
    const read = prompt(`# user:\n${filler(3000)}\n\n# assistant:\n${reasoning}`);
    for (const { after } of legalPlaces(read.plan, explicit(read))) assert.equal(read.plan.blocks[after]?.block.kind, 'text');
    const text = `${front(sonnet)}# user:\n${filler(3000)}\n[terms](./terms.csv)\n`;
    const documented = readPrompt('d.bedrock.md', text, filesFrom({ 'terms.csv': new Uint8Array([97]) }));
    assert.deepEqual(
      legalPlaces(documented.plan, explicit(documented)).map(({ after }) => documented.plan.blocks[after]?.block.kind),
      ['text'],
    );
  });

  it('goes on behind points in a tools file, which it cannot move', () => {
    const tools = JSON.stringify({
      tools: [
        { toolSpec: { name: 'find', description: filler(2000), inputSchema: { json: { type: 'object' } } } },
        { cachePoint: { type: 'default' } },
      ],
    });
    const text = `${front(sonnet, `toolConfig: ./tools.json\n${variables}`)}# system:\n${filler(3000)}\n\n# user:\n{{question}}\n`;
    const read = readPrompt('t.bedrock.md', text, filesFrom({ 'tools.json': tools }));
    const answer = solved(read, { traffic: perHour(1) });
    const after = applied(read, answer);
    assert.deepEqual(points(after), ['5m caches shared']);
    const often = applied(read, solved(read, busy));
    assert.deepEqual(points(often), ['5m caches shared', '5m caches shared']);
  });
});

const explicit = ({ plan }: ReadPrompt) => {
  assert.ok(plan.caching?.kind === 'explicit');
  return plan.caching;
};

/** Every choice of at most `most` places with lifetimes in falling order, in the order of the prompt. */
function* choices(places: readonly LegalPlace[], ttls: readonly SolverTtl[], most: number, longest = 0): Generator<readonly ChosenPlace[]> {
  yield [];
  if (most === 0) return;
  for (const [at, place] of places.entries())
    for (let rank = longest; rank < ttls.length; rank += 1)
      for (const rest of choices(places.slice(at + 1), ttls, most - 1, rank)) yield [{ place, ttl: ttls[rank] ?? '5m' }, ...rest];
}

const costOfChoice = ({ plan }: ReadPrompt, chosen: readonly ChosenPlace[], traffic: PlacementTraffic): number => {
  assert.ok(plan.prices);
  const costs = chosen.map(({ place, ttl }): TrafficPoint => ({ tokens: place.tokens, ttl, reuse: place.reuse }));
  return placementUsd(costs, plan.total.likely, traffic, plan.prices);
};

/** Edits that lead to a choice: what is new or changed, and what goes. */
const editsOfChoice = ({ plan }: ReadPrompt, chosen: readonly ChosenPlace[]): number => {
  const kept = chosen.filter(({ place }) => place.existing !== undefined);
  const changed = kept.filter(({ place, ttl }) => place.existing?.ttl !== ttl).length;
  return chosen.length - kept.length + changed + plan.checkpoints.length - kept.length;
};

const arbitraryPrompt = (): fc.Arbitrary<ReadPrompt> => {
  const size = fc.constantFrom(300, 700, 1100, 2500);
  const varies = fc.constantFrom('', '', '', '', '{{tenant}} ', '{{question}} ');
  const marker = fc.constantFrom('', '', '<!-- cachePoint -->\n', '<!-- cachePoint ttl=1h -->\n');
  const section = fc
    .tuple(varies, size, marker, fc.constantFrom('\n# user:\n', '\n# assistant:\n', '\n# user:\nx\n# assistant:\n'))
    .map(([who, tokens, mark, role]) => `${who}${filler(tokens)}\n${mark}${role}`);
  const model = fc.constantFrom(
    sonnet,
    'us.anthropic.claude-sonnet-4-20250514-v1:0',
    'us.amazon.nova-pro-v1:0',
    'global.anthropic.claude-haiku-4-5-20251001-v1:0',
  );
  return fc
    .tuple(model, fc.array(section, { minLength: 1, maxLength: 5 }))
    .map(([modelId, sections]) => prompt(`# system:\n${sections.join('')}End.\n`, modelId));
};
const arbitraryTraffic = fc.record({
  traffic: fc.oneof(
    fc.constantFrom(0, 0.5, 2, 8, 20, 60, 600).map(perHour),
    fc.record({ kind: fc.constant('burst' as const), calls: fc.constantFrom(1, 2, 40), minutes: fc.constantFrom(1, 10, 90) }),
  ),
  callsPerSession: fc.constantFrom(1, 2, 5, 20),
  conversation: fc.boolean(),
});

describe('the solver against brute force', () => {
  it('finds a placement that no other of the legal ones undercuts, on random small prompts', () => {
    fc.assert(
      fc.property(arbitraryPrompt(), arbitraryTraffic, (read, traffic) => {
        const answer = solved(read, traffic);
        const caching = explicit(read);
        const ttls = (['1h', '5m'] as const).filter((ttl) => caching.ttls.includes(ttl));
        const places = legalPlaces(read.plan, caching, traffic.conversation);
        const unit = answer.uncachedUsd ?? 0;
        const objective = (usd: number, edits: number) => usd + edits * unit * leastGainOfEdit;
        let best = Infinity;
        for (const chosen of choices(places, ttls, caching.maxCheckpoints))
          best = Math.min(best, objective(costOfChoice(read, chosen, traffic), editsOfChoice(read, chosen)));
        const own = objective(answer.after.usdPerCall ?? NaN, answer.changes.filter(({ kind }) => kind !== 'keep').length);
        assert.ok(Math.abs(own - best) <= unit * 1e-6, `${own} against ${best}`);
      }),
      { numRuns: 60 },
    );
  });

  it('never makes a call dearer, and its edits make what it promises', () => {
    fc.assert(
      fc.property(arbitraryPrompt(), arbitraryTraffic, (read, traffic) => {
        const answer = solved(read, traffic);
        const unit = answer.uncachedUsd ?? 0;
        assert.ok((answer.after.usdPerCall ?? NaN) <= (answer.before.usdPerCall ?? NaN) + unit * leastGainOfEdit * 10);
        const after = applied(read, answer);
        assert.deepEqual(after.prompt.problems, []);
        assert.equal(after.plan.checkpoints.length, answer.after.points.length);
        assert.deepEqual(
          after.plan.checkpoints.map(({ ttl }) => ttl),
          answer.after.points.map(({ ttl }) => ttl),
        );
        assert.ok(after.plan.checkpoints.every(({ verdict }) => verdict.kind === 'caches'));
        const cost = planFigures(after.plan, traffic).usdPerCall ?? NaN;
        // Text between two removed markers becomes one block, whose frame differs by a few tokens.
        assert.ok(Math.abs(cost - (answer.after.usdPerCall ?? NaN)) <= unit * 0.02, `${cost} and ${answer.after.usdPerCall}`);
      }),
      { numRuns: 40 },
    );
  });

  it('has nothing left to change once its edits are made', () => {
    fc.assert(
      fc.property(arbitraryPrompt(), arbitraryTraffic, (read, traffic) => {
        const after = applied(read, solved(read, traffic));
        assert.deepEqual(solved(after, traffic).edits, []);
      }),
      { numRuns: 30 },
    );
  });

  it('edits every shipped sample and every short fixture without overlaps and without new problems', () => {
    for (const read of [...shippedSamples(), ...fixturePrompts().filter(({ text }) => text.length < 20_000)]) {
      const answer = solve(read, busy);
      if (answer.kind === 'none') continue;
      const after = applied(read, answer);
      assert.ok(after.prompt.problems.length <= read.prompt.problems.length, read.name);
      assert.ok(after.plan.checkpoints.length <= Math.max(4, answer.after.points.length), read.name);
    }
  });
});
