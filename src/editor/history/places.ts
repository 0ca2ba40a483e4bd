import * as vscode from 'vscode';
import { blockIn } from '../../core/runs/explanation';
import type { RunRecord } from '../../core/runs/record';
import { placeOf } from '../documents/convert';
import { openDocument, showPlace } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import type { PromptRef } from '../promptRef';
import { blockAt } from './blockAt';
import { fixFor } from './recorder';

/** Of an excerpt, the part that stands in the text as it is. */
const plain = (excerpt: string): string => excerpt.replace(/^…|…$/g, '');

/** Shows the block in which a run differs from the one that it is compared with, at the first character that does where it can be found. */
export const goToBlock = async ({ why }: RunRecord, ref: PromptRef | undefined, deps: FeatureDeps): Promise<void> => {
  const at = why && blockIn(why.explanation);
  if (ref === undefined || at === undefined) return;
  const document = await openDocument(ref.uri);
  const analysis = await deps.store.settled(ref);
  const block = analysis && blockAt(analysis, at);
  if (document === undefined || analysis === undefined || block === undefined) return;
  const { start, end } = block.span;
  const excerpt = plain(why?.text?.is ?? '');
  const found = excerpt === '' ? -1 : analysis.text.slice(start, end).indexOf(excerpt);
  const place = found === -1 ? { start, end: start } : { start: start + found, end: start + found + excerpt.length };
  await showPlace(placeOf(document, place));
};

/** Shows the problem that a rule can fix, with its fixes. */
export const applyFix = async ({ why }: RunRecord, ref: PromptRef | undefined, deps: FeatureDeps): Promise<void> => {
  if (ref === undefined || why === undefined) return;
  const document = await openDocument(ref.uri);
  const analysis = await deps.store.settled(ref);
  const found = analysis && fixFor(why.explanation, analysis, deps.engine);
  if (document === undefined || found === undefined) return;
  await showPlace(placeOf(document, found.problem.span));
  await vscode.commands.executeCommand('editor.action.quickFix');
};
