import * as engine from '../../src/core/engine';
import { numberFormats } from '../../src/core/figures/numbers';
import { defaultSettings } from '../../src/core/settings';
import type { Analyses, FeatureDeps } from '../../src/editor/feature';
import type { BedrockPort, EmulatorPort, MachinePort } from '../../src/editor/ports';
import type { DestinationDeps } from '../../src/editor/runs/destination';
import type { ApiKeys } from '../../src/editor/runs/apiKeys';
import type { Log } from '../../src/editor/workspace/log';
import type { SettingsReader } from '../../src/editor/workspace/settings';

/** Ports of which a test gives what its feature asks for; whatever else is asked for fails the test. */

export const unexpected =
  (name: string): (() => never) =>
  () => {
    throw new Error(`nothing was said of ${name}`);
  };

/** An event that never happens. */
const silent = () => ({ dispose: () => undefined });

export const fakeBedrock = (members: Partial<BedrockPort>): BedrockPort => ({
  run: unexpected('run'),
  readyCall: unexpected('readyCall'),
  countTokens: unexpected('countTokens'),
  callerIdentity: unexpected('callerIdentity'),
  useMfaQuestion: unexpected('useMfaQuestion'),
  loginFor: unexpected('loginFor'),
  listProfiles: unexpected('listProfiles'),
  listModels: unexpected('listModels'),
  resolveModel: unexpected('resolveModel'),
  modelAccess: unexpected('modelAccess'),
  listStored: unexpected('listStored'),
  getStored: unexpected('getStored'),
  saveStored: unexpected('saveStored'),
  disposeClients: unexpected('disposeClients'),
  ...members,
});

export const fakeEmulator = (url = 'http://127.0.0.1:1'): EmulatorPort => ({
  start: () => Promise.resolve(url),
  stop: () => Promise.resolve(),
  url,
  onDidChange: silent,
  dispose: () => undefined,
});

export const fakeMachine = (members: Partial<MachinePort> = {}): MachinePort => ({
  probeEmulator: () => Promise.resolve(false),
  clearEmulator: unexpected('clearEmulator'),
  realPath: unexpected('realPath'),
  ...members,
});

/** The key that is kept is for this Region; without one there is none. */
export const fakeApiKeys = (region?: string): ApiKeys => ({
  region,
  read: () => Promise.resolve(undefined),
  keep: unexpected('keep'),
  remove: unexpected('remove'),
});

/** A log whose mistakes are told to the test. */
export const fakeLog = (error: Log['error'] = () => undefined): Log => ({
  info: () => undefined,
  warn: () => undefined,
  error,
  show: () => undefined,
  dispose: () => undefined,
});

/** Settings that read as given; nothing was chosen for the workspace. */
export const fakeSettings = (members: Partial<SettingsReader> = {}): SettingsReader => ({
  read: () => defaultSettings,
  own: () => defaultSettings,
  chosen: () => undefined,
  inSettings: unexpected('inSettings'),
  choose: unexpected('choose'),
  promptFiles: () => [],
  network: () => ({ proxySupport: 'off', proxy: '', noProxy: [], strictSsl: true }),
  update: unexpected('update'),
  onDidChange: silent,
  dispose: () => undefined,
  ...members,
});

/** Analyses of open documents. */
export const fakeStore = (members: Partial<Analyses>): Analyses => ({
  get: unexpected('get'),
  of: unexpected('of'),
  read: unexpected('read'),
  readSettled: unexpected('readSettled'),
  calibrationFor: () => undefined,
  isComplete: () => true,
  settled: unexpected('settled'),
  holdsPrompt: () => true,
  refresh: unexpected('refresh'),
  onDidChange: silent,
  dispose: () => undefined,
  ...members,
});

/** What choosing where runs go needs, with what a test asks of the bundle of the SDK. */
export const destinationDeps = (bedrock: Partial<BedrockPort>): DestinationDeps => ({
  settings: fakeSettings(),
  emulator: fakeEmulator(),
  machine: fakeMachine(),
  apiKeys: fakeApiKeys(),
  bedrock: () => Promise.resolve(fakeBedrock(bedrock)),
});

/** What every feature is given. */
export const fakeDeps = (members: Partial<FeatureDeps> = {}): FeatureDeps => ({
  engine: () => engine,
  store: fakeStore({}),
  documents: { formatOf: () => 'bedrock-prompt', treatAsPrompt: unexpected('treatAsPrompt') },
  settings: fakeSettings(),
  formats: numberFormats('en', 'UTC'),
  log: fakeLog(),
  ...members,
});
