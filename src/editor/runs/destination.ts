import * as vscode from 'vscode';
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
    { label: `${mark('aws')}Amazon Bedrock`, detail: 'Live calls with your AWS credentials. They cost money.', value: 'aws' },
    {
      label: `${mark('emulator')}Local emulator`,
      detail: 'Simulated answers and a working prompt cache on this machine. Free, offline.',
      value: 'emulator',
    },
    { label: 'Another address…', detail: 'A Bedrock Runtime endpoint by https, or on this machine by http', value: '' },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Where do runs go?', placeHolder: visibleLine(`Now: ${current}`) });
  if (picked === undefined) return;
  const value = picked.value !== '' ? picked.value : await askAddress(current);
  if (value === undefined) return;
  await settings.update('endpoint', value);
  if (value === 'emulator') await emulator.start(settings.read().emulatorPort);
};

const askAddress = (current: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: 'Address of a Bedrock Runtime endpoint',
    prompt: 'https, or http on this machine',
    value: /^http/.test(current) ? current : 'https://',
    validateInput: (value) =>
      isEndpoint(value) && value.startsWith('http') ? undefined : 'Use an https address, or an http address of this machine.',
  });

/** What a choice that was made for this workspace is called in a list, and the way back to the setting. */
const asSet = (setting: string, otherwise: string): Item & OtherAnswer => ({
  label: 'As the settings say',
  detail: setting === '' ? otherwise : visibleLine(setting),
  value: undefined,
});

/** Stands for the API key that is kept, in a list of profiles. */
const apiKeyItem = (region: string): Item => ({
  label: 'Bedrock API key kept in the editor',
  description: region,
  value: undefined,
});

/** Asks for an AWS profile of this machine, or for the API key that is kept, for this workspace. */
export const chooseProfile = async ({ settings, bedrock, apiKeys }: DestinationDeps): Promise<void> => {
  const chosen = settings.chosen('profile');
  const keyItem = apiKeys.region === undefined ? undefined : apiKeyItem(apiKeys.region);
  const reading = bedrock().then((port) => port.listProfiles());
  const items = reading.then((profiles): Item[] => [
    { label: 'Default credential chain', detail: 'Environment, shared files, container or instance: what the AWS SDK finds', value: '' },
    ...profiles.map(({ name, region, kind }) => ({
      label: labelText(name),
      description: labelText([kind, region].filter(Boolean).join(' · ')),
      value: name,
    })),
    ...(keyItem === undefined ? [] : [keyItem]),
    ...(chosen === undefined ? [] : [asSet(settings.inSettings('profile'), 'Default credential chain')]),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'AWS profile for runs in this workspace',
    placeHolder: visibleLine(settings.read().profile) || 'Default credential chain',
  });
  if (picked === undefined) return;
  if (picked !== keyItem) await settings.choose('profile', picked.value);
  await settings.choose('apiKey', picked === keyItem ? 'kept' : undefined);
};

const ofProfile: OtherAnswer = { label: 'Region of the profile or the environment', value: '' };

/** Asks for an AWS Region, for this workspace. */
export const chooseRegion = async ({ settings }: DestinationDeps): Promise<void> => {
  const back = settings.chosen('region') === undefined ? [] : [asSet(settings.inSettings('region'), ofProfile.label)];
  const picked = await pickRegionOr('AWS Region for runs in this workspace', settings.read().region, [ofProfile], back);
  if (picked !== undefined) await settings.choose('region', picked.value);
};
