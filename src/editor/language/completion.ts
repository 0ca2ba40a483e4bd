import * as vscode from 'vscode';
import { gestureText } from '../../core/messages/editor/gestures';
import type { PromptAnalysis } from '../../core/analysis';
import { bodyOffers, pathAt, type TypedPath } from '../../core/editing/bodyOffers';
import { frontMatterOffers } from '../../core/editing/frontMatterOffers';
import type { Offer } from '../../core/editing/offers';
import { referencePath } from '../../core/prompt/reference';
import { visibleLine } from '../../core/text/visible';
import { toRange } from '../documents/convert';
import type { AssistDeps } from '../feature';
import { frontMatterFacts, usedVariables } from './promptFacts';

const kinds: { readonly [K in Offer['kind']]: keyof typeof vscode.CompletionItemKind } = {
  key: 'Property',
  value: 'EnumMember',
  model: 'Value',
  variable: 'Variable',
  marker: 'Keyword',
  role: 'Keyword',
};

const again: vscode.Command = { command: 'editor.action.triggerSuggest', title: gestureText.suggest };

export const toItem = (document: vscode.TextDocument, offer: Offer): vscode.CompletionItem => {
  const item = new vscode.CompletionItem(offer.label, vscode.CompletionItemKind[kinds[offer.kind]]);
  item.detail = visibleLine(offer.detail);
  if (offer.help.length > 0) item.documentation = new vscode.MarkdownString().appendText(offer.help.join('\n'));
  item.insertText = new vscode.SnippetString(offer.insert);
  item.filterText = offer.filter;
  item.sortText = offer.sort;
  item.range = toRange(document, offer.span);
  if (offer.goesOn) item.command = again;
  return item;
};

/** Files and folders next to what was typed of a path; nothing is looked at before the workspace is trusted. */
const pathItems = async (
  document: vscode.TextDocument,
  position: vscode.Position,
  { typed, close }: TypedPath,
): Promise<vscode.CompletionItem[]> => {
  const { uri } = document;
  if (!vscode.workspace.isTrusted || uri.scheme === 'untitled') return [];
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const start = position.translate(0, folder.length - typed.length);
  const lead = folder === '' ? './' : '';
  const at = uri.with({ path: referencePath(uri.path, folder === '' ? '.' : folder) });
  const own = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const found = await Promise.resolve(vscode.workspace.fs.readDirectory(at)).catch((): [string, vscode.FileType][] => []);
  return found
    .filter(([name]) => !name.startsWith('.') && name !== 'node_modules' && (name !== own || folder.includes('..')))
    .map(([name, type]) => {
      const isFolder = type === vscode.FileType.Directory;
      const item = new vscode.CompletionItem(
        `${lead}${name}${isFolder ? '/' : ''}`,
        isFolder ? vscode.CompletionItemKind.Folder : vscode.CompletionItemKind.File,
      );
      item.range = new vscode.Range(start, position);
      if (!isFolder) item.insertText = `${lead}${name}${close}`;
      item.sortText = `${isFolder ? 1 : 0}${name}`;
      if (isFolder) item.command = again;
      return item;
    });
};

const offersAt = (analysis: PromptAnalysis, document: vscode.TextDocument, offset: number, deps: AssistDeps): readonly Offer[] => {
  const { text, prompt } = analysis;
  const front = prompt.header.span;
  if (front !== undefined && offset >= front.start && offset <= front.end)
    return frontMatterOffers(text.slice(front.start, front.end), front.start, offset, frontMatterFacts(analysis, document, deps));
  return bodyOffers(text, offset, { declared: prompt.header.variables, used: usedVariables(prompt) });
};

/** Keys, values and models in front matter, variables, paths, role lines and cache points, each where it can stand. */
export const completionsAt = async (
  document: vscode.TextDocument,
  position: vscode.Position,
  deps: AssistDeps,
): Promise<vscode.CompletionItem[]> => {
  const offset = document.offsetAt(position);
  const analysis = deps.store.get(document)?.at(offset);
  if (analysis === undefined) return [];
  const path = pathAt(analysis.text, offset);
  if (path !== undefined) return pathItems(document, position, path);
  return offersAt(analysis, document, offset, deps).map((offer) => toItem(document, offer));
};
