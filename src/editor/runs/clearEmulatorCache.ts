import * as vscode from 'vscode';
import { messageText } from '../../core/text/visible';
import type { Target } from '../../core/runs/port';
import type { MachinePort } from '../ports';
import type { WarmMemory } from './warmMemory';

/** Lets the emulator that runs go to forget its cache. */
export const clearEmulatorCache = async (
  target: Target,
  { machine, warm }: { readonly machine: Pick<MachinePort, 'clearEmulator'>; readonly warm: Pick<WarmMemory, 'forget'> },
): Promise<void> => {
  if (target.service !== 'emulator' || target.endpoint === undefined) {
    void vscode.window.showInformationMessage('Runs do not go to an emulator, so there is no cache of it to clear.');
    return;
  }
  if (!(await machine.clearEmulator(target.endpoint))) {
    void vscode.window.showWarningMessage(messageText(`The emulator at ${target.endpoint} did not clear its cache.`));
    return;
  }
  warm.forget(target.endpoint);
  void vscode.window.setStatusBarMessage('$(check) The emulator’s cache is empty: the next call is cold', 5000);
};
