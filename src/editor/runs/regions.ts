import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { bedrockRegions, isRegion, regionsChecked } from '../../core/service/regions';

/** Asks for the name of any Region. */
const askRegion = async (): Promise<string | undefined> => {
  const typed = await vscode.window.showInputBox({
    title: destinationDialogs.regionName,
    placeHolder: 'eusc-de-east-1',
    validateInput: (value) => (isRegion(value.trim()) ? undefined : destinationDialogs.notARegion),
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
    ...bedrockRegions.map((name) => ({ label: name, description: name === current ? sharedText.current : '', choose: () => name })),
    { label: destinationDialogs.otherRegion, detail: destinationDialogs.otherRegionDetail, choose: askRegion },
    ...after.map(other),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: destinationDialogs.regionsAsOf(title, regionsChecked),
    placeHolder: current || before[0]?.label || destinationDialogs.region,
  });
  if (picked === undefined) return undefined;
  const value = await picked.choose();
  // A name that was not typed is no choice.
  return value === undefined && picked.label === destinationDialogs.otherRegion ? undefined : { value };
};
