import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';

/** A line that no request had before: eight digits of chance. */
const newLine = (): string => {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `[Cold run ${chance.toString(16).padStart(8, '0')}]`;
};

const placeTexts = {
  tools: 'the description of its first tool, as tools come first in what is cached',
  system: 'its system text',
  message: 'its first message',
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
    void vscode.window.showInformationMessage('This call cannot be made cold: it has no text before which a line could be put.');
    return undefined;
  }
  const line = newLine();
  const detail =
    `The request begins with a line that no other has, ${line}, before ${placeTexts[place]}, so that nothing in the cache fits it. ` +
    'It is in this one request and not in the file. The model sees the line too, and what the call writes to the cache no later call will read: on Bedrock such a write is billed.';
  const run = 'Run Cold';
  const choice = await vscode.window.showWarningMessage('Make this call cold?', { modal: true, detail: messageText(detail) }, run);
  return choice === run ? line : undefined;
};
