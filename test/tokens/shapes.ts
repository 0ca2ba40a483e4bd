import * as shapes from '../../src/core/tokens/shapes';
import { rowsOf, solve, times } from './solve';

/**
 * What shapes by what stands on both sides have in common, fitted beside them and added to each when all is known: of a pair seldom met much less is
 * known than of all pairs alike.
 */
const shared = [
  { first: shapes.oneSpace, count: 60, kinds: 6, at: shapes.count },
  { first: shapes.digitsAfter, count: 40, kinds: 4, at: shapes.count + 6 },
] as const;
const columns = shapes.count + 10;

const withShared = (counts: ReadonlyMap<number, number>): ReadonlyMap<number, number> => {
  const row = new Map(counts);
  for (const [feature, amount] of counts)
    for (const { first, count, kinds, at } of shared)
      if (feature >= first && feature < first + count) {
        const column = at + ((feature - first) % kinds);
        row.set(column, (row.get(column) ?? 0) + amount);
      }
  return row;
};

const folded = (x: Float64Array): Float64Array => {
  const costs = x.slice(0, shapes.count);
  for (const { first, count, kinds, at } of shared) for (let k = 0; k < count; k += 1) costs[first + k]! += x[at + (k % kinds)]!;
  return costs;
};

/** What each shape costs before any document has been seen; the fit says how far to go from here. */
const prior = (): Float64Array => {
  const cost = new Float64Array(columns);
  cost[shapes.digitGroup] = 1;
  for (const after of [0, 3, 4, 5]) cost[shapes.count + after] = 1;
  cost.fill(1, shapes.gap, shapes.gap + 6);
  cost[shapes.moreIndentSpaces] = 1;
  cost[shapes.tabs] = 1;
  cost.fill(1, shapes.newlines, shapes.newlines + 25);
  cost.fill(1, shapes.indent, shapes.indent + 12);
  return cost;
};

/** The least a shape may cost: what can fill a text by itself must not make it cost nothing. */
const floorOf = (feature: number): number => {
  if (feature >= shapes.count) return -0.7;
  if (feature >= shapes.oneSpace && feature < shapes.gap) return -0.7;
  if (feature === shapes.gapLength + 5) return 0.2;
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
  const rows = rowsOf(counts.map(withShared));
  const scale = totals.map((total) => Math.max(30, total));
  const expected = times(rows, start);
  const target = Float64Array.from(rest, (value, d) => value - expected[d]!);
  const damping = new Float64Array(columns).fill(ridge);
  const base = Float64Array.from(weights, (weight, d) => weight / deviation ** 2 / scale[d]! ** 2);
  let weight = base;
  const fixed = new Float64Array(columns);
  for (let round = 0; ; round += 1) {
    const x = solve({ rows, target, weight, damping, least: -Infinity }, 1, 4000, fixed.slice());
    if (round === 6) return folded(x.map((v, k) => Math.max(v + start[k]!, floorOf(k))));
    const found = times(rows, x);
    weight = base.map((w, d) => w * Math.min(1, outlier / Math.max(Math.abs(target[d]! - found[d]!) / scale[d]!, 1e-9)));
    x.forEach((v, k) => {
      if (v + start[k]! >= floorOf(k)) return;
      fixed[k] = floorOf(k) - start[k]!;
      damping[k] = Infinity;
    });
  }
};
