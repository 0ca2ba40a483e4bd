import * as vscode from 'vscode';
import { languageText } from '../../core/messages/editor/language';
import { messageText } from '../../core/text/visible';
import { partOf, placeOf, toRange, toWorkspaceEdit } from '../documents/convert';
import { showPlace } from '../documents/openDocuments';
import type { OpenPrompt } from '../documents/choosePrompt';
import type { FeatureDeps } from '../feature';
import type { showProposal } from './proposals';

/** `showProposal`: of the module that answers the diff editor. */
export interface OptimizeDeps extends FeatureDeps {
  readonly showProposal: typeof showProposal;
}

/** Proposes the best cache points for the prompt's traffic, shows figures and text before and after, and applies them as one edit. */
export const optimizePrompt = async ({ document, ref }: OpenPrompt, deps: OptimizeDeps): Promise<void> => {
  const analysis = await deps.store.settled(ref);
  if (analysis === undefined) return;
  const engine = deps.engine();
  const { input } = analysis;
  const placement = engine.optimizeAll(input, { traffic: input.traffic });
  if (placement.kind === 'none') {
    void vscode.window.showInformationMessage(messageText(engine.describeNoPlaces(placement.reason)));
    return;
  }
  const blocked = placement.blocks && engine.describeBlocked(toRange(document, placement.blocks).start.line + 1, placement.move);
  const lines = [...engine.describePlacement(placement, input.traffic, deps.formats), ...(blocked === undefined ? [] : [blocked])];
  if (placement.edits.length === 0) {
    void vscode.window.showInformationMessage(messageText(languageText.bestAlready(lines[0] ?? '')));
    return;
  }
  const [apply, compare] = [languageText.apply, languageText.showChanges];
  const question = languageText.optimizeQuestion;
  const detail = messageText(lines.join('\n\n'));
  let choice = await vscode.window.showInformationMessage(question, { modal: true, detail }, apply, compare);
  if (choice === compare) {
    // In a notebook the cell is shown that the prompt stands in.
    const { start, end } = partOf(document);
    const optimized = engine.applyEdits(analysis.text, placement.edits);
    const after = analysis.text.length - end;
    await deps.showProposal(document, optimized.slice(start, optimized.length - after), languageText.optimized(basename(document)));
    choice = await vscode.window.showInformationMessage(question, apply);
  }
  // The text may have changed while the question stood there.
  const edit = toWorkspaceEdit(document, placement.edits);
  if (choice === apply && edit !== undefined && deps.store.get(document)?.text === analysis.text) await vscode.workspace.applyEdit(edit);
};

const basename = ({ uri }: vscode.TextDocument): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** Builds the request with each of the prompt's sample rows, says where they differ first, and goes there. */
export const compareSamples = async ({ document, ref }: OpenPrompt, deps: FeatureDeps): Promise<void> => {
  const analysis = await deps.store.settled(ref);
  if (analysis === undefined) return;
  const engine = deps.engine();
  const { prompt, plan } = analysis;
  const settings = deps.settings.read(document.uri);
  const proofs = engine.proveSamples(prompt, plan, {
    defaultModelId: settings.defaultModelId,
    profileModels: settings.profileModels,
    overrides: engine.modelOverridesOf(settings).entries,
    calibration: deps.store.calibrationFor(ref),
  });
  const lines = engine.describeProofs(proofs, plan, deps.formats);
  const difference = proofs.find(({ divergence }) => divergence.difference !== undefined)?.divergence.difference;
  const go = languageText.showDifference;
  const message = proofs.length === 0 ? (lines[0] ?? '') : languageText.whatRowsShare;
  const options = proofs.length === 0 ? {} : { modal: true, detail: messageText(lines.join('\n\n')) };
  const choice = await vscode.window.showInformationMessage(messageText(message), options, ...(difference === undefined ? [] : [go]));
  if (choice === go && difference !== undefined) await showPlace(placeOf(document, difference.span));
};
