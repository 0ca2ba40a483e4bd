import type { DocumentAnalysis } from '../../core/analysis';
import { fixDocument, type FixedDocument } from '../../core/fixDocument';
import { allKinds } from '../../core/rules/fixKinds';
import type { FixKind } from '../../core/rules/types';

/** Applies fixes up to a kind until none is left: each kind takes the more harmless ones before it. */
export const fixUpTo = (document: DocumentAnalysis, upTo: FixKind): FixedDocument =>
  fixDocument(document, allKinds.slice(0, allKinds.indexOf(upTo) + 1));
