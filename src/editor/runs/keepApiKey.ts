import * as vscode from 'vscode';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { isSendable, readApiKey } from '../../core/runs/apiKey';
import { messageText } from '../../core/text/visible';
import type { SettingsReader } from '../workspace/settings';
import type { ApiKeys } from './apiKeys';
import { pickRegionOr } from './regions';

export interface ApiKeyDeps {
  readonly apiKeys: ApiKeys;
  readonly settings: Pick<SettingsReader, 'chosen' | 'choose'>;
}

const askKey = (): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: destinationDialogs.keyTitle,
    prompt: destinationDialogs.keyHint,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (isSendable(value.trim()) ? undefined : destinationDialogs.notAKey),
  });

/** Asks for a key and its Region, keeps both, and has this workspace use it. A short-term key names its Region itself. */
export const keepApiKey = async ({ apiKeys, settings }: ApiKeyDeps): Promise<void> => {
  const key = (await askKey())?.trim();
  if (key === undefined) return;
  const facts = readApiKey(key);
  const region = facts.kind === 'short' ? facts.region : (await pickRegionOr(destinationDialogs.keyRegion, '', [], []))?.value;
  if (region === undefined) return;
  await apiKeys.keep(key, region);
  // The key's own Region counts, until another is chosen.
  await settings.choose('region', undefined);
  await settings.choose('apiKey', 'kept');
  const holds = facts.kind === 'short' ? destinationDialogs.shortTerm : '';
  void vscode.window.showInformationMessage(messageText(destinationDialogs.keyKept(region, holds)));
};

/** Removes the key that is kept; workspaces that used it say so instead of using anything else. */
export const removeApiKey = async ({ apiKeys, settings }: ApiKeyDeps): Promise<void> => {
  const wasKept = apiKeys.region !== undefined;
  await apiKeys.remove();
  await settings.choose('apiKey', undefined);
  void vscode.window.showInformationMessage(messageText(wasKept ? destinationDialogs.keyRemoved : destinationDialogs.noKeyKept));
};
