import assert from 'node:assert/strict';
import { perHour } from '../../../../src/core/prompt/traffic';
import { proveSamples } from '../../../../src/core/change/prove';
import { optimizePlacement, type Placement } from '../../../../src/core/advice/solve';
import type { NoPlaces } from '../../../../src/core/advice/legalPlaces';
import { describeNoPlaces, describePlacement, describeProofs } from '../../../../src/core/messages/placement';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { ruleFixtures } from '../../../support/ruleFixtures';
import { filler, readPrompt } from '../cache/prompts';
import { assertSentence } from './clean';

const formats = numberFormats('en', 'UTC');
const desk = (body: string, front = 'modelId: us.anthropic.claude-sonnet-4-6') =>
  readPrompt('desk.bedrock.md', `---\n${front}\n---\n${body}`);
const body = `# system:\n${filler(2000)}\n\n# user:\n{{question}}\n`;
const marker = '<!-- cachePoint -->';

const found = (placement: Placement): Extract<Placement, { kind: 'placement' }> => {
  assert.ok(placement.kind === 'placement');
  return placement;
};
const placed = (read: ReturnType<typeof desk>, callsPerHour: number) =>
  found(optimizePlacement({ prompt: read.prompt, plan: read.plan }, { traffic: perHour(callsPerHour) }));

describe('why there is nothing to optimize', () => {
  for (const reason of ['unknownModel', 'noCaching', 'notOnDemand', 'latency'] as const satisfies readonly NoPlaces[])
    it(`is a sentence for ${reason}`, () => assertSentence(describeNoPlaces(reason)));
});

describe('before and after of a placement', () => {
  it('stand in tokens and money, with the traffic', () => {
    const lines = describePlacement(placed(desk(body), 60), perHour(60), formats);
    assert.match(
      lines[0] ?? '',
      /^Now: 0 cache points; on average a call reads 0, writes 0 and pays [\d,]+ tokens in full, \$[\d.]+ of input\.$/,
    );
    assert.match(lines[1] ?? '', /^Then: 1 cache point; on average a call reads [\d,]+, writes [\d,]+ and pays [\d,]+ tokens in full, /);
    assert.match(lines[2] ?? '', /^Without caching: \$[\d.]+ of input\.$/);
    assert.equal(lines[3], 'These are means at 60 calls an hour.');
    lines.forEach(assertSentence);
  });

  it('name a single call, and a rate below ten with its digits', () => {
    assert.equal(describePlacement(placed(desk(body), 1), perHour(1), formats).at(-1), 'These are means at 1 call an hour.');
    assert.equal(describePlacement(placed(desk(body), 2.5), perHour(2.5), formats).at(-1), 'These are means at 2.5 calls an hour.');
  });

  it('leave money out where no price is known', () => {
    const { before, after, changes, edits } = placed(desk(body), 60);
    const without = { ...before, usdPerCall: undefined };
    const lines = describePlacement(
      { kind: 'placement', before: without, after: { ...after, usdPerCall: undefined }, uncachedUsd: undefined, changes, edits },
      perHour(60),
      formats,
    );
    assert.equal(lines.length, 3);
    assert.ok(lines.every((line) => !line.includes('$')));
    lines.forEach(assertSentence);
  });
});

describe('what sample rows show', () => {
  const rows = (samples: string, text = body) =>
    desk(text, `modelId: us.anthropic.claude-sonnet-4-6\nvariables:\n  question: { varies: request }\nsamples:\n${samples}`);
  const told = (read: ReturnType<typeof desk>) => describeProofs(proveSamples(read.prompt, read.plan), read.plan, formats);

  it('asks for two rows where there are fewer', () => {
    assert.deepEqual(told(desk(body)), ['There is nothing to compare: the front matter needs two rows under samples.']);
  });

  it('names the variable that differs first, and the cache points before it', () => {
    const marked = body.replace('\n\n# user', `\n${marker}\n\n# user`);
    const [line = ''] = told(rows('  - { question: Where? }\n  - { question: When? }', marked));
    assert.match(
      line,
      /^Rows 1 and 2 differ first at the variable question, after [\d,]+ shared tokens; they share 1 of 1 cache points\.$/,
    );
  });

  it('says that rows make the same request', () => {
    assert.deepEqual(told(rows('  - { question: Where? }\n  - { question: Where? }')), ['Rows 1 and 2 make the same request.']);
  });

  it('quotes a difference that no variable explains, and owns up to a contradiction', () => {
    const read = rows('  - { question: Where? }\n  - { question: When? }', body.replace('\n\n# user', `\n${marker}\n\n# user`));
    const [proof] = proveSamples(read.prompt, read.plan);
    assert.ok(proof?.divergence.difference !== undefined);
    const { divergence } = proof;
    const difference = { ...proof.divergence.difference, cause: { kind: 'literal', text: '08:14' } } as const;
    const contradictions = [{ number: 1, finding: { kind: 'agrees' } }] as unknown as typeof proof.proof.contradictions; // only the number is told
    const odd = { ...proof, divergence: { ...divergence, difference }, proof: { ...proof.proof, contradictions } };
    const [first = '', second = ''] = describeProofs([odd], read.plan, formats);
    assert.match(first, /differ first at "08:14", after/);
    assert.equal(second, 'Cache point 1 is not shared in the way that its hover says. Please report this.');
  });
});

describe('the sentences about placements of all rule fixtures', () => {
  for (const { name, text, analyze } of ruleFixtures())
    it(`are clean for ${name}`, () => {
      const { input, plan, prompt } = analyze(text);
      const placement = optimizePlacement(input, { traffic: input.traffic });
      if (placement.kind === 'none') assertSentence(describeNoPlaces(placement.reason));
      else describePlacement(placement, input.traffic, formats).forEach(assertSentence);
      describeProofs(proveSamples(prompt, plan), plan, formats).forEach(assertSentence);
    });
});
