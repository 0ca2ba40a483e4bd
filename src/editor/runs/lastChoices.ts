import type { PromptAnalysis } from '../../core/analysis';
import { valuesText } from '../../core/messages/editor/values';
import { isRow } from '../../core/panel/valuesProtocol';
import { isRecord } from '../../core/text/json';
import { recent } from '../../core/text/recent';
import type { FeatureDeps } from '../feature';
import type { AskedValues } from './valuesForm';
import { refKey, type PromptRef } from '../promptRef';
import { pickValues, stillFits, type Asking, type Choice } from './values';

/** Asks a person for values; `undefined`: they turned back. */
export interface AsksValues {
  ask(asked: AskedValues): Promise<Readonly<Record<string, string>> | undefined>;
}

/** The values used last for a prompt, so that a second run asks nothing. */
export const lastChoices = recent<string, Choice>(20);

/** Values that the command was called with, by a keybinding's `args` or by another extension, count as those used last. */
export const noteGiven = (ref: PromptRef, argument: unknown): void => {
  const values = isRecord(argument) ? argument['values'] : undefined;
  if (isRow(values)) lastChoices.set(refKey(ref), { name: valuesText.own, sample: undefined, values });
};

/** The values of one call, those used last where they still fit; `undefined` when the person turned back. `send` goes on with them. */
export const valuesFor = async (
  ref: PromptRef,
  { prompt }: PromptAnalysis,
  { askAgain, send }: { readonly askAgain: boolean; readonly send: string },
  { engine, panel }: Pick<FeatureDeps, 'engine'> & { readonly panel: AsksValues },
) => {
  const last = lastChoices.get(refKey(ref));
  const ask: Asking['ask'] = (question) => panel.ask({ ...question, prompt: ref, send });
  const choice =
    !askAgain && last !== undefined && stillFits(prompt, last, engine)
      ? last
      : await pickValues(prompt, askAgain, engine, { ask, last: last?.values ?? {} });
  if (choice !== undefined) lastChoices.set(refKey(ref), choice);
  return choice;
};
