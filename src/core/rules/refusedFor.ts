import type { Checkpoint } from '../cache/plan';
import type { RuleInput } from './types';

/** Markers that the service refuses for what stands right before them, or for the latency asked for. */
export const refusedFor = ({ plan }: RuleInput, reason: 'afterReasoning' | 'afterDocument' | 'latency'): readonly Checkpoint[] =>
  plan.checkpoints.filter(({ verdict }) => verdict.kind === 'refused' && verdict.reason === reason);
