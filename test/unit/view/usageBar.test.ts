import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { UsageField, UsageRow } from '../../../src/core/panel/protocol';
import { barLabel, segmentsOf, usageBar } from '../../../src/view/usageBar';
import { asFake, installFakeDom } from '../../support/fakeDom';

const fields: readonly UsageField[] = ['cacheReadInputTokens', 'cacheWriteInputTokens', 'inputTokens', 'outputTokens'];
const rowsOf = (...tokens: readonly (number | undefined)[]): readonly UsageRow[] =>
  fields.map((field, index) => ({
    field,
    label: field,
    tokens: tokens[index],
    tokensText: String(tokens[index] ?? '–'),
    share: undefined,
    shareText: '',
    costText: '',
    hint: '',
    predictedText: '',
    predicted: 'none',
  }));

describe('the usage bar', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('is divided as the tokens are', () => {
    const widths = [...segmentsOf(rowsOf(600, 200, 100, 100)).values()].map(({ width }) => Number(width.toFixed(4)));
    assert.deepEqual(widths, [0.6, 0.2, 0.1, 0.1]);
  });

  it('is always full or empty, without gaps, and shows whatever is not zero', () => {
    const tokens = fc.option(fc.nat(1_000_000_000), { nil: undefined });
    fc.assert(
      fc.property(fc.array(tokens, { minLength: 4, maxLength: 4 }), (counts) => {
        const segments = [...segmentsOf(rowsOf(...counts)).values()];
        let end = 0;
        for (const [index, { start, width }] of segments.entries()) {
          assert.ok(Math.abs(start - end) < 1e-9);
          assert.equal(width > 0.005, (counts[index] ?? 0) > 0);
          end = start + width;
        }
        const any = counts.some((count) => (count ?? 0) > 0);
        assert.ok(Math.abs(end - (any ? 1 : 0)) < 1e-9);
      }),
    );
  });

  it('says its numbers in words', () => {
    assert.match(barLabel(rowsOf(1, 2, 3, 4)), /cachereadinputtokens 1, .*outputtokens 4\.$/);
    assert.match(barLabel(rowsOf()), /not reported yet/);
  });

  it('is an image with a label, and tells fields apart by pattern too', () => {
    const { element, update } = usageBar('run-1');
    update(rowsOf(750, 0, 250, 0));
    const bar = asFake(element);
    assert.equal(bar.getAttribute('role'), 'img');
    assert.match(bar.getAttribute('aria-label') ?? '', /750/);
    assert.equal(bar.querySelectorAll('pattern').length, 4);
    const rect = bar.querySelector('rect[data-segment="inputTokens"]');
    assert.deepEqual([rect?.getAttribute('x'), rect?.getAttribute('width')], ['75%', '25%']);
    assert.equal(bar.querySelectorAll('rect[fill="url(#run-1-inputTokens)"]').length, 1);
  });
});
