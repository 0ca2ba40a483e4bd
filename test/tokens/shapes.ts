import { shapes } from '../../src/core/tokens/scan';
import { rowsOf } from './problem';
import { predictDocuments, solve } from './solve';

/** What each shape costs before any document has been seen; the fit says how far to go from here. */
const prior = (): Float64Array => {
  const cost = new Float64Array(shapes.count);
  cost[shapes.digitGroup] = 1;
  for (const after of [0, 3, 4]) cost[shapes.oneSpace + after] = 1;
  cost.fill(1, shapes.gap, shapes.gap + 5);
  cost.fill(1, shapes.indent, shapes.indent + 5);
  cost.fill(1, shapes.tabs, shapes.tabs + 2);
  cost.fill(1, shapes.newlines, shapes.newlines + 4);
  return cost;
};

/** The least a shape may cost: what is met without a run must not be negative, what is met with one must leave it something. */
const floorOf = (feature: number): number => {
  if (feature < shapes.digitGroup) return -0.7;
  if (feature === shapes.digitGroup) return 0.9;
  return feature === shapes.quote ? -0.3 : 0;
};

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
  const context = rowsOf(counts);
  const scale = totals.map((total) => Math.max(30, total));
  const target = Float64Array.from(rest, (value, d) => value - [...counts[d]!].reduce((sum, [k, v]) => sum + v * start[k]!, 0));
  const empty = rowsOf(counts.map(() => new Map()));
  const damping = new Float64Array(shapes.count).fill(10);
  const nothing = new Float64Array(0);
  const base = weights.map((weight, d) => weight / deviation ** 2 / scale[d]! ** 2);
  let documentWeight = Float64Array.from(base);
  const fixed = new Float64Array(shapes.count);
  for (let round = 0; ; round += 1) {
    const problem = {
      features: rowsOf([]),
      runTarget: nothing,
      runWeight: nothing,
      documents: empty,
      context,
      documentTarget: target,
      documentWeight,
      damping,
      columns: shapes.count,
    };
    const x = solve(problem, 1, 120, fixed.slice());
    if (round === 6) return x.map((v, k) => Math.max(v + start[k]!, floorOf(k)));
    const found = predictDocuments(problem, x);
    documentWeight = documentWeight.map((_, d) => {
      const error = Math.abs(target[d]! - found[d]!) / scale[d]!;
      return base[d]! * Math.min(1, outlier / Math.max(error, 1e-9));
    });
    x.forEach((v, k) => {
      if (v + start[k]! >= floorOf(k)) return;
      fixed[k] = floorOf(k) - start[k]!;
      damping[k] = Infinity;
    });
  }
};
