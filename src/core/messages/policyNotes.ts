import { assertNever } from '../text/assertNever';
import type { PolicyNote } from '../advice/policy';

/** What a person has to know of a policy that was written for them, one sentence. */
export const describePolicyNote = (note: PolicyNote): string => {
  switch (note.kind) {
    case 'anyAccount':
      return 'The account is not known: put its number in the place of the star before “:inference-profile”.';
    case 'anyRegion':
      return 'The models are allowed in any Region, as nobody was asked where the profiles lead.';
    case 'anyModel':
      return `Nothing says which model answers behind ${note.id}, so any model is allowed.`;
    case 'noModel':
      return `${note.prompts === 1 ? 'One prompt names' : `${note.prompts} prompts name`} no model and ${note.prompts === 1 ? 'is' : 'are'} left out.`;
    default:
      return assertNever(note);
  }
};
