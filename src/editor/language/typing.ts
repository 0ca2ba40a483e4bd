import * as vscode from 'vscode';
import { toldWhileTyping } from '../../core/editing/typing';
import type { RatedProblem } from '../../core/rules/index';
import { offsetOf } from '../documents/convert';

/** For so long after a key what stands at the cursor is taken to be half typed. */
const typingMs = 2_000;

/** Which problems of a document are told while somebody types in it. */
export interface TypingWatch extends vscode.Disposable {
  /** `text`: what was read of the document. Of the problems that it has now those that are told now; the others are told about later, by the function that was given. */
  told<P extends RatedProblem>(document: vscode.TextDocument, text: string, problems: readonly P[]): readonly P[];
  forget(document: vscode.TextDocument): void;
}

/** A line that somebody types in, until the cursor leaves it or nothing is typed for a while. */
interface TypedLine {
  readonly line: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

const cursorIn = (document: vscode.TextDocument): vscode.Position | undefined => {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? editor.selection.active : undefined;
};

/** `again`: a document whose problems are to be told again, as what was typed in it is no longer half typed. */
export const createTyping = (again: (document: vscode.TextDocument) => void): TypingWatch => {
  const typed = new Map<vscode.TextDocument, TypedLine>();
  const shown = new WeakMap<vscode.TextDocument, readonly RatedProblem[]>();
  const end = (document: vscode.TextDocument): void => {
    clearTimeout(typed.get(document)?.timer);
    typed.delete(document);
  };
  const stop = (document: vscode.TextDocument): void => {
    end(document);
    again(document);
  };
  const began = ({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void => {
    // Undone and redone texts were told about before; what something else changes is not typed.
    if (contentChanges.length === 0 || reason !== undefined || cursorIn(document) === undefined) return;
    end(document);
    const [change] = contentChanges;
    const line = (change?.range.start.line ?? 0) + (change?.text.split('\n').length ?? 1) - 1;
    typed.set(document, { line, timer: setTimeout(() => stop(document), typingMs) });
  };
  const left = ({ textEditor: { document }, selections }: vscode.TextEditorSelectionChangeEvent): void => {
    const known = typed.get(document);
    if (known !== undefined && selections[0]?.active.line !== known.line) stop(document);
  };
  const registered = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(began),
    vscode.window.onDidChangeTextEditorSelection(left),
    new vscode.Disposable(() => {
      for (const { timer } of typed.values()) clearTimeout(timer);
    }),
  );
  return {
    told(document, text, problems) {
      const cursor = cursorIn(document);
      const isTyped = typed.has(document) && cursor !== undefined;
      const at = isTyped ? { text, offset: offsetOf(document, cursor) } : undefined;
      const told = at === undefined ? problems : toldWhileTyping(problems, at, shown.get(document) ?? []);
      shown.set(document, told);
      return told;
    },
    forget: end,
    dispose: () => registered.dispose(),
  };
};
