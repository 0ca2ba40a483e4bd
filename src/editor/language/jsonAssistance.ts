import type * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { jsonOffers, jsonTopic } from '../../core/editing/jsonOffers';
import { jsonShapeOf, type ShapeOf } from '../../core/editing/jsonShape';
import { toRange } from '../documents/convert';
import type { FeatureDeps } from '../feature';
import { toItem } from './completion';
import { toHover } from './markdown';

/** Files that are one request: what keeps a request inside of something else has members of its own, which no table here has. */
const requestFormats: readonly string[] = ['converse-json', 'messages', 'nova'];

interface Request {
  readonly analysis: PromptAnalysis;
  readonly shapeOf: ShapeOf;
}

const requestAt = (document: vscode.TextDocument, offset: number, deps: FeatureDeps): Request | undefined => {
  const analysis = deps.store.get(document)?.at(offset);
  if (analysis === undefined || !requestFormats.includes(analysis.prompt.format)) return undefined;
  const { api } = analysis.prompt;
  if (api === 'text') return undefined;
  const isClient = /^\s*\{[^]{0,2000}?"model"\s*:/.test(analysis.text) && !analysis.text.includes('"anthropic_version"');
  return { analysis, shapeOf: jsonShapeOf(api, isClient) };
};

/** Members and values of a request in JSON, from the table of what Bedrock takes. */
export const jsonCompletionsAt = (document: vscode.TextDocument, position: vscode.Position, deps: FeatureDeps): vscode.CompletionItem[] => {
  const offset = document.offsetAt(position);
  const request = requestAt(document, offset, deps);
  return request === undefined ? [] : jsonOffers(request.analysis.text, offset, request.shapeOf).map((offer) => toItem(document, offer));
};

/** What a member of a request in JSON is for and what it takes. */
export const jsonHoverAt = (document: vscode.TextDocument, position: vscode.Position, deps: FeatureDeps): vscode.Hover | undefined => {
  const offset = document.offsetAt(position);
  const request = requestAt(document, offset, deps);
  const topic = request && jsonTopic(request.analysis.text, offset, request.shapeOf);
  return topic && toHover([topic.title, ...topic.help], toRange(document, topic.span));
};
