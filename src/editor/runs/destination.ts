import * as vscode from 'vscode';
import { isEndpoint } from '../../core/settings';
import { labelText, visibleLine } from '../../core/text/visible';
import type { BedrockPort, EmulatorPort, MachinePort } from '../ports';
import type { SettingsReader } from '../workspace/settings';

/** Regions in which Bedrock Runtime is offered, the most used first. Source: AWS General Reference, Bedrock endpoints, as of 2026-10. */
const regions = [
  'us-east-1',
  'us-west-2',
  'us-east-2',
  'eu-central-1',
  'eu-west-1',
  'eu-west-3',
  'eu-north-1',
  'eu-west-2',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-south-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ca-central-1',
  'sa-east-1',
  'us-gov-west-1',
];

interface Item extends vscode.QuickPickItem {
  readonly value: string;
}

export interface DestinationDeps {
  readonly settings: SettingsReader;
  readonly emulator: EmulatorPort;
  readonly bedrock: () => Promise<BedrockPort>;
  readonly machine: MachinePort;
}

/** Asks where runs go, and remembers it for this machine. */
export const chooseEndpoint = async ({ settings, emulator }: DestinationDeps): Promise<void> => {
  const current = settings.read().endpoint;
  const mark = (value: string): string => (value === current ? '$(check) ' : '');
  const items: Item[] = [
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

/** Asks for an AWS profile of this machine. */
export const chooseProfile = async ({ settings, bedrock }: DestinationDeps): Promise<void> => {
  const reading = bedrock().then((port) => port.listProfiles());
  const items = reading.then((profiles): Item[] => [
    { label: 'Default credential chain', detail: 'Environment, shared files, container or instance: what the AWS SDK finds', value: '' },
    ...profiles.map(({ name, region, kind }) => ({
      label: labelText(name),
      description: labelText([kind, region].filter(Boolean).join(' · ')),
      value: name,
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'AWS profile for runs',
    placeHolder: visibleLine(settings.read().profile) || 'Default credential chain',
  });
  if (picked !== undefined) await settings.update('profile', picked.value);
};

/** Asks for an AWS Region. */
export const chooseRegion = async ({ settings }: DestinationDeps): Promise<void> => {
  const current = settings.read().region;
  const items: Item[] = [
    { label: 'Region of the profile or the environment', value: '' },
    ...regions.map((name) => ({ label: name, description: name === current ? 'current' : '', value: name })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'AWS Region for runs',
    placeHolder: current || 'Region of the profile or the environment',
  });
  if (picked !== undefined) await settings.update('region', picked.value);
};

/** Opens a terminal with the login command, which needs a browser and a person. */
export const signIn = ({ settings }: DestinationDeps): void => {
  const { profile } = settings.read();
  const terminal = vscode.window.createTerminal({ name: 'AWS sign in' });
  terminal.show();
  // A name with other characters is left to the person, so that nothing odd reaches a shell.
  const named = /^[\w.@/+-]+$/.test(profile) ? ` --profile ${profile}` : '';
  terminal.sendText(`aws sso login${named}`, profile !== '' && named !== '');
};
