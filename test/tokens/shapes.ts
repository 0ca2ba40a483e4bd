import { shapes } from '../../src/core/tokens/textRuns';
import { rowsOf, solve, times } from './solve';

/** What each shape costs before any document has been seen; the fit says how far to go from here. */
const prior = (): Float64Array => {
  const cost = new Float64Array(shapes.count);
  cost[shapes.digitGroup] = 1;
  for (const after of [0, 3, 4, 5]) cost[shapes.oneSpace + after] = 1;
  cost.fill(1, shapes.gap, shapes.gap + 6);
  cost[shapes.tabs] = 1;
  cost.fill(1, shapes.newlines, shapes.newlines + 25);
  cost.fill(1, shapes.indent, shapes.indent + 12);
  return cost;
};

/** The least a shape may cost: what can fill a text by itself must not make it cost nothing. */
const floorOf = (feature: number): number => {
  if (feature === shapes.digitGroup) return 0.9;
  if (feature >= shapes.newlines && feature < shapes.newlines + 24) return 0.5;
  if (feature >= shapes.indent && feature < shapes.indent + 12) return 0.5;
  if (feature >= shapes.lineEnd && feature < shapes.indentMark) return -0.4;
  if (feature >= shapes.symbol) return -1;
  if (feature === shapes.moreNewlines) return 0.5;
  if (feature >= shapes.carriage && feature < shapes.newlines) return 0;
  return feature === shapes.quote ? -0.3 : -0.7;
};

const ridge = 5;
const deviation = 0.02;
const outlier = 0.04;

/**
 * Costs of shapes from what is left of each document's count once its runs are paid: ridge towards the prior, documents far off
 * weighing less (Huber), floors kept.
 */
export const fitShapes = (
  counts: readonly ReadonlyMap<number, number>[],
  rest: readonly number[],
  totals: readonly number[],
  weights: readonly number[],
): Float64Array => {
  const start = prior();
  const rows = rowsOf(counts);
  const scale = totals.map((total) => Math.max(30, total));
  const expected = times(rows, start);
  const target = Float64Array.from(rest, (value, d) => value - expected[d]!);
  const damping = new Float64Array(shapes.count).fill(ridge);
  const base = Float64Array.from(weights, (weight, d) => weight / deviation ** 2 / scale[d]! ** 2);
  let weight = base;
  const fixed = new Float64Array(shapes.count);
  for (let round = 0; ; round += 1) {
    const x = solve({ rows, target, weight, damping, least: -Infinity }, 1, 4000, fixed.slice());
    if (round === 6) return x.map((v, k) => Math.max(v + start[k]!, floorOf(k)));
    const found = times(rows, x);
    weight = base.map((w, d) => w * Math.min(1, outlier / Math.max(Math.abs(target[d]! - found[d]!) / scale[d]!, 1e-9)));
    x.forEach((v, k) => {
      if (v + start[k]! >= floorOf(k)) return;
      fixed[k] = floorOf(k) - start[k]!;
      damping[k] = Infinity;
    });
  }
};
