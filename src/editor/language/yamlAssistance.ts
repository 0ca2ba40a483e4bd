import type * as vscode from 'vscode';
import { frontMatterOffers } from '../../core/editing/frontMatterOffers';
import { storedPlaces, type StoredPlace } from '../../core/editing/storedShape';
import { isInBlockText, yamlTopic } from '../../core/editing/yamlTopic';
import { toRange } from '../documents/convert';
import type { AssistDeps } from '../feature';
import { toItem } from './completion';
import { toHover } from './markdown';
import { modelFacts } from './promptFacts';

interface Stored {
  readonly text: string;
  readonly placeOf: (path: readonly string[]) => StoredPlace;
}

const storedIn = (document: vscode.TextDocument, { store }: AssistDeps): Stored | undefined => {
  const analysis = store.get(document);
  if (analysis === undefined || analysis.reading.prompts.length === 0) return undefined;
  return { text: analysis.text, placeOf: storedPlaces(analysis.text, false) };
};

/** How the places of a model are called in documents that keep prompts. */
const isModel = (path: readonly string[]): boolean => /^model_?(?:id|name)?$/i.test(path.at(-1) ?? '');

/** Keys, values and models in YAML that keeps prompts, from the table of what Bedrock takes. */
export const yamlCompletionsAt = (document: vscode.TextDocument, offset: number, deps: AssistDeps): vscode.CompletionItem[] => {
  const stored = storedIn(document, deps);
  if (stored === undefined || isInBlockText(stored.text, offset)) return [];
  const { text, placeOf } = stored;
  const offers = frontMatterOffers(text, 0, offset, {
    ...modelFacts(document, deps.store.get(document)?.prompts[0]?.planOptions, deps),
    shapeAt: (path) => placeOf(path).shape,
    variables: [],
    isModel,
    explains: (path) => placeOf(path).path,
  });
  return offers.map((offer) => toItem(document, offer));
};

/** What a key in YAML that keeps prompts is for and what it takes. */
export const yamlHoverAt = (document: vscode.TextDocument, offset: number, deps: AssistDeps): vscode.Hover | undefined => {
  const stored = storedIn(document, deps);
  const topic = stored && yamlTopic(stored.text, offset, stored.placeOf);
  return topic && toHover([topic.title, ...topic.help], toRange(document, topic.span));
};
