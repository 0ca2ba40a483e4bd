import * as vscode from 'vscode';
import { commandText } from '../../core/messages/editor/commands';
import type { Edits } from '../../core/text/edit';
import { recent } from '../../core/text/recent';
import type { Traffic } from '../../core/prompt/traffic';
import { toWorkspaceEdit } from '../documents/convert';
import { findDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import { refKey, type PromptRef } from '../promptRef';
import type { PanelSubject } from './subject';
import type { Tab } from './tabs';

/** Writes edits into a prompt's document; says where that cannot be done. */
const written = async ({ uri }: PromptRef, edits: Edits | undefined): Promise<boolean> => {
  const document = findDocument(uri);
  const edit = document && edits && toWorkspaceEdit(document, edits);
  if (edit !== undefined && (await vscode.workspace.applyEdit(edit))) return true;
  void vscode.window.showInformationMessage(commandText.trafficNotWritten);
  return false;
};

/** What the prompt will cost at its traffic, or at one that a person tries in the panel. */
export const createForecastTab = (deps: FeatureDeps, subject: PanelSubject): Tab<'forecast'> => {
  /** Tried traffic by prompt; it is not written into the prompt. */
  const tried = recent<string, number>(50);
  return {
    view(prompt) {
      const analysis = prompt && deps.store.of(prompt);
      if (prompt === undefined || analysis === undefined) return undefined;
      const callsPerHour = tried.get(refKey(prompt));
      const engine = deps.engine();
      const traffic: Traffic = callsPerHour === undefined ? analysis.input.traffic : { kind: 'poisson', callsPerHour };
      const view = engine.forecastView(engine.forecastOf(analysis.plan, traffic), deps.formats);
      if (callsPerHour === undefined) return view;
      return { ...view, keep: analysis.prompt.write.setTraffic === undefined ? 'settings' : 'prompt' };
    },
    receive: {
      traffic({ callsPerHour }) {
        if (subject.prompt === undefined) return;
        tried.set(refKey(subject.prompt), callsPerHour);
        subject.changed();
      },
      /** Into the prompt, as one undoable edit; where a prompt cannot say it, into the settings. */
      async saveTraffic() {
        const { prompt } = subject;
        const callsPerHour = prompt && tried.get(refKey(prompt));
        if (prompt === undefined || callsPerHour === undefined) return;
        const write = deps.store.of(prompt)?.prompt.write;
        if (write?.setTraffic === undefined) await deps.settings.update('traffic.callsPerHour', callsPerHour);
        else if (!(await written(prompt, write.setTraffic(callsPerHour)))) return;
        tried.delete(refKey(prompt));
        subject.changed();
      },
    },
  };
};
