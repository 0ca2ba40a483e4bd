import { tickStep } from '../workspace/steps';
import type { DestinationDeps } from './destination';

/** Lets runs go to the emulator from now on, and starts it. */
export const useEmulator = async (deps: Pick<DestinationDeps, 'settings' | 'emulator'>): Promise<void> => {
  await deps.settings.update('endpoint', 'emulator');
  await deps.emulator.start(deps.settings.read().emulatorPort);
  void tickStep('emulator');
};
