import * as vscode from 'vscode';

/** What a step of the walkthrough waits for, by the names of the steps in the manifest: the context key that ticks it. */
const stepKeys = { sample: 'openedSample', emulator: 'emulatorRunning', twice: 'ranTwice', aws: 'ranOnAws' } as const;

type Step = keyof typeof stepKeys;

/**
 * Ticks a step of the walkthrough: what it waits for has happened. VS Code looks at the keys from when a person first opens a walkthrough, and then takes
 * one that is set already for old news, so it is told as well. It keeps what is ticked, over windows and reloads.
 */
export const tickStep = async (step: Step): Promise<void> => {
  // Whether the emulator runs is told where that changes.
  if (step !== 'emulator') void vscode.commands.executeCommand('setContext', `cachepoint.${stepKeys[step]}`, true);
  try {
    await vscode.commands.executeCommand('welcome.markStepComplete', `cachepoint.cachepoint#start#${step}`);
  } catch {
    // It complains of a walkthrough that it has not read yet, and keeps the tick all the same.
  }
};
