import * as vscode from 'vscode';
import type { Prompt, SampleRow } from '../../core/prompt/model';
import { sharedText } from '../../core/messages/editor/shared';
import { valuesText } from '../../core/messages/editor/values';
import type { ValueField } from '../../core/panel/valuesProtocol';
import { labelText } from '../../core/text/visible';
import type { AskedValues } from './valuesForm';
import type { EnginePort } from '../ports';

type Row = Readonly<Record<string, string>>;

/** What a person chose for a call: a sample row of the prompt, or nothing but values of their own. */
export interface Choice {
  /** Its name for a person, as "Sample 2"; absent where the prompt takes no values. */
  readonly name?: string;
  readonly sample: SampleRow | undefined;
  readonly values: Row;
}

interface RowItem extends vscode.QuickPickItem {
  readonly name: string;
  readonly row: SampleRow | undefined;
}

const describeRow = (row: SampleRow): string =>
  Object.entries(row)
    .map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}`)
    .join(' · ')
    .slice(0, 200);

/** Who asks a person, and what is known of the answers. */
export interface Asking {
  /** Gives the values of all fields, or `undefined` when the person turns back. */
  readonly ask: (question: Pick<AskedValues, 'title' | 'note' | 'fields' | 'given'>) => Promise<Row | undefined>;
  /** Values used last for this prompt. */
  readonly last: Row;
}

/** Asks for these variables, with what is known of them filled in; `row` gives the others. */
const askValues = async (
  prompt: Prompt,
  row: { readonly name: string; readonly values: Row } | undefined,
  names: readonly string[],
  { ask, last }: Asking,
): Promise<Row | undefined> => {
  const given = row?.values ?? {};
  if (names.length === 0) return given;
  const fields = names.map((name): ValueField => {
    const declaration = prompt.header.variables.find((variable) => variable.name === name);
    return {
      name,
      label: prompt.open === undefined ? name : valuesText.textOf(name.slice(0, 80)),
      description: declaration?.description ?? valuesText.asTyped,
      value: last[name] ?? declaration?.example ?? declaration?.fallback ?? '',
    };
  });
  const lastTime = names.some((name) => last[name] !== undefined);
  const notes = [...(row === undefined ? [] : [valuesText.othersOf(row.name)]), ...(lastTime ? [valuesText.lastTime] : [])];
  return ask({ title: valuesText.title, note: notes.join(' '), fields, given });
};

/** Variables without a value, where a row gives some. */
const missing = (prompt: Prompt, row: Row, engine: EnginePort): readonly string[] =>
  engine().missingValues(prompt, engine().runValues(prompt.header.variables, row));

/** Used variables whose value is not always the same: a default may be replaced, a fixed value may not. */
const changeable = (prompt: Prompt, engine: EnginePort): readonly string[] => {
  const fixed = new Map(prompt.header.variables.map(({ name, fixed: value }) => [name, value]));
  return engine().missingValues(prompt, (name) => fixed.get(name));
};

/** Would a call with this choice still send what the prompt says: nothing is missing, and the sample row stands as it was chosen? */
export const stillFits = (prompt: Prompt, { sample, values }: Choice, engine: EnginePort): boolean =>
  missing(prompt, values, engine).length === 0 &&
  (sample === undefined || prompt.header.samples.some(({ value }) => JSON.stringify(value) === JSON.stringify(sample)));

/**
 * The values of one call, or `undefined` when the person turns back. A prompt that needs none is not asked about, unless other values are
 * wanted (`askAgain`); one with samples offers its rows.
 */
export const pickValues = async (prompt: Prompt, askAgain: boolean, engine: EnginePort, asking: Asking): Promise<Choice | undefined> => {
  const names = askAgain ? changeable(prompt, engine) : missing(prompt, {}, engine);
  if (names.length === 0) return { sample: undefined, values: {} };
  const { samples } = prompt.header;
  const own = async (): Promise<Choice | undefined> => {
    const values = await askValues(prompt, undefined, names, asking);
    return values && { name: valuesText.own, sample: undefined, values };
  };
  if (samples.length === 0) return own();
  const items: RowItem[] = samples.map(({ value }, index) => ({
    label: `$(list-flat) ${sharedText.sample(index + 1)}`,
    detail: labelText(describeRow(value)),
    name: sharedText.sample(index + 1),
    row: value,
  }));
  items.push({ label: valuesText.enter, name: '', row: undefined });
  const picked = await vscode.window.showQuickPick(items, {
    title: valuesText.title,
    placeHolder: valuesText.hint,
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  if (picked.row === undefined) return own();
  const { name, row } = picked;
  const values = await askValues(prompt, { name, values: row }, missing(prompt, row, engine), asking);
  return values && { name, sample: row, values };
};
