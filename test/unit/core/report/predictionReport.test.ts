import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PricedPrediction } from '../../../../src/core/change/predict';
import type { TokenEstimate } from '../../../../src/core/figures/band';
import { predictionReport } from '../../../../src/core/report/predictionReport';
import { checkGolden } from '../../../support/golden';
import { faultsOf } from '../../../support/jsonSchema';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const schema = JSON.parse(readFileSync(join(root, 'schemas', 'prediction.schema.json'), 'utf8')) as object; // ours
const about = (likely: number): TokenEstimate => ({ low: likely - 10, likely, high: likely + 10, basis: 'estimated' });
const none: TokenEstimate = { low: 0, likely: 0, high: 0, basis: 'estimated' };

const cold: PricedPrediction = {
  cacheRead: none,
  cacheWrite: about(3000),
  writeByTtl: { '1h': about(2000), '5m': about(1000) },
  input: about(40),
  assumes: 'cold',
  doubts: ['crossRegion'],
  usd: { low: 0.011, likely: 0.012, high: 0.013 },
};
const warm: PricedPrediction = { ...cold, cacheRead: about(3000), cacheWrite: none, writeByTtl: {}, assumes: 'warm' };
const unsure: PricedPrediction = { ...warm, cacheRead: { ...about(3000), low: 0 }, cacheWrite: { ...none, high: 3010 }, assumes: 'unsure' };
const nothing: PricedPrediction = { ...cold, cacheWrite: none, writeByTtl: {}, assumes: 'noCaching', usd: undefined };

describe('the report of a prediction', () => {
  const report = predictionReport(
    [cold, warm, unsure, nothing].map((prediction, at) => ({ path: `call-${at + 1}.converse.json`, prediction })),
  );

  it('has the form that is kept, and fits its schema', () => {
    checkGolden(join(root, 'test', 'fixtures', 'report', 'prediction.json'), report);
    assert.deepEqual(faultsOf(report, schema), []);
  });

  it('would not fit with another word, a member more or one less', () => {
    const [call] = report.calls;
    const { usd: _usd, ...less } = call ?? {};
    for (const wrong of [{ ...call, assumes: 'maybe' }, { ...call, doubts: [] }, less, { ...call, writeByTtl: { '5m': 3 } }])
      assert.equal(faultsOf({ version: 1, calls: [wrong] }, schema).length, 1);
  });
});
