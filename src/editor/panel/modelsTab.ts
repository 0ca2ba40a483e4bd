import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { ModelsView } from '../../core/messages/models';
import { toWorkspaceEdit } from '../documents/convert';
import { findDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import type { PromptRef } from '../promptRef';
import type { PanelSubject } from './subject';
import type { Tab } from './tabs';

/** The prompt on every model, made once for each analysis: it plans the prompt a hundred times. */
export const createModelsTab = (deps: FeatureDeps, subject: PanelSubject): Tab<'models'> => {
  const known = new WeakMap<PromptAnalysis, ModelsView>();

  const makeView = (prompt: PromptRef, analysis: PromptAnalysis): ModelsView => {
    const settings = deps.settings.read(prompt.uri);
    const engine = deps.engine();
    const { traffic } = analysis.input;
    const rows = engine.modelMatrix(analysis.prompt, {
      defaultModelId: settings.defaultModelId,
      profileModels: settings.profileModels,
      overrides: engine.modelOverridesOf(settings).entries,
      staticTexts: settings.staticTexts,
      calibration: deps.store.calibrationFor(prompt),
      traffic: { traffic },
      reach: settings.neverGlobal ? 'geography' : 'anywhere',
      ...(settings.region === '' ? {} : { region: settings.region }),
    });
    return engine.modelsView(rows, traffic, deps.formats);
  };

  return {
    view(prompt) {
      const analysis = prompt && deps.store.of(prompt);
      if (prompt === undefined || analysis === undefined) return undefined;
      const view = known.get(analysis) ?? makeView(prompt, analysis);
      known.set(analysis, view);
      return view;
    },
    receive: {
      /** Writes another model id into the prompt; one undo takes it back. */
      async useModel({ modelId }) {
        const document = findDocument(subject.prompt?.uri);
        const analysis = subject.prompt && deps.store.of(subject.prompt);
        const edits = analysis?.prompt.write.setModelId(modelId);
        const edit = document && edits && toWorkspaceEdit(document, edits);
        if (edit !== undefined) await vscode.workspace.applyEdit(edit);
      },
    },
  };
};
