/** Compressed rows: `index[start[r] … start[r+1])` with `value` beside it. */
export interface Rows {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

export const rowsOf = (rows: readonly ReadonlyMap<number, number>[]): Rows => {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (start[r + 1] = (start[r] ?? 0) + row.size));
  const index = new Int32Array(start[rows.length] ?? 0);
  const value = new Float64Array(index.length);
  let at = 0;
  for (const row of rows)
    for (const [i, v] of row) {
      index[at] = i;
      value[at++] = v;
    }
  return { start, index, value };
};

/** The chosen rows, with what `columnOf` keeps of them (-1 drops) renumbered. */
export const selectRows = ({ start, index, value }: Rows, rows: Int32Array, columnOf: Int32Array): Rows => {
  const starts = new Int32Array(rows.length + 1);
  const kept: number[] = [];
  const values: number[] = [];
  rows.forEach((row, r) => {
    for (let i = start[row]!; i < start[row + 1]!; i += 1) {
      const column = columnOf[index[i]!]!;
      if (column < 0) continue;
      kept.push(column);
      values.push(value[i]!);
    }
    starts[r + 1] = kept.length;
  });
  return { start: starts, index: Int32Array.from(kept), value: Float64Array.from(values) };
};

/** What each row sums to. */
export const times = ({ start, index, value }: Rows, x: Float64Array): Float64Array => {
  const out = new Float64Array(start.length - 1);
  for (let r = 0; r < out.length; r += 1) {
    let sum = 0;
    for (let i = start[r]!; i < start[r + 1]!; i += 1) sum += value[i]! * x[index[i]!]!;
    out[r] = sum;
  }
  return out;
};

const transposed = ({ start, index, value }: Rows, y: Float64Array, columns: number): Float64Array => {
  const out = new Float64Array(columns);
  for (let r = 0; r < y.length; r += 1) {
    const v = y[r]!;
    if (v === 0) continue;
    for (let i = start[r]!; i < start[r + 1]!; i += 1) out[index[i]!]! += value[i]! * v;
  }
  return out;
};

/** Weighted least squares with a ridge towards 0. */
export interface Problem {
  readonly rows: Rows;
  readonly target: Float64Array;
  readonly weight: Float64Array;
  /** Ridge per column; Infinity keeps a column where it is. */
  readonly damping: Float64Array;
  /** A row costs at least this: where both sum and target are at or below, the row pulls at nothing. */
  readonly least: number;
}

const step = ({ rows, target, weight, damping, least }: Problem, x: Float64Array, iterations: number): void => {
  const found = times(rows, x);
  const active = weight.map((w, r) => (found[r]! > least || target[r]! > least ? w : 0));
  const free = (v: number, c: number): number => (damping[c]! < Infinity ? v : 0);
  const residual = transposed(
    rows,
    active.map((w, r) => w * (target[r]! - found[r]!)),
    x.length,
  ).map((v, c) => free(v - damping[c]! * x[c]!, c));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  let direction = residual.slice();
  let size = dot(residual, residual);
  for (let i = 0; i < iterations && size > 1e-12; i += 1) {
    const reached = times(rows, direction);
    const image = transposed(
      rows,
      reached.map((v, r) => v * active[r]!),
      x.length,
    ).map((v, c) => free(v + damping[c]! * direction[c]!, c));
    const alpha = size / dot(direction, image);
    for (let c = 0; c < x.length; c += 1) {
      x[c]! += alpha * direction[c]!;
      residual[c]! -= alpha * image[c]!;
    }
    const grown = dot(residual, residual);
    direction = direction.map((v, c) => residual[c]! + (grown / size) * v);
    size = grown;
  }
};

/** Fits by repeated conjugate gradients from `x` on, settling again each time which rows cost the least there is. */
export const solve = (
  problem: Problem,
  rounds: number,
  iterations: number,
  x: Float64Array = new Float64Array(problem.damping.length),
): Float64Array => {
  for (let round = 0; round < rounds; round += 1) step(problem, x, iterations);
  return x;
};
