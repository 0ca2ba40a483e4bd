import { fixDocument } from '../../core/analysis';
import type { PromptOrigin } from '../../core/prompt/model';
import { allKinds, type FixedText } from '../../core/rules/fixAll';
import type { FixKind } from '../../core/rules/types';
import { readDocument, type Document } from './documents';

/** Applies fixes up to a kind until none is left: each kind takes the more harmless ones before it. */
export const fixText = (document: Document, format: PromptOrigin, upTo: FixKind): FixedText => {
  const kinds = allKinds.slice(0, allKinds.indexOf(upTo) + 1);
  return fixDocument(readDocument(document, format), kinds);
};
