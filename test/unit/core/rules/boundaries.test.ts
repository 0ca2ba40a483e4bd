import assert from 'node:assert/strict';
import type { PromptAnalysis } from '../../../../src/core/analysis';
import { noFiles } from '../../../../src/core/prompt/files';
import type { RuleCode } from '../../../../src/core/prompt/problems';
import { defaultSettings } from '../../../../src/core/settings';
import { analyzeOnly } from '../../../support/onlyPrompt';

/** Texts made to measure: how many tokens a text has is the estimator's affair, so these find the length at which a verdict changes. */

const check = (text: string): PromptAnalysis => analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings);
const sentence = 'Parcels are handed over to the carrier on the next working day.\n';

const promptOf = (modelId: string, sentences: number, tail = ''): string =>
  `---\nmodelId: ${modelId}\n---\n# system:\n${sentence.repeat(sentences)}${tail}\n<!-- cachePoint -->\n\n# user:\nHello\n`;

const find = ({ problems }: PromptAnalysis, code: RuleCode) => problems.find((problem) => problem.code === code);

/** The fewest sentences for which a test holds, which must hold for all longer texts. */
const fewest = (holds: (sentences: number) => boolean): number => {
  let [low, high] = [0, 4096];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

describe('on the boundary', () => {
  for (const modelId of [
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    'us.anthropic.claude-opus-5',
  ]) {
    const prefixOf = (sentences: number) => check(promptOf(modelId, sentences)).plan.checkpoints[0]?.prefix;
    const caching = check(promptOf(modelId, 1)).plan.caching;
    const minimum = caching?.kind === 'explicit' ? caching.minimum.likely : Number.NaN;

    it(`of ${minimum} tokens, ${modelId} is warned of until the low estimate reaches it`, () => {
      const first = fewest((sentences) => (prefixOf(sentences)?.low ?? 0) >= minimum);
      assert.equal(find(check(promptOf(modelId, first)), 'cache/below-minimum'), undefined);
      assert.ok(find(check(promptOf(modelId, first - 1)), 'cache/below-minimum'));
    });

    it(`of ${minimum} tokens, "does nothing" of ${modelId} becomes "may" when the high estimate reaches it`, () => {
      const first = fewest((sentences) => (prefixOf(sentences)?.high ?? 0) >= minimum);
      const certain = (sentences: number) => {
        const problem = find(check(promptOf(modelId, sentences)), 'cache/below-minimum');
        return problem?.code === 'cache/below-minimum' ? problem.data.certain : undefined;
      };
      assert.equal(certain(first - 1), true);
      assert.equal(certain(first), false);
    });
  }

  it('says "may" of Opus 4.7 wherever sources disagree, between 2,048 and 4,096 tokens', () => {
    const modelId = 'us.anthropic.claude-opus-4-7';
    const between = fewest((sentences) => (check(promptOf(modelId, sentences)).plan.checkpoints[0]?.prefix.likely ?? 0) >= 3000);
    const problem = find(check(promptOf(modelId, between)), 'cache/below-minimum');
    assert.ok(problem?.code === 'cache/below-minimum' && !problem.data.certain);
  });

  it('does not warn of Sonnet 4.6 between 1,024 and 2,048 tokens, where the newer measurement decides', () => {
    const modelId = 'us.anthropic.claude-sonnet-4-6';
    const between = fewest((sentences) => (check(promptOf(modelId, sentences)).plan.checkpoints[0]?.prefix.likely ?? 0) >= 1500);
    assert.equal(find(check(promptOf(modelId, between)), 'cache/below-minimum'), undefined);
  });

  it('takes 20,000 tokens for the most that Nova caches', () => {
    const modelId = 'us.amazon.nova-pro-v1:0';
    const over = fewest((sentences) => (check(promptOf(modelId, sentences)).plan.checkpoints[0]?.prefix.likely ?? 0) > 20_000);
    assert.ok(find(check(promptOf(modelId, over)), 'cache/over-maximum'));
    assert.equal(find(check(promptOf(modelId, over - 1)), 'cache/over-maximum'), undefined);
  });

  it('proposes a marker from the minimum on, and not before', () => {
    const unmarked = (sentences: number) =>
      check(promptOf('us.anthropic.claude-sonnet-4-5-20250929-v1:0', sentences).replace('<!-- cachePoint -->\n', ''));
    const first = fewest((sentences) => find(unmarked(sentences), 'cache/missing') !== undefined);
    const prefix = (sentences: number) => unmarked(sentences).plan.blocks[0]?.prefix.low ?? 0;
    assert.ok(prefix(first) >= 1024);
    assert.ok(prefix(first - 1) < 1024);
  });

  it('weighs a marker at the traffic at which write and read balance', () => {
    const calls = (perHour: number) => {
      const text = promptOf('us.anthropic.claude-sonnet-4-5-20250929-v1:0', 300).replace(
        '---\n#',
        `traffic: { callsPerHour: ${perHour} }\n---\n#`,
      );
      return find(check(text), 'cache/never-pays');
    };
    // 1.25 × (1 − h) + 0.1 × h = 1 at a hit rate h of 0.25 / 1.15, which five minutes reach at 2.94 calls an hour.
    const balance = -Math.log(1 - 0.25 / 1.15) * 12;
    assert.ok(calls(balance * 0.99));
    assert.equal(calls(balance * 1.01), undefined);
  });
});
