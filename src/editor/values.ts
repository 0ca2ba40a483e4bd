import * as vscode from 'vscode';
import type { Prompt, SampleRow } from '../core/prompt/model';
import { missingValues } from '../core/request/build';
import { runValues } from '../core/request/values';

type Row = Readonly<Record<string, string>>;

interface RowItem extends vscode.QuickPickItem {
  readonly row: Row | undefined;
}

const describeRow = (row: SampleRow): string =>
  Object.entries(row)
    .map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}`)
    .join(' · ')
    .slice(0, 200);

/** Asks for the variables that a row does not give, one after the other, with their examples filled in. */
const askValues = async (prompt: Prompt, given: Row): Promise<Row | undefined> => {
  const row: Record<string, string> = { ...given };
  const names = missingValues(prompt, runValues(prompt.header.variables, given));
  for (const [index, name] of names.entries()) {
    const declaration = prompt.header.variables.find((variable) => variable.name === name);
    const value = await vscode.window.showInputBox({
      title: `Value of {{${name}}}${names.length > 1 ? ` (${index + 1} of ${names.length})` : ''}`,
      prompt: declaration?.description ?? 'Sent as it is typed.',
      value: declaration?.example ?? '',
      ignoreFocusOut: true,
    });
    if (value === undefined) return undefined;
    row[name] = value;
  }
  return row;
};

/**
 * The values of one run, or `undefined` when the person turns back. A prompt that needs none is not asked about; one with samples offers
 * its rows.
 */
export const pickValues = async (prompt: Prompt): Promise<Row | undefined> => {
  if (missingValues(prompt, runValues(prompt.header.variables, {})).length === 0) return {};
  const { samples } = prompt.header;
  if (samples.length === 0) return askValues(prompt, {});
  const items: RowItem[] = samples.map(({ value }, index) => ({
    label: `$(list-flat) Sample ${index + 1}`,
    detail: describeRow(value),
    row: value,
  }));
  items.push({ label: '$(edit) Enter values…', row: undefined });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Values for the variables',
    placeHolder: 'A sample row of the prompt, or values of your own',
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  return askValues(prompt, picked.row ?? {});
};
