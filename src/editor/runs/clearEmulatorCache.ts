import * as vscode from 'vscode';
import { destinationDialogs } from '../../core/messages/editor/destination';
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
    void vscode.window.showInformationMessage(destinationDialogs.noEmulatorCache);
    return;
  }
  if (!(await machine.clearEmulator(target.endpoint))) {
    void vscode.window.showWarningMessage(messageText(destinationDialogs.notCleared(target.endpoint)));
    return;
  }
  warm.forget(target.endpoint);
  void vscode.window.setStatusBarMessage(destinationDialogs.cleared, 5000);
};
