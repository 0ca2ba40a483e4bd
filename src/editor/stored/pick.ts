import * as vscode from 'vscode';
import { storedDialogs } from '../../core/messages/editor/stored';
import { noStoredPrompts } from '../../core/messages/storedPrompts';
import type { StoredPrompt, StoredSummary } from '../../core/runs/storedPrompts';
import { labelText, messageText } from '../../core/text/visible';
import { conversions } from '../convert/conversions';
import { askStore, type StoredDeps } from './ask';

interface Item extends vscode.QuickPickItem {
  readonly summary?: StoredSummary;
}

const dateOf = ({ updatedAt }: StoredSummary, { formats }: StoredDeps): string =>
  updatedAt === 0 ? '' : formats.moment(updatedAt, Date.now());

const listed = (id: string | undefined, deps: StoredDeps) =>
  askStore(
    { title: storedDialogs.listing, refused: storedDialogs.notListed, action: 'bedrock:ListPrompts' },
    (port, target, signal) => port.listStored(id, target, signal),
    deps,
  );

/** The stored prompt with its variants. */
export const getStored = async (id: string, version: string, deps: StoredDeps): Promise<StoredPrompt | undefined> => {
  const asked = await askStore(
    { title: storedDialogs.reading, refused: storedDialogs.notRead, action: 'bedrock:GetPrompt' },
    (port, target, signal) => port.getStored(id, version, target, signal),
    deps,
  );
  return asked?.answer;
};

/** Lets the person pick one of the account's prompts; `fresh`: the label of an entry for a new one. */
export const pickStored = async (title: string, fresh: string | undefined, deps: StoredDeps): Promise<Item | undefined> => {
  const asked = await listed(undefined, deps);
  if (asked === undefined) return undefined;
  const { prompts } = asked.answer;
  if (prompts.length === 0 && fresh === undefined) {
    void vscode.window.showInformationMessage(messageText(noStoredPrompts(asked.region)));
    return undefined;
  }
  const items = [...prompts]
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .map((summary): Item => ({
      summary,
      label: labelText(summary.name),
      description: labelText([summary.id, dateOf(summary, deps)].filter((part) => part !== '').join(' · ')),
      detail: labelText(summary.description),
    }));
  const first: readonly Item[] = fresh === undefined ? [] : [{ label: `$(add) ${fresh}`, alwaysShow: true }];
  return vscode.window.showQuickPick([...first, ...items], { title, matchOnDescription: true, matchOnDetail: true });
};

/** The draft or one of the versions, the newest version after the draft. */
export const pickVersion = async ({ id, name }: StoredSummary, deps: StoredDeps): Promise<string | undefined> => {
  const asked = await listed(id, deps);
  if (asked === undefined) return undefined;
  const versions = [...asked.answer.prompts].sort((a, b) => (Number(b.version) || Infinity) - (Number(a.version) || Infinity));
  if (versions.length < 2) return versions[0]?.version ?? 'DRAFT';
  const items = versions.map((one) => ({
    label: one.version === 'DRAFT' ? storedDialogs.draft : storedDialogs.version(one.version),
    description: dateOf(one, deps),
    version: one.version,
  }));
  return (await vscode.window.showQuickPick(items, { title: labelText(storedDialogs.versionOf(name)) }))?.version;
};

/** One of the variants, where there are several. */
export const pickVariant = async (stored: StoredPrompt): Promise<string | undefined> => {
  const names = conversions().variantNames(stored.prompt);
  if (names.length < 2) return names[0] ?? 'default';
  const items = names.map((name) => ({
    label: labelText(name),
    description: name === stored.prompt['defaultVariant'] ? storedDialogs.isDefault : '',
    name,
  }));
  return (await vscode.window.showQuickPick(items, { title: labelText(storedDialogs.variantOf(stored.name)) }))?.name;
};
