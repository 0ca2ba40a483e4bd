import { noPrompts, type Reading } from '../format';
import { cloudFormation } from './cloudFormation';
import type { Finder, StoredDocument } from './document';
import { liteLlm } from './liteLlm';
import { promptFile } from './promptFile';
import { promptManagement } from './promptManagement';
import { recording } from './recording';

/** Every kind of document that keeps prompts, most particular first: a new kind is one line here. */
const finders: readonly Finder[] = [cloudFormation, promptManagement, recording, liteLlm, promptFile];

/** The prompts that a document keeps, of whatever kind it is. */
export const readStored = (document: StoredDocument): Reading => {
  for (const find of finders) {
    const prompts = find(document);
    if (prompts !== undefined) return { ...noPrompts, prompts };
  }
  return noPrompts;
};
