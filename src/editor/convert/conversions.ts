import type * as vscode from 'vscode';
import type * as conversion from '../../core/conversion';
import type { PromptAnalysis } from '../../core/analysis';
import { onlyPrompt } from '../../core/prompt/model';

/** Conversions are a bundle of their own, which the command line reads too. */
export const conversions = (): typeof conversion => require('../../core/conversion') as typeof conversion; // the bundle of exactly this module

/** A document's name without its folder and endings. */
const baseOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');

/** What a prompt is called where it is written as something else, and where it goes. */
export const optionsFor = ({ id, title, prompt, plan }: PromptAnalysis, uri: vscode.Uri) => ({
  modelId: plan.modelId,
  model: plan.model,
  name: prompt.header.name ?? (id === onlyPrompt ? baseOf(uri) : title),
});
