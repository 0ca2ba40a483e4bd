import type { Rows } from './problem';

const times = (rows: Rows, x: Float64Array, out: Float64Array): void => {
  for (let r = 0; r < rows.start.length - 1; r += 1) {
    let sum = 0;
    const end = rows.start[r + 1]!;
    for (let i = rows.start[r]!; i < end; i += 1) sum += rows.value[i]! * x[rows.index[i]!]!;
    out[r] = sum;
  }
};

const addTransposed = (rows: Rows, y: Float64Array, out: Float64Array): void => {
  for (let r = 0; r < rows.start.length - 1; r += 1) {
    const v = y[r]!;
    if (v === 0) continue;
    const end = rows.start[r + 1]!;
    for (let i = rows.start[r]!; i < end; i += 1) out[rows.index[i]!]! += rows.value[i]! * v;
  }
};

/**
 * Least squares over two kinds of rows that share the runs' features: each run by itself, and each document as a sum of its
 * runs. A run costs at least one token: where the sum of weights is below, its cost is one and the weights are left alone.
 */
export interface Problem {
  /** Features of each run. */
  readonly features: Rows;
  readonly runTarget: Float64Array;
  /** 0 for a run that is not to be learned from by itself. */
  readonly runWeight: Float64Array;
  /** How often each run stands in each document. */
  readonly documents: Rows;
  /** Features of each document that belong to no run. */
  readonly context: Rows;
  readonly documentTarget: Float64Array;
  readonly documentWeight: Float64Array;
  /** Ridge per column; Infinity keeps a column where it is. */
  readonly damping: Float64Array;
  readonly columns: number;
}

export const predictRuns = (problem: Problem, x: Float64Array): Float64Array => {
  const raw = new Float64Array(problem.runTarget.length);
  times(problem.features, x, raw);
  return raw;
};

export const predictDocuments = (problem: Problem, x: Float64Array): Float64Array => {
  const cost = predictRuns(problem, x).map((p) => Math.max(1, p));
  const sum = new Float64Array(problem.documentTarget.length);
  times(problem.documents, cost, sum);
  const context = new Float64Array(sum.length);
  times(problem.context, x, context);
  return sum.map((s, d) => s + context[d]!);
};

interface Active {
  readonly run: Uint8Array;
  readonly inDocument: Uint8Array;
}

const normal = (problem: Problem, active: Active, x: Float64Array, out: Float64Array): void => {
  const runs = new Float64Array(problem.runTarget.length);
  times(problem.features, x, runs);
  const inDocument = runs.map((v, r) => (active.inDocument[r] ? v : 0));
  const documents = new Float64Array(problem.documentTarget.length);
  const context = new Float64Array(documents.length);
  times(problem.documents, inDocument, documents);
  times(problem.context, x, context);
  for (let d = 0; d < documents.length; d += 1) documents[d] = (documents[d]! + context[d]!) * problem.documentWeight[d]!;
  back(
    problem,
    active,
    runs.map((v, r) => (active.run[r] ? v * problem.runWeight[r]! : 0)),
    documents,
    out,
  );
  for (let c = 0; c < out.length; c += 1) out[c] = problem.damping[c]! < Infinity ? out[c]! + problem.damping[c]! * x[c]! : 0;
};

const back = (problem: Problem, active: Active, runs: Float64Array, documents: Float64Array, out: Float64Array): void => {
  const spread = new Float64Array(runs.length);
  addTransposed(problem.documents, documents, spread);
  for (let r = 0; r < runs.length; r += 1) runs[r]! += active.inDocument[r] ? spread[r]! : 0;
  out.fill(0);
  addTransposed(problem.features, runs, out);
  addTransposed(problem.context, documents, out);
};

const step = (problem: Problem, x: Float64Array, iterations: number): void => {
  const raw = predictRuns(problem, x);
  const active: Active = {
    run: Uint8Array.from(raw, (p, r) => (problem.runWeight[r]! > 0 && (problem.runTarget[r]! > 1 || p > problem.runTarget[r]!) ? 1 : 0)),
    inDocument: Uint8Array.from(raw, (p) => (p > 1 ? 1 : 0)),
  };
  const documents = predictDocuments(problem, x).map((p, d) => (problem.documentTarget[d]! - p) * problem.documentWeight[d]!);
  const runs = raw.map((p, r) => (active.run[r] ? (problem.runTarget[r]! - p) * problem.runWeight[r]! : 0));
  const residual = new Float64Array(problem.columns);
  back(problem, active, runs, documents, residual);
  for (let c = 0; c < residual.length; c += 1)
    residual[c] = problem.damping[c]! < Infinity ? residual[c]! - problem.damping[c]! * x[c]! : 0;
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  let direction = residual.slice();
  let size = dot(residual, residual);
  const image = new Float64Array(problem.columns);
  for (let i = 0; i < iterations && size > 1e-12; i += 1) {
    normal(problem, active, direction, image);
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

/** Fits by repeated conjugate gradients, settling anew each time which runs cost the least there is. */
export const solve = (
  problem: Problem,
  rounds: number,
  iterations: number,
  x: Float64Array = new Float64Array(problem.columns),
): Float64Array => {
  for (let round = 0; round < rounds; round += 1) step(problem, x, iterations);
  return x;
};
