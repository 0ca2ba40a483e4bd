import type * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { modelsAt } from '../../core/editing/frontMatterOffers';
import { jsonOffers, jsonTopic, type JsonPart } from '../../core/editing/jsonOffers';
import { batchShapeOf, jsonShapeOf } from '../../core/editing/jsonShape';
import { storedPlaces } from '../../core/editing/storedShape';
import { toRange } from '../documents/convert';
import type { AssistDeps } from '../feature';
import { toItem } from './completion';
import { toHover } from './markdown';
import { modelFacts } from './promptFacts';

/** Prompts that are one request each, which may stand inside of something else. */
const requestFormats: readonly string[] = ['converse-json', 'messages', 'nova'];

/** Where the request itself begins, as a tool or a batch job may have wrapped it. */
const startOf = ({ body, written, head }: PromptAnalysis['prompt']): number =>
  (body?.tree ?? written.find(({ path }) => path.length === 0)?.at.tree)?.span.start ?? head?.start ?? 0;

const ownPath = (path: readonly string[]): readonly string[] => path;

/** The part of a document of requests that an offset is in. */
const inRequest = ({ prompt, text }: PromptAnalysis, offset: number, models: JsonPart['models']): JsonPart | undefined => {
  const { api, batch } = prompt;
  const from = startOf(prompt);
  if (api === 'text') return undefined;
  const isClient = /^\s*\{[^]{0,2000}?"model"\s*:/.test(text) && !text.includes('"anthropic_version"');
  const isModel: JsonPart['models'] = (path, span) => (path.join('.') === 'modelId' ? models(path, span) : []);
  if (offset >= from) return { from, shapeOf: jsonShapeOf(api, isClient), explains: ownPath, models: isModel };
  // Of what stands around a request, the record of a batch job is known.
  return batch === true
    ? { from: text.lastIndexOf('\n', from) + 1, shapeOf: batchShapeOf(api), explains: ownPath, models: () => [] }
    : undefined;
};

const partAt = (
  document: vscode.TextDocument,
  offset: number,
  deps: AssistDeps,
): { readonly text: string; readonly part: JsonPart } | undefined => {
  const analysis = deps.store.get(document);
  if (analysis === undefined) return undefined;
  const { text, format } = analysis;
  const prompt = analysis.at(offset);
  const models: JsonPart['models'] = (_path, span) => modelsAt(span, modelFacts(document, analysis.prompts[0]?.planOptions, deps));
  if (prompt !== undefined && requestFormats.includes(prompt.prompt.format)) {
    const part = inRequest(prompt, offset, models);
    return part && { text, part };
  }
  if (format !== 'json' || analysis.reading.prompts.length === 0) return undefined;
  const placeOf = storedPlaces(text, true);
  const part: JsonPart = {
    from: 0,
    shapeOf: (path) => placeOf(path).shape,
    explains: (path) => placeOf(path).path,
    models: (path, span) => (/^modelId$/i.test(path.at(-1) ?? '') && placeOf(path).shape !== undefined ? models(path, span) : []),
  };
  return { text, part };
};

/** Members, values and models in JSON, from the table of what Bedrock takes. */
export const jsonCompletionsAt = (document: vscode.TextDocument, offset: number, deps: AssistDeps): vscode.CompletionItem[] => {
  const found = partAt(document, offset, deps);
  return found === undefined ? [] : jsonOffers(found.text, offset, found.part).map((offer) => toItem(document, offer));
};

/** What a member in JSON is for and what it takes. */
export const jsonHoverAt = (document: vscode.TextDocument, offset: number, deps: AssistDeps): vscode.Hover | undefined => {
  const found = partAt(document, offset, deps);
  const topic = found && jsonTopic(found.text, offset, found.part);
  return topic && toHover([topic.title, ...topic.help], toRange(document, topic.span));
};
