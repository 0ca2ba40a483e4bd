import { levelOf, namedModel, type Level, type RefusalId } from '../service/refusals';
import type { RuleInput } from './types';

/** A model that is called, as the table of refusals has it. */
export interface Called {
  readonly id: string;
  readonly name: string;
  readonly isKnown: boolean;
}

/** The model that is called. Of one that the catalog does not know nothing is claimed but what the table says of it by name. */
export const calledModel = ({ plan: { model, resolution } }: RuleInput): Called | undefined => {
  if (model !== undefined) return { id: model.id, name: model.name, isKnown: true };
  const id = resolution.kind === 'unknown' ? namedModel(resolution.id) : undefined;
  return id === undefined ? undefined : { id, name: id, isKnown: false };
};

/** How sure it is that the model refuses what a row describes. */
export const levelFor = (refusal: RefusalId, { id, isKnown }: Called): Level => levelOf(refusal, id, isKnown);
