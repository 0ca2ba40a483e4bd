import type { Prompt } from '../prompt/model';
import { diverge, type Difference, type Divergence } from './diverge';
import type { CachePlan, Checkpoint, PlanOptions, Reuse } from '../cache/plan';

/** What two rows of values say about one checkpoint, next to what the analysis says. */
export type Finding =
  /** The rows bear it out. */
  | { readonly kind: 'proven' }
  /** The rows are too alike to tell, or the cause is a literal, which no row changes. */
  | { readonly kind: 'unproven' }
  /** Said to be shared (or shared within a session), yet the rows differ before it. */
  | { readonly kind: 'contradiction'; readonly found: 'differs'; readonly difference: Difference }
  /** Said to vary by this variable, yet rows that differ in it make the same prefix. */
  | { readonly kind: 'contradiction'; readonly found: 'equal'; readonly variable: string };

export interface CheckpointProof {
  readonly number: number;
  /** What the analysis says. */
  readonly said: Reuse['kind'];
  readonly finding: Finding;
}

/** Agreement between analysis and proof for one pair of rows. */
export interface Proof {
  readonly checkpoints: readonly CheckpointProof[];
  readonly contradictions: readonly CheckpointProof[];
}

const proven: Finding = { kind: 'proven' };
const unproven: Finding = { kind: 'unproven' };

/** The checkpoint's prefix is the same in both requests, although the analysis names something that changes it. */
const whenEqual = ({ reuse }: Checkpoint, { differing, difference }: Divergence): Finding => {
  if (reuse.kind === 'shared') return difference === undefined ? unproven : proven;
  const { by } = reuse;
  if (by.kind === 'variable' && differing.includes(by.text)) return { kind: 'contradiction', found: 'equal', variable: by.text };
  // Within one session the rows may differ only in what comes later, and that they do.
  return reuse.kind === 'session' && difference !== undefined ? proven : unproven;
};

const whenDifferent = (plan: CachePlan, { reuse }: Checkpoint, difference: Difference): Finding => {
  if (reuse.kind === 'never') return proven;
  const differs: Finding = { kind: 'contradiction', found: 'differs', difference };
  if (reuse.kind === 'shared' || difference.cause.kind !== 'variable') return differs;
  const { name } = difference.cause;
  const known = plan.blocks[difference.index]?.breaks.some((found) => found.text === name && found.varies === 'session') === true;
  return known ? proven : differs;
};

/** Holds the plan's word on each checkpoint against what a pair of rows shows. */
export const provePlan = (plan: CachePlan, divergence: Divergence): Proof => {
  const checkpoints = plan.checkpoints.map((checkpoint): CheckpointProof => {
    const seen = divergence.checkpoints.find(({ number }) => number === checkpoint.number);
    const { difference } = divergence;
    const finding =
      seen === undefined || seen.shared || difference === undefined
        ? whenEqual(checkpoint, divergence)
        : whenDifferent(plan, checkpoint, difference);
    return { number: checkpoint.number, said: checkpoint.reuse.kind, finding };
  });
  return { checkpoints, contradictions: checkpoints.filter(({ finding }) => finding.kind === 'contradiction') };
};

/** One pair of sample rows, by their indexes in the front matter, and what it shows. */
export interface SampleProof {
  readonly rows: readonly [a: number, b: number];
  readonly divergence: Divergence;
  readonly proof: Proof;
}

/** Up to this many rows every pair is compared, beyond it each row with the next. */
const rowsForAllPairs = 6;

const pairsOf = (count: number): readonly (readonly [number, number])[] => {
  const pairs: [number, number][] = [];
  for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count; b += 1) if (count <= rowsForAllPairs || b === a + 1) pairs.push([a, b]);
  return pairs;
};

/** Compares the prompt's own sample rows; empty when there are fewer than two. */
export const proveSamples = (prompt: Prompt, plan: CachePlan, options: PlanOptions = {}): readonly SampleProof[] => {
  const rows = prompt.header.samples.map(({ value }) => value);
  return pairsOf(rows.length).map(([a, b]) => {
    const divergence = diverge(prompt, rows[a] ?? {}, rows[b] ?? {}, options);
    return { rows: [a, b], divergence, proof: provePlan(plan, divergence) };
  });
};
