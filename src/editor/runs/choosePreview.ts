import * as vscode from 'vscode';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { sharedText } from '../../core/messages/editor/shared';
import type { SampleRow } from '../../core/prompt/model';
import { labelText } from '../../core/text/visible';

/** What of a prompt's request is shown: with which sample row, or with the examples, and as JSON or as text to be read. */
export interface PreviewChoice {
  /** From 0; absent: the examples that the declarations give. */
  readonly sample?: number | undefined;
  readonly form: 'json' | 'text';
}

interface Item extends vscode.QuickPickItem {
  readonly choice?: PreviewChoice;
}

const detailOf = (row: SampleRow): string =>
  Object.entries(row)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')
    .slice(0, 200);

const heads = { text: destinationDialogs.asText, json: destinationDialogs.asJson } as const;

const itemsOf = (form: PreviewChoice['form'], samples: readonly SampleRow[]): readonly Item[] => [
  { label: heads[form], kind: vscode.QuickPickItemKind.Separator },
  { label: `$(${form === 'json' ? 'json' : 'list-flat'}) ${destinationDialogs.examples}`, description: heads[form], choice: { form } },
  ...samples.map((row, sample) => ({
    label: `$(${form === 'json' ? 'json' : 'list-flat'}) ${sharedText.sample(sample + 1)}`,
    description: heads[form],
    detail: labelText(detailOf(row)),
    choice: { form, sample },
  })),
];

/** Asks which request of a prompt is shown: of the examples or of a sample row, as text or as JSON. `undefined`: the person turned back. */
export const choosePreview = async (samples: readonly SampleRow[]): Promise<PreviewChoice | undefined> => {
  const items: readonly Item[] = [...itemsOf('text', samples), ...itemsOf('json', samples)];
  const picked = await vscode.window.showQuickPick(items, {
    title: destinationDialogs.previewTitle,
    placeHolder: destinationDialogs.previewHint,
    matchOnDetail: true,
  });
  return picked?.choice;
};
