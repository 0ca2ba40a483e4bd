import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { isEndpoint } from '../../core/settings';
import { labelText, visibleLine } from '../../core/text/visible';
import type { ApiKeys } from './apiKeys';
import { pickRegionOr, type OtherAnswer } from './regions';
import type { BedrockPort, EmulatorPort, MachinePort } from '../ports';
import type { SettingsReader } from '../workspace/settings';

interface Item extends vscode.QuickPickItem {
  readonly value: string | undefined;
}

export interface DestinationDeps {
  readonly settings: SettingsReader;
  readonly emulator: EmulatorPort;
  readonly bedrock: () => Promise<BedrockPort>;
  readonly machine: MachinePort;
  readonly apiKeys: ApiKeys;
}

/** Asks where runs go, and remembers it for this machine. */
export const chooseEndpoint = async ({ settings, emulator }: DestinationDeps): Promise<void> => {
  const current = settings.read().endpoint;
  const mark = (value: string): string => (value === current ? '$(check) ' : '');
  const items: (Item & { readonly value: string })[] = [
    { label: `${mark('aws')}${sharedText.bedrock}`, detail: destinationDialogs.awsDetail, value: 'aws' },
    {
      label: `${mark('emulator')}${destinationDialogs.emulator}`,
      detail: destinationDialogs.emulatorDetail,
      value: 'emulator',
    },
    { label: destinationDialogs.otherAddress, detail: destinationDialogs.otherAddressDetail, value: '' },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: destinationDialogs.whereTitle,
    placeHolder: visibleLine(destinationDialogs.now(current)),
  });
  if (picked === undefined) return;
  const value = picked.value !== '' ? picked.value : await askAddress(current);
  if (value === undefined) return;
  await settings.update('endpoint', value);
  if (value === 'emulator') await emulator.start(settings.read().emulatorPort);
};

const askAddress = (current: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: destinationDialogs.addressTitle,
    prompt: destinationDialogs.addressHint,
    value: /^http/.test(current) ? current : 'https://',
    validateInput: (value) => (isEndpoint(value) && value.startsWith('http') ? undefined : destinationDialogs.notAnAddress),
  });

/** What a choice that was made for this workspace is called in a list, and the way back to the setting. */
const asSet = (setting: string, otherwise: string): Item & OtherAnswer => ({
  label: destinationDialogs.asSet,
  detail: setting === '' ? otherwise : visibleLine(setting),
  value: undefined,
});

/** Stands for the API key that is kept, in a list of profiles. */
const apiKeyItem = (region: string): Item => ({
  label: destinationDialogs.keptKey,
  description: region,
  value: undefined,
});

/** Asks for an AWS profile of this machine, or for the API key that is kept, for this workspace. */
export const chooseProfile = async ({ settings, bedrock, apiKeys }: DestinationDeps): Promise<void> => {
  const chosen = settings.chosen('profile');
  const keyItem = apiKeys.region === undefined ? undefined : apiKeyItem(apiKeys.region);
  const reading = bedrock().then((port) => port.listProfiles());
  const items = reading.then((profiles): Item[] => [
    { label: destinationDialogs.chain, detail: destinationDialogs.chainDetail, value: '' },
    ...profiles.map(({ name, region, kind }) => ({
      label: labelText(name),
      description: labelText([kind, region].filter(Boolean).join(' · ')),
      value: name,
    })),
    ...(keyItem === undefined ? [] : [keyItem]),
    ...(chosen === undefined ? [] : [asSet(settings.inSettings('profile'), destinationDialogs.chain)]),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: destinationDialogs.profileTitle,
    placeHolder: visibleLine(settings.read().profile) || destinationDialogs.chain,
  });
  if (picked === undefined) return;
  if (picked !== keyItem) await settings.choose('profile', picked.value);
  await settings.choose('apiKey', picked === keyItem ? 'kept' : undefined);
};

const ofProfile: OtherAnswer = { label: destinationDialogs.regionOfProfile, value: '' };

/** Asks for an AWS Region, for this workspace. */
export const chooseRegion = async ({ settings }: DestinationDeps): Promise<void> => {
  const back = settings.chosen('region') === undefined ? [] : [asSet(settings.inSettings('region'), ofProfile.label)];
  const picked = await pickRegionOr(destinationDialogs.regionTitle, settings.read().region, [ofProfile], back);
  if (picked !== undefined) await settings.choose('region', picked.value);
};
