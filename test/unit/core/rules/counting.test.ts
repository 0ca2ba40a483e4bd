import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyze } from '../../../../src/core/analysis';
import { fits } from '../../../../src/core/cache/fit';
import type { CachePlan } from '../../../../src/core/cache/plan';
import { fitOf } from '../../../../src/core/cache/written';
import { noFiles } from '../../../../src/core/prompt/files';
import { checkRules } from '../../../../src/core/rules/index';
import { defaultSettings } from '../../../../src/core/settings';
import type { PromptAnalysis } from '../../../../src/core/analysis';
import { fixtures, samples } from '../../../support/fixtures';
import { someRequests } from '../../../support/requests';
import { ruleFixtures } from '../../../support/ruleFixtures';

/** The same plan with every figure counted, so that no question is answered by less. */
const counted = (plan: CachePlan): CachePlan => ({
  ...plan,
  size: plan.total,
  blocks: plan.blocks.map(({ place, block, varies, breaks, isOpen, own, prefix }) => ({
    place,
    block,
    varies,
    breaks,
    isOpen,
    own,
    prefix,
    upTo: prefix,
  })),
});

const agrees = ({ input, problems, plan }: PromptAnalysis, name: string): void => {
  const { caching } = plan;
  for (const point of plan.checkpoints)
    if (caching?.kind === 'explicit' && ['caches', 'belowMinimum', 'overMaximum'].includes(point.verdict.kind))
      assert.equal(fitOf(point), fits({ ...point.prefix }, caching), name);
  assert.deepEqual(checkRules({ ...input, plan: counted(plan) }, {}), problems, name);
};

describe('problems', function () {
  this.timeout(120_000);

  it('are the same whether texts are counted as far as rules ask, or to the end', () => {
    for (const { name, text, format } of [...samples, ...fixtures])
      for (const prompt of analyze(text, format, noFiles, defaultSettings).prompts) agrees(prompt, name);
    for (const { name, text, settings, analyzeDocument } of ruleFixtures())
      if (Object.keys(settings.severity).length === 0) for (const prompt of analyzeDocument(text).prompts) agrees(prompt, name);
  });

  it('are the same for drawn requests, with points in any place', () => {
    const models = [
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      'us.amazon.nova-lite-v1:0',
    ];
    fc.assert(
      fc.property(someRequests, fc.constantFrom(...models), fc.constantFrom(1, 5, 60), (request, modelId, callsPerHour) => {
        const text = JSON.stringify({ modelId, ...request });
        for (const prompt of analyze(text, 'converse-json', noFiles, { ...defaultSettings, callsPerHour }).prompts) agrees(prompt, text);
      }),
      { numRuns: 80 },
    );
  });
});
