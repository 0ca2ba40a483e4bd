import type { NumberFormats } from '../figures/numbers';
import type { Service } from '../runs/events';
import type { RunFailure } from '../runs/failure';

/** What a button in the panel may ask for besides runs. The host decides whether it does it. */
export type PanelAction =
  'useEmulator' | 'chooseProfile' | 'chooseRegion' | 'signIn' | 'openSettings' | 'showLog' | 'runAgain' | 'runForReal';

export const panelActions: readonly PanelAction[] = [
  'useEmulator',
  'chooseProfile',
  'chooseRegion',
  'signIn',
  'openSettings',
  'showLog',
  'runAgain',
  'runForReal',
];

/** What a person is told about a failed run: what happened, why, and what to do next. */
export interface FailureText {
  readonly title: string;
  readonly text: string;
  /** What to do next, a sentence each, the likeliest first. */
  readonly steps: readonly string[];
  readonly actions: readonly PanelAction[];
}

/** What the sentences need to know about the run besides its failure. */
export interface FailureContext {
  readonly service: Service;
  readonly formats: NumberFormats;
  /** Had a part of the answer arrived? */
  readonly answered: boolean;
  /** Milliseconds that were waited between attempts. */
  readonly waitsMs?: readonly number[];
}

/** The label of each action's button. */
export const actionLabels: { readonly [A in PanelAction]: string } = {
  useEmulator: 'Use Local Emulator',
  chooseProfile: 'Choose Profile',
  chooseRegion: 'Choose Region',
  signIn: 'Sign In',
  openSettings: 'Open Settings',
  showLog: 'Show Log',
  runAgain: 'Run Again',
  runForReal: 'Run for Real',
};

/** A failure of one kind. */
export type Of<C extends RunFailure['code']> = Extract<RunFailure, { readonly code: C }>;

export const keptText = (answered: boolean): string => (answered ? ' What had arrived is kept.' : '');

/** A step for whoever has no AWS. */
export const offline = 'To try the prompt without AWS, use the local emulator: it simulates the answer and the cache.';

/** What the service answered, quoted where a notification has no details to read below it. */
export const serviceSays = (detail: string): string => `The service says: ${detail}`;
