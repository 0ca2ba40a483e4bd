import * as vscode from 'vscode';
import { runDialogs } from '../../core/messages/editor/runs';
import type { Prompt, SampleRow } from '../../core/prompt/model';
import { labelText, messageText } from '../../core/text/visible';
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

/** In a program it is an expression whose value is asked for. */
const titleOf = (prompt: Prompt, name: string): string =>
  prompt.open === undefined ? runDialogs.valueOf(name) : runDialogs.textOf(name.slice(0, 80));

/** Asks for these variables one after the other, with what is known of them filled in. */
const askValues = async (prompt: Prompt, given: Row, names: readonly string[]): Promise<Row | undefined> => {
  const row: Record<string, string> = { ...given };
  for (const [index, name] of names.entries()) {
    const declaration = prompt.header.variables.find((variable) => variable.name === name);
    const value = await vscode.window.showInputBox({
      title: messageText(`${titleOf(prompt, name)}${names.length > 1 ? runDialogs.ofSeveral(index + 1, names.length) : ''}`),
      prompt: messageText(declaration?.description ?? runDialogs.sentAsTyped),
      value: declaration?.example ?? declaration?.fallback ?? '',
      ignoreFocusOut: true,
    });
    if (value === undefined) return undefined;
    row[name] = value;
  }
  return row;
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
export const pickValues = async (prompt: Prompt, askAgain: boolean, engine: EnginePort): Promise<Choice | undefined> => {
  const names = askAgain ? changeable(prompt, engine) : missing(prompt, {}, engine);
  if (names.length === 0) return { sample: undefined, values: {} };
  const { samples } = prompt.header;
  const own = async (): Promise<Choice | undefined> => {
    const values = await askValues(prompt, {}, names);
    return values && { name: runDialogs.ownValues, sample: undefined, values };
  };
  if (samples.length === 0) return own();
  const items: RowItem[] = samples.map(({ value }, index) => ({
    label: `$(list-flat) ${runDialogs.sample(index + 1)}`,
    detail: labelText(describeRow(value)),
    name: runDialogs.sample(index + 1),
    row: value,
  }));
  items.push({ label: runDialogs.enterValues, name: '', row: undefined });
  const picked = await vscode.window.showQuickPick(items, {
    title: runDialogs.valuesTitle,
    placeHolder: runDialogs.valuesHint,
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  if (picked.row === undefined) return own();
  const values = await askValues(prompt, picked.row, missing(prompt, picked.row, engine));
  return values && { name: picked.name, sample: picked.row, values };
};
