import * as vscode from 'vscode';
import { bedrockRegions, isRegion, regionsChecked } from '../../core/service/regions';

/** Asks for the name of any Region. */
const askRegion = async (): Promise<string | undefined> => {
  const typed = await vscode.window.showInputBox({
    title: 'Name of an AWS Region',
    placeHolder: 'eusc-de-east-1',
    validateInput: (value) => (isRegion(value.trim()) ? undefined : 'Use the name of an AWS Region, such as us-east-1.'),
  });
  return typed?.trim();
};

interface Item extends vscode.QuickPickItem {
  readonly choose: () => string | undefined | Promise<string | undefined>;
}

/** An answer besides the Regions of the list. */
export interface OtherAnswer {
  readonly label: string;
  readonly detail?: string;
  /** What it means; `undefined` leaves the choice to the setting. */
  readonly value: string | undefined;
}

/** What was picked: a Region or another answer. */
export type Picked = { readonly value: string | undefined };

/** Asks for a Region of the list, any other by its name, or one of the other answers. `undefined`: the person turned back. */
export const pickRegionOr = async (
  title: string,
  current: string,
  before: readonly OtherAnswer[],
  after: readonly OtherAnswer[],
): Promise<Picked | undefined> => {
  const other = ({ value, ...item }: OtherAnswer): Item => ({ ...item, choose: () => value });
  const items: readonly Item[] = [
    ...before.map(other),
    ...bedrockRegions.map((name) => ({ label: name, description: name === current ? 'current' : '', choose: () => name })),
    { label: 'Another Region…', detail: 'By its name', choose: askRegion },
    ...after.map(other),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `${title} (Regions with Bedrock as of ${regionsChecked})`,
    placeHolder: current || before[0]?.label || 'AWS Region',
  });
  if (picked === undefined) return undefined;
  const value = await picked.choose();
  // A name that was not typed is no choice.
  return value === undefined && picked.label === 'Another Region…' ? undefined : { value };
};
