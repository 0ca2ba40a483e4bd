import { targetText } from '../../core/messages/editor/target';
import { sharedText } from '../../core/messages/editor/shared';
import { describeIdentity } from '../../core/messages/identityText';
import { identityOf, type Owner } from '../../core/runs/identity';
import type { Target } from '../../core/runs/port';
import { secret, type Secret } from '../../core/runs/secret';
import type { Settings } from '../../core/settings';
import type { EmulatorPort } from '../ports';
import type { SettingsReader } from '../workspace/settings';
import { usesApiKey, type ApiKeys } from './apiKeys';

/** Where a run goes, with the emulator's address once it is known; `more` is what no setting of ours says. */
export const targetOf = (settings: Settings, emulatorUrl: string | undefined, more: Pick<Target, 'apiKey' | 'network'> = {}): Target => {
  const common = {
    region: settings.region === '' ? undefined : settings.region,
    profile: settings.profile === '' ? undefined : settings.profile,
    timeoutMs: settings.timeoutSeconds * 1000,
    maxAttempts: settings.maxAttempts,
    ...more,
  };
  if (settings.endpoint === 'aws') return { ...common, service: 'aws', endpoint: undefined };
  if (settings.endpoint === 'emulator') return { ...common, service: 'emulator', endpoint: emulatorUrl };
  return { ...common, service: 'custom', endpoint: settings.endpoint };
};

/** Does a call to it leave this machine? */
export const leavesMachine = ({ service, endpoint }: Target): boolean => service === 'aws' || (endpoint?.startsWith('https:') ?? false);

/** Who gets the call, in a sentence: Amazon Bedrock, or the address of an endpoint. */
export const nameOf = (target: Target): string => (target.service === 'aws' ? sharedText.bedrock : describeTarget(target));

/** What a person agrees to before a call that leaves this machine: where the prompt goes, and as whom. */
export const describeDestination = (target: Target): string => {
  return targetText.leaves(nameOf(target), target.region, describeIdentity(identityOf(target, process.env)));
};

export interface TargetDeps {
  readonly settings: Pick<SettingsReader, 'read' | 'chosen'>;
  readonly emulator: Pick<EmulatorPort, 'url'>;
  readonly apiKeys: Pick<ApiKeys, 'region'>;
}

/** Stands for the API key where a target is only shown. */
const unread = secret('');

/** Where the next run goes, to be shown: without any secret. */
export const shownTarget = ({ settings, emulator, apiKeys }: TargetDeps): Target => {
  const target = targetOf(settings.read(), emulator.url);
  return usesApiKey({ settings }) ? withApiKey(target, unread, apiKeys.region) : target;
};

/** An API key is for one Region, which counts unless another was chosen. */
export const withApiKey = (target: Target, apiKey: Secret, region: string | undefined): Target => ({
  ...target,
  apiKey,
  region: target.region ?? region,
});

/** A target's place as shown to a person: its host, or its Region. */
export const describeTarget = ({ service, endpoint, region }: Target): string => {
  if (service === 'aws') return region ?? '';
  return endpoint === undefined ? targetText.notStarted : endpoint.replace(/^https?:\/\//, '').replace(/\/$/, '');
};

/** Where runs go, in a word or two: "emulator", "profile dev, us-east-1", "AWS", or a host. */
export const destinationText = (deps: TargetDeps): string => {
  const target = shownTarget(deps);
  if (target.service === 'emulator') return targetText.emulator;
  if (target.service === 'custom') return describeTarget(target);
  const parts = [identityText(target), target.region ?? ''].filter((part) => part !== '');
  return parts.length === 0 ? 'AWS' : parts.join(', ');
};

/** As whom a target's calls are signed, as far as that is known without asking: an API key of the environment too. */
export const identityText = (target: Target, owner: Owner = {}): string => {
  const identity = identityOf(target, process.env);
  const isUnknown = identity.kind === 'chain' && identity.from === 'other' && owner.accountId === undefined;
  return isUnknown ? '' : describeIdentity(identity, owner);
};
/** Where an address is named, only a run finds out that an emulator listens there. */
const addressPlace = ({ service, endpoint = '' }: Pick<Target, 'service' | 'endpoint'>): string =>
  `${service === 'aws' ? 'aws' : 'address'} ${endpoint} `;

/** Calls to targets that differ in it share no cache: another account, Region or address has one of its own. */
export const cachePlace = (target: Target): string => `${addressPlace(target)}${target.region ?? ''} ${target.profile ?? ''}`;

/** What the places of all calls to an emulator begin with. */
export const emulatorPlace = (endpoint: string): string => addressPlace({ service: 'emulator', endpoint });
