import * as vscode from 'vscode';
import { cellScheme } from './documents/wholes';
import { onlyPrompt, type PromptId } from '../core/prompt/model';
import { baseName } from '../core/text/path';

/** Which prompt of which document: what a run, a comparison, the panel, a preview and a tried traffic are about. */
export interface PromptRef {
  readonly uri: vscode.Uri;
  readonly id: PromptId;
}

/** The same for all cells of a notebook, which differ in the fragment: prompts have their names in all of it. */
export const fileKey = (uri: vscode.Uri): string => (uri.scheme === cellScheme ? uri.with({ fragment: '' }) : uri).toString();

/** For maps and for what is stored; the only prompt of a document has the document's own address, under which earlier versions stored it. */
export const refKey = ({ uri, id }: PromptRef): string => (id === onlyPrompt ? fileKey(uri) : `${fileKey(uri)} ${id}`);

export const isSameRef = (a: PromptRef | undefined, b: PromptRef | undefined): boolean => (a && refKey(a)) === (b && refKey(b));

/** A prompt as a person knows it: its file, and its title where the file holds several. */
export const nameOfPrompt = ({ uri, id }: PromptRef, { title }: { readonly title: string }): string =>
  id === onlyPrompt ? baseName(uri.path) : `${baseName(uri.path)}: ${title}`;

/** Tells a ref from whatever else a command may be called with. */
export const isPromptRef = (value: unknown): value is PromptRef =>
  typeof value === 'object' &&
  value !== null &&
  'uri' in value &&
  value.uri instanceof vscode.Uri &&
  'id' in value &&
  typeof value.id === 'string';
