import { entryOf, type Resolution } from '../models/resolve';
import { namedModel } from './refusals';

/** A model that is called, as the table of refusals has it. */
export interface Called {
  readonly id: string;
  readonly name: string;
  readonly isKnown: boolean;
}

/** The model that an id leads to. Of one that the catalog does not know nothing is claimed but what the table says of it by name. */
export const calledBy = (resolution: Resolution): Called | undefined => {
  const model = entryOf(resolution);
  if (model !== undefined) return { id: model.id, name: model.name, isKnown: true };
  const id = resolution.kind === 'unknown' ? namedModel(resolution.id) : undefined;
  return id === undefined ? undefined : { id, name: id, isKnown: false };
};
