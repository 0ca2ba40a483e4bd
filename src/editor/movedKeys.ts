import * as vscode from 'vscode';
import type { RunStart } from '../core/runs/record';
import { baseName } from '../core/text/path';
import type { PromptRef } from './promptRef';

/** The key under which something is found after files got other names; the same where it is of none of them. */
export type MoveKey = (key: string) => string;

/** What keeps something of prompts by their keys. */
export interface KeepsKeys {
  moveKeys(move: MoveKey): unknown;
}

/** The prompt under the new name of its file; the very same where that has its old one. */
export const movedRef = (ref: PromptRef, move: MoveKey): PromptRef => {
  const key = ref.uri.toString();
  return move(key) === key ? ref : { ...ref, uri: vscode.Uri.parse(move(key)) };
};

const nameOf = (document: string): string => baseName(vscode.Uri.parse(document).path);

/** A run under the new name of its file; the very same where that has its old one. */
export const movedRun = <R extends Pick<RunStart, 'subject' | 'prompt' | 'file'>>(run: R, move: MoveKey): R => {
  const { subject, prompt, file } = run;
  if (move(subject) === subject) return run;
  if (prompt === undefined) return { ...run, subject: move(subject) };
  const document = move(prompt.document);
  const name = nameOf(prompt.document);
  // A prompt that is one of several is called by its file and its title.
  const called = file.startsWith(name) ? nameOf(document) + file.slice(name.length) : file;
  return { ...run, subject: move(subject), prompt: { ...prompt, document }, file: called };
};
