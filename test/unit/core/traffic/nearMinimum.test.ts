import assert from 'node:assert/strict';
import fc from 'fast-check';
import { modelMatrix } from '../../../../src/core/advice/matrix';
import { analyze } from '../../../../src/core/analysis';
import { predictCalls } from '../../../../src/core/change/predict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { summaryLine } from '../../../../src/core/messages/plan';
import { noFiles } from '../../../../src/core/prompt/files';
import { perHour } from '../../../../src/core/prompt/traffic';
import { draftRequest } from '../../../../src/core/request/build';
import { defaultSettings } from '../../../../src/core/settings';
import { forecastOf } from '../../../../src/core/traffic/forecast';

const formats = numberFormats('en');
const traffic = perHour(600);
const models = ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', 'us.amazon.nova-pro-v1:0'];
const minimums = [1024, 4096, 300];

const read = (model: string, words: number) => {
  const text = `---\nmodelId: ${model}\n---\n# system:\n${'river '.repeat(words)}\n<!-- cachePoint -->\n# user:\n{{question}}\n`;
  const [only] = analyze(text, 'bedrock-prompt', noFiles, defaultSettings).prompts;
  assert.ok(only);
  return only;
};

describe('near the minimum', () => {
  for (const [at, model] of models.entries())
    it(`savings, forecast, prediction, matrix and problems say the same of ${model}`, () => {
      const around = minimums[at] ?? 0;
      const seen = new Set<string>();
      fc.assert(
        fc.property(fc.integer({ min: Math.floor(around * 0.8), max: Math.ceil(around * 1.2) }), (words) => {
          const { prompt, plan, savings, problems } = read(model, words);
          const [point] = plan.checkpoints;
          const forecast = forecastOf(plan, traffic);
          const [call] = predictCalls([{ request: draftRequest(prompt), plan, at: 0 }]);
          const row = modelMatrix(prompt, { traffic: { traffic } }).find(({ current }) => current);
          assert.ok(point && savings && forecast && call && row);
          const counts = point.verdict.kind === 'caches';
          const sure = point.verdict.kind === 'caches' && point.verdict.sure;
          assert.deepEqual(
            [savings.readTokens > 0, forecast.points.length > 0, call.cacheWrite.likely > 0, row.readTokens > 0],
            [counts, counts, counts, counts],
          );
          assert.equal(
            problems.some(({ code }) => code === 'cache/below-minimum'),
            !sure,
            'told exactly where it is not sure',
          );
          const line = summaryLine(plan, savings, formats);
          assert.match(line, sure ? /, saves \d/ : counts ? /, may save \d/ : /, nothing cached$/);
          seen.add(sure ? 'sure' : counts ? 'likely' : 'no');
        }),
        { numRuns: 60 },
      );
      assert.ok(seen.size > 1, [...seen].join(' '));
    });
});
