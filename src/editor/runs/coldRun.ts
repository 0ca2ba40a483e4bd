import * as vscode from 'vscode';
import { destinationDialogs } from '../../core/messages/editor/destination';
import type { PromptAnalysis } from '../../core/analysis';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';

/** A line that no request had before: eight digits of chance. */
const newLine = (): string => {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `[Cold run ${chance.toString(16).padStart(8, '0')}]`;
};

const placeTexts = {
  tools: destinationDialogs.coldTools,
  system: destinationDialogs.coldSystem,
  message: destinationDialogs.coldMessage,
} as const;

/**
 * Asks whether a call may be made cold, and says what that changes in the request. Gives the line that is put before the prefix; `undefined`: the person
 * turned back, or there is no text to put it before, which has been said.
 */
export const askForColdLine = async (
  analysis: PromptAnalysis,
  values: Readonly<Record<string, string>>,
  { engine }: Pick<FeatureDeps, 'engine'>,
): Promise<string | undefined> => {
  const { buildRequest, runValues, coldPlaceOf } = engine();
  const { prompt } = analysis;
  const place = coldPlaceOf(buildRequest(prompt, runValues(prompt.header.variables, values)));
  if (place === undefined) {
    void vscode.window.showInformationMessage(destinationDialogs.cannotBeCold);
    return undefined;
  }
  const line = newLine();
  const detail = destinationDialogs.coldDetail(line, placeTexts[place]);
  const run = destinationDialogs.runCold;
  const choice = await vscode.window.showWarningMessage(destinationDialogs.coldQuestion, { modal: true, detail: messageText(detail) }, run);
  return choice === run ? line : undefined;
};
