import * as vscode from 'vscode';
import type { ValueField, ValuesForm, ValuesMessage } from '../../core/panel/valuesProtocol';
import { valuesText } from '../../core/messages/editor/values';
import { toWorkspaceEdit } from '../documents/convert';
import { findDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import { movedRef, type KeepsKeys } from '../movedKeys';
import { isSameRef, type PromptRef } from '../promptRef';
import type { Receivers } from '../panel/tabs';

type Row = Readonly<Record<string, string>>;

/** A question for the values of a call. */
export interface AskedValues extends Pick<ValuesForm, 'title' | 'note' | 'send' | 'fields'> {
  readonly prompt: PromptRef;
  /** Values that are known besides. */
  readonly given: Row;
}

/** The form of the panel in which values are typed: one question at a time, which waits while the panel shows another prompt. */
export interface ValuesFormPart extends KeepsKeys {
  view(prompt: PromptRef | undefined): ValuesForm | undefined;
  /** The answer, or `undefined` where the person turned back or was asked something else. */
  ask(asked: AskedValues): Promise<Row | undefined>;
  drop(): void;
  readonly receive: Receivers<ValuesMessage>;
}

interface Question {
  readonly id: string;
  asked: AskedValues;
  typed: Row;
  said: string;
  answer(values: Row | undefined): void;
}

const rowOf = ({ given, fields }: AskedValues, values: Row): Row => ({
  ...given,
  ...Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? ''])),
});

/** The editor of the prompt gets the focus back. */
const showEditor = async ({ uri }: PromptRef): Promise<void> => {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  if (editor?.viewColumn !== undefined) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
};

export const createValuesForm = ({ store }: Pick<FeatureDeps, 'store'>, changed: () => void): ValuesFormPart => {
  let open: Question | undefined;
  let asked = 0;
  const isOpen = (form: string): boolean => open?.id === form;
  const end = (values?: Row): void => {
    const ended = open;
    open = undefined;
    ended?.answer(values);
    if (ended !== undefined) changed();
  };
  /** As one undoable edit; how it ended, in a sentence. */
  const save = async ({ prompt }: AskedValues, row: Row): Promise<string> => {
    const analysis = store.of(prompt);
    const edits = analysis?.prompt.write.addSample?.(row);
    const document = findDocument(prompt.uri);
    const edit = document && edits && toWorkspaceEdit(document, edits);
    const isDone = edit !== undefined && (await vscode.workspace.applyEdit(edit));
    return isDone ? valuesText.saved((analysis?.prompt.header.samples.length ?? 0) + 1) : valuesText.notSaved;
  };
  return {
    view(prompt) {
      if (open === undefined || !isSameRef(open.asked.prompt, prompt)) return undefined;
      const { id, asked: question, typed, said } = open;
      const fields = question.fields.map((field): ValueField => ({ ...field, value: typed[field.name] ?? field.value }));
      const canSave = store.of(question.prompt)?.prompt.write.addSample !== undefined;
      return { id, title: question.title, note: question.note, send: question.send, fields, canSave, said };
    },
    ask(question) {
      // Another command on the same prompt takes nothing from what has been typed.
      const typed = open !== undefined && isSameRef(open.asked.prompt, question.prompt) ? open.typed : {};
      end();
      asked += 1;
      return new Promise((answer) => {
        open = { id: `values ${asked}`, asked: question, typed, said: '', answer };
        changed();
      });
    },
    drop: () => end(),
    moveKeys(move) {
      if (open !== undefined) open.asked = { ...open.asked, prompt: movedRef(open.asked.prompt, move) };
    },
    receive: {
      valuesTyped({ form, values }) {
        if (open !== undefined && isOpen(form)) open.typed = { ...values };
      },
      valuesGiven({ form, values }) {
        if (open !== undefined && isOpen(form)) end(rowOf(open.asked, values));
      },
      async valuesSaved({ form, values }) {
        if (open === undefined || !isOpen(form)) return;
        const question = open;
        question.typed = { ...values };
        question.said = await save(question.asked, rowOf(question.asked, values));
        changed();
      },
      async valuesDropped({ form }) {
        if (open === undefined || !isOpen(form)) return;
        const { prompt } = open.asked;
        end();
        await showEditor(prompt);
      },
    },
  };
};
