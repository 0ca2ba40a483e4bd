import type { Target } from '../../core/runs/port';
import type { Settings } from '../../core/settings';
import type { EmulatorPort } from '../ports';
import type { SettingsReader } from '../workspace/settings';

/** Where a run goes, with the emulator's address once it is known. */
export const targetOf = (settings: Settings, emulatorUrl: string | undefined): Target => {
  const common = {
    region: settings.region === '' ? undefined : settings.region,
    profile: settings.profile === '' ? undefined : settings.profile,
    timeoutMs: settings.timeoutSeconds * 1000,
    maxAttempts: settings.maxAttempts,
  };
  if (settings.endpoint === 'aws') return { ...common, service: 'aws', endpoint: undefined };
  if (settings.endpoint === 'emulator') return { ...common, service: 'emulator', endpoint: emulatorUrl };
  return { ...common, service: 'custom', endpoint: settings.endpoint };
};

/** Does a call to it leave this machine? */
export const leavesMachine = ({ service, endpoint }: Target): boolean => service === 'aws' || (endpoint?.startsWith('https:') ?? false);

/** Who gets the call, in a sentence: Amazon Bedrock, or the address of an endpoint. */
export const nameOf = (target: Target): string => (target.service === 'aws' ? 'Amazon Bedrock' : describeTarget(target));

/** What a person agrees to before a call that leaves this machine: where the prompt goes, and as whom. */
export const describeDestination = (target: Target): string => {
  const where = target.region === undefined ? '' : ` in ${target.region}`;
  const who = target.profile === undefined ? 'the default credentials' : `profile ${target.profile}`;
  return `The prompt leaves this machine and goes to ${nameOf(target)}${where}, with ${who}.`;
};

/** A target's place as shown to a person: its host, or its Region. */
export const describeTarget = ({ service, endpoint, region }: Target): string => {
  if (service === 'aws') return region ?? '';
  return endpoint === undefined ? 'not started yet' : endpoint.replace(/^https?:\/\//, '').replace(/\/$/, '');
};

/** Where runs go, in a word or two: "emulator", "profile dev, us-east-1", "AWS", or a host. */
export const destinationText = ({
  settings,
  emulator,
}: {
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly emulator: Pick<EmulatorPort, 'url'>;
}): string => {
  const target = targetOf(settings.read(), emulator.url);
  if (target.service === 'emulator') return 'emulator';
  if (target.service === 'custom') return describeTarget(target);
  const parts = [target.profile === undefined ? '' : `profile ${target.profile}`, target.region ?? ''].filter((part) => part !== '');
  return parts.length === 0 ? 'AWS' : parts.join(', ');
};
