import type * as vscode from 'vscode';
import { secret, type Secret } from '../../core/runs/secret';
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

/** Where a key is kept: of the editor's own. */
export interface KeyPlaces {
  readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;
  readonly globalState: Pick<vscode.Memento, 'get' | 'update'>;
}

/** The key itself is where the operating system keeps secrets; only its Region is in the editor's state. */
export const createApiKeys = ({ secrets, globalState }: KeyPlaces): ApiKeys => ({
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

/** Does this workspace use the key that is kept? */
export const usesApiKey = ({ settings }: { readonly settings: Pick<SettingsReader, 'chosen'> }): boolean =>
  settings.chosen('apiKey') === 'kept';
