import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import type { FeatureDeps } from '../feature';
import { isPromptRef, type PromptRef } from '../promptRef';
import { offsetOf, toRange } from './convert';
import { openDocument } from './openDocuments';

type Deps = Pick<FeatureDeps, 'store'>;

/** The prompt at a place in a document: the one that stands there, else the only one; `undefined` where neither is. */
export const promptAt = (document: vscode.TextDocument, position: vscode.Position | undefined, { store }: Deps): PromptRef | undefined => {
  const { uri } = document;
  const analysis = store.get(document);
  const [first, ...others] = analysis?.reading.prompts ?? [];
  if (analysis === undefined || first === undefined) return undefined;
  if (others.length === 0) return { uri, id: first.id };
  const found = position && analysis.at(offsetOf(document, position));
  return found && { uri, id: found.id };
};

/** The prompt at the cursor of the active editor. */
export const activePrompt = (deps: Deps): PromptRef | undefined => {
  const editor = vscode.window.activeTextEditor;
  return editor && promptAt(editor.document, editor.selection?.active, deps);
};

const cursorIn = (document: vscode.TextDocument): vscode.Position | undefined => {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  return editors.find((editor) => editor?.document === document)?.selection?.active;
};

/** What a command on a document is about: the prompt at its cursor, else its only one, else the one that the person picks. */
const choosePrompt = async (document: vscode.TextDocument, deps: Deps): Promise<PromptRef | undefined> => {
  const found = promptAt(document, cursorIn(document), deps);
  const prompts = deps.store.get(document)?.reading.prompts ?? [];
  if (found !== undefined || prompts.length === 0) return found;
  const items = prompts.map(({ id, title, head }) => ({
    id,
    label: title,
    description: sharedText.line(toRange(document, head).start.line + 1),
  }));
  const picked = await vscode.window.showQuickPick(items, { title: sharedText.whichPrompt });
  return picked && { uri: document.uri, id: picked.id };
};

/** What a command was called on. */
export type Subject = vscode.Uri | PromptRef | undefined;

/** A prompt to work on, and the open document that holds it. */
export interface OpenPrompt {
  readonly document: vscode.TextDocument;
  readonly ref: PromptRef;
}

/** Is a document with prompts in the active editor? */
export const isActivePrompt = ({ store }: Deps): boolean => {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && store.holdsPrompt(document);
};

const openSubject = async (subject: Subject, { store }: Deps): Promise<vscode.TextDocument | undefined> => {
  const uri = isPromptRef(subject) ? subject.uri : subject;
  const document = uri === undefined ? vscode.window.activeTextEditor?.document : await openDocument(uri);
  return document !== undefined && store.holdsPrompt(document) ? document : undefined;
};

const promptIn = async (document: vscode.TextDocument, subject: Subject, deps: Deps): Promise<OpenPrompt | undefined> => {
  // An edit may have removed the prompt since.
  const isThere = isPromptRef(subject) && deps.store.get(document)?.of(subject.id) !== undefined;
  // Of a notebook the document is one of its cells.
  const ref = isThere ? { uri: document.uri, id: subject.id } : await choosePrompt(document, deps);
  return ref && { document, ref };
};

/** The prompt that a command is about: what it was called on, or that of the active editor. */
export const findPrompt = async (subject: Subject, deps: Deps): Promise<OpenPrompt | undefined> => {
  const document = await openSubject(subject, deps);
  return document && promptIn(document, subject, deps);
};

/** As `findPrompt`, for a command that is nothing without a prompt: says so where there is none. */
export const promptFor = async (subject: Subject, deps: Deps): Promise<OpenPrompt | undefined> => {
  const document = await openSubject(subject, deps);
  if (document !== undefined) return promptIn(document, subject, deps);
  void vscode.window.showInformationMessage(sharedText.openFirst);
  return undefined;
};
