import * as vscode from 'vscode';
import { isSendable, readApiKey } from '../../core/runs/apiKey';
import { secret, type Secret } from '../../core/runs/secret';
import { messageText } from '../../core/text/visible';
import { pickRegionOr } from './regions';
import type { SettingsReader } from '../workspace/settings';

/** One Amazon Bedrock API key that a person keeps in the editor, and the Region that it is for. */
export interface ApiKeys {
  /** The Region of the key that is kept, without reading the key; `undefined`: none is. */
  readonly region: string | undefined;
  read(): Promise<Secret | undefined>;
  keep(key: string, region: string): Promise<void>;
  remove(): Promise<void>;
}

const secretName = 'cachepoint.bedrockApiKey';
const regionName = 'cachepoint.bedrockApiKeyRegion';

/** The key itself is where the operating system keeps secrets; only its Region is in the editor's state. */
export const createApiKeys = ({ secrets, globalState }: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>): ApiKeys => ({
  get region() {
    return globalState.get<string>(regionName);
  },
  async read() {
    const key = await secrets.get(secretName);
    return key === undefined ? undefined : secret(key);
  },
  async keep(key, region) {
    await secrets.store(secretName, key);
    await globalState.update(regionName, region);
  },
  async remove() {
    await secrets.delete(secretName);
    await globalState.update(regionName, undefined);
  },
});

export interface ApiKeyDeps {
  readonly apiKeys: ApiKeys;
  readonly settings: Pick<SettingsReader, 'chosen' | 'choose'>;
}

/** Does this workspace use the key that is kept? */
export const usesApiKey = ({ settings }: { readonly settings: Pick<SettingsReader, 'chosen'> }): boolean =>
  settings.chosen('apiKey') === 'kept';

const askKey = (): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: 'Amazon Bedrock API key',
    prompt: 'It is kept as a secret of the editor, on this machine, and sent to Amazon Bedrock alone.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (isSendable(value.trim()) ? undefined : 'A key has no blanks and no line breaks in it.'),
  });

/** Asks for a key and its Region, keeps both, and has this workspace use it. A short-term key names its Region itself. */
export const keepApiKey = async ({ apiKeys, settings }: ApiKeyDeps): Promise<void> => {
  const key = (await askKey())?.trim();
  if (key === undefined) return;
  const facts = readApiKey(key);
  const region = facts.kind === 'short' ? facts.region : (await pickRegionOr('Region of the API key', '', [], []))?.value;
  if (region === undefined) return;
  await apiKeys.keep(key, region);
  // The key's own Region counts, until another is chosen.
  await settings.choose('region', undefined);
  await settings.choose('apiKey', 'kept');
  const holds = facts.kind === 'short' ? ' A short-term key holds for twelve hours at most.' : '';
  void vscode.window.showInformationMessage(messageText(`Runs in this workspace use the API key now, in ${region}.${holds}`));
};

/** Removes the key that is kept; workspaces that used it say so instead of using anything else. */
export const removeApiKey = async ({ apiKeys, settings }: ApiKeyDeps): Promise<void> => {
  const wasKept = apiKeys.region !== undefined;
  await apiKeys.remove();
  await settings.choose('apiKey', undefined);
  void vscode.window.showInformationMessage(messageText(wasKept ? 'The API key is removed.' : 'No API key was kept.'));
};
