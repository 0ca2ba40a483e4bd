import assert from 'node:assert/strict';
import { perHour } from '../../../../src/core/prompt/traffic';
import { modelMatrix, type MatrixReason, type MatrixRow } from '../../../../src/core/advice/matrix';
import type { Verdict } from '../../../../src/core/cache/plan';
import { modelsView } from '../../../../src/core/messages/models';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { ruleFixtures } from '../../../support/ruleFixtures';
import { filler, readPrompt } from '../cache/prompts';
import { assertClean, assertSentence } from './clean';

const formats = numberFormats('en', 'UTC');
const text = `---\nmodelId: us.anthropic.claude-sonnet-4-6\n---\n# system:\n${filler(2000)}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`;
const read = readPrompt('desk.bedrock.md', text);
const rows = modelMatrix(read.prompt, { traffic: { traffic: perHour(60) } });
const own = rows.find(({ current }) => current);
const told = (change: Partial<MatrixRow>) => {
  assert.ok(own);
  const [row] = modelsView([{ ...own, ...change }], perHour(60), formats).rows;
  assert.ok(row);
  for (const cell of [row.why, row.minimum, row.ttls, row.cold, row.warm, row.expected, row.uncached]) assertClean(cell);
  return row;
};
const why = (reason: MatrixReason) => told({ reason }).why;
const verdict = (one: Exclude<Verdict, { kind: 'caches' }>) => why({ kind: 'verdict', verdict: one, checkpoint: 2 });

describe('a row of the models tab', () => {
  it('says what is cached, with figures', () => {
    const row = told({});
    assert.match(row.why, /^Caches [\d,]+ tokens, up to cache point 1$/);
    assert.equal(row.minimum, '1,024 (1,024 – 2,048)');
    assert.equal(row.ttls, '5m, 1h');
    // For a thousand calls.
    assert.match(row.cold, /^\$\d+\.\d\d$/);
    assert.equal(row.order.cold, (own?.coldUsd ?? 0) * 1000);
    assert.equal(row.retired, false);
    assert.equal(row.lifecycle, '');
  });

  const verdicts: { readonly [text: string]: Exclude<Verdict, { kind: 'caches' }> } = {
    'Below the minimum of 4,096': { kind: 'belowMinimum', minimum: 4096, certain: true },
    'Perhaps below the minimum of 4,096': { kind: 'belowMinimum', minimum: 4096, certain: false },
    'Refused: more than 4 cache points': { kind: 'tooMany', limit: 4 },
    'Refused: a cache point in a message with tool calls or results': { kind: 'unsupportedField', withTools: true },
    'Refused: a cache point at this place': { kind: 'unsupportedField', withTools: false },
    'Refuses cache points': { kind: 'unsupportedModel' },
    'Refused: nothing before a cache point': { kind: 'nothingBefore' },
    'Refused: a cache point after reasoning': { kind: 'refused', reason: 'afterReasoning' },
    'Refused: a cache point straight after a document': { kind: 'refused', reason: 'afterDocument' },
    'Refused: a cache point with latency-optimized inference': { kind: 'refused', reason: 'latency' },
    'Perhaps above the maximum of 20,000': { kind: 'overMaximum', maximum: 20_000 },
    'Ignored with Provisioned Throughput': { kind: 'notOnDemand', why: 'provisioned' },
    'Model not known': { kind: 'unknownModel' },
  };
  for (const [expected, one] of Object.entries(verdicts))
    it(`says "${expected}"`, () => assert.equal(verdict(one), `${expected} (cache point 2)`));

  it('says why a prompt is not cached for other reasons', () => {
    const by = { kind: 'variable', text: 'tenant', varies: 'request', span: { start: 0, end: 0 } } as Extract<
      MatrixReason,
      { kind: 'neverRead' }
    >['by'];
    assert.equal(why({ kind: 'ttl', checkpoint: 1, ttl: '1h' }), 'Refused: no lifetime of 1h (cache point 1)');
    assert.match(why({ kind: 'neverRead', by }), /^Writes on each call and reads on none: /);
    assert.equal(why({ kind: 'noMarkers', possible: true }), 'Could cache, but there is no cache point');
    assert.match(why({ kind: 'noMarkers', possible: false }), /^Nothing to cache: /);
    assert.match(why({ kind: 'noCaching', byItself: true }), /^Caches by itself/);
    assert.equal(why({ kind: 'noCaching', byItself: false }), 'No prompt caching');
  });

  it('says first that the call fails for its content or its length', () => {
    assert.equal(told({ refusedContent: ['image', 'video'], refused: true }).why, 'Refused: takes no image and no video');
    assert.match(told({ fitsContext: false }).why, /^Too long: the context window is [\d,]+ tokens$/);
    assert.equal(told({ refused: true }).caches, 'no');
  });

  it('shows a dash for what is not known', () => {
    const row = told({
      minimum: undefined,
      ttls: [],
      coldUsd: undefined,
      warmUsd: undefined,
      expectedUsd: undefined,
      uncachedUsd: undefined,
    });
    assert.deepEqual([row.minimum, row.ttls, row.cold, row.warm, row.expected, row.uncached], ['–', '–', '–', '–', '–', '–']);
  });

  it('says how long the model is offered', () => {
    assert.equal(told({ lifecycle: { kind: 'legacy', endOfLife: '2027-01-08' } }).lifecycle, 'legacy, ends 2027-01-08');
    assert.equal(told({ lifecycle: { kind: 'retired', endOfLife: '2026-06-19' } }).lifecycle, 'retired, ended 2026-06-19');
    assert.equal(told({ lifecycle: { kind: 'retired' } }).lifecycle, 'retired');
    assert.equal(told({ lifecycle: { kind: 'preview' } }).lifecycle, 'preview');
  });
});

describe('the summary of the models tab', () => {
  it('counts the models that cache the prompt', () => {
    const { summary } = modelsView(rows, perHour(60), formats);
    const caching = rows.filter(({ caches, refused }) => caches === 'yes' && !refused).length;
    assert.ok(summary.startsWith(`As it is written, this prompt is cached on ${caching} of ${rows.length} models. `));
    assert.ok(summary.endsWith('the mean at 60 calls an hour.'));
    assert.ok(modelsView(rows, perHour(1), formats).summary.endsWith('the mean at 1 call an hour.'));
    const burst = { kind: 'burst', calls: 40, minutes: 10 } as const;
    assert.ok(modelsView(rows, burst, formats).summary.endsWith('the mean for 40 calls within 10 minutes.'));
    assertSentence(summary);
  });

  it('and every cell are clean for a fixture of every rule', () => {
    // The shortest of each rule: what is said of a model does not depend on how long a text is.
    const shortest = new Map(
      ruleFixtures()
        .toSorted((a, b) => b.text.length - a.text.length)
        .map((one) => [one.code, one]),
    );
    for (const fixture of shortest.values()) {
      const { prompt, input } = fixture.analyze(fixture.text);
      const view = modelsView(modelMatrix(prompt, { traffic: input }), input.traffic, formats);
      assertSentence(view.summary);
      for (const { why: reason, minimum, ttls, cold, warm, expected } of view.rows)
        [reason, minimum, ttls, cold, warm, expected].forEach(assertClean);
    }
  });
});
