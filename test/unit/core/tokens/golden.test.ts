import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { estimateText } from '../../../../src/core/tokens/estimate';
import { sampleTexts } from './texts';

const file = new URL('golden.json', import.meta.url);
const figures = Object.fromEntries(
  sampleTexts.map(({ name, text }) => [
    name,
    (['claude-3', 'claude-5', 'nova-2'] as const).map((family) => Number(estimateText(text, family).likely.toFixed(3))),
  ]),
);

describe('the golden table of estimates', () => {
  it('still holds: a change of weights or of features must be meant (UPDATE_GOLDEN=1 rewrites it)', () => {
    const lines = Object.entries(figures).map(([name, row]) => `  "${name}": [${row.join(', ')}]`);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
    assert.deepEqual(figures, JSON.parse(readFileSync(file, 'utf8')));
  });
});
