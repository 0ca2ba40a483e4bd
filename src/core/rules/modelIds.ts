import { fixTitles } from '../messages/fixes';
import type { Reach } from '../models/profiles';
import { regionOf } from '../models/resolve';
import type { Fix, RuleInput } from './types';

/** The Region that the id or a setting names. */
export const regionFor = ({ plan, region }: RuleInput): string | undefined =>
  regionOf(plan.resolution) ?? (region === '' ? undefined : region);

/** How far a call may go. */
export const reachOf = ({ neverGlobal }: RuleInput): Reach => (neverGlobal === true ? 'geography' : 'anywhere');

/** One fix for each of the first three ids. */
export function* useModels({ prompt }: RuleInput, ids: readonly string[], preferFirst: boolean): Generator<Fix> {
  for (const [index, id] of ids.slice(0, 3).entries()) {
    const edits = prompt.write.setModelId(id);
    if (edits !== undefined) yield { title: fixTitles.useModel(id), kind: 'changes', edits, preferred: preferFirst && index === 0 };
  }
}
