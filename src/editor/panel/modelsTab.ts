import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { ModelsView } from '../../core/messages/models';
import { toWorkspaceEdit } from '../documents/convert';
import type { FeatureDeps } from '../feature';

/** The prompt on every model, made once for each analysis: it plans the prompt a hundred times. */
export const createModelsTab = (deps: FeatureDeps) => {
  const known = new WeakMap<PromptAnalysis, ModelsView>();

  const documentOf = (uri: vscode.Uri | undefined): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri?.toString());

  const view = (uri: vscode.Uri | undefined): ModelsView | undefined => {
    const document = documentOf(uri);
    const analysis = document && deps.store.get(document);
    if (document === undefined || analysis === undefined) return undefined;
    const found = known.get(analysis);
    if (found !== undefined) return found;
    const settings = deps.settings.read(uri);
    const engine = deps.engine();
    const { callsPerHour } = analysis.input;
    const rows = engine.modelMatrix(analysis.prompt, {
      defaultModelId: settings.defaultModelId,
      profileModels: settings.profileModels,
      overrides: engine.modelOverridesOf(settings).entries,
      staticTexts: settings.staticTexts,
      calibration: deps.store.calibrationFor(document.uri),
      traffic: { callsPerHour },
      ...(settings.region === '' ? {} : { region: settings.region }),
    });
    const fresh = engine.modelsView(rows, callsPerHour, deps.formats);
    known.set(analysis, fresh);
    return fresh;
  };

  /** Writes another model id into the prompt; one undo takes it back. */
  const useModel = async (uri: vscode.Uri | undefined, modelId: string): Promise<void> => {
    const document = documentOf(uri);
    const analysis = document && deps.store.get(document);
    const edits = analysis?.input.edits.setModelId(analysis.text, analysis.prompt, modelId);
    if (document !== undefined && edits !== undefined) await vscode.workspace.applyEdit(toWorkspaceEdit(document, edits));
  };

  return { view, useModel };
};
