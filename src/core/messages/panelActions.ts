/** What a button in the panel may ask for besides runs. The host decides whether it does it. */
export type PanelAction = 'useEmulator' | 'chooseProfile' | 'chooseRegion' | 'signIn' | 'openSettings' | 'showLog' | 'runAgain';

export const panelActions: readonly PanelAction[] = [
  'useEmulator',
  'chooseProfile',
  'chooseRegion',
  'signIn',
  'openSettings',
  'showLog',
  'runAgain',
];

/** The label of each action's button. */
export const actionLabels: { readonly [A in PanelAction]: string } = {
  useEmulator: 'Use Local Emulator',
  chooseProfile: 'Choose Profile',
  chooseRegion: 'Choose Region',
  signIn: 'Sign In',
  openSettings: 'Open Settings',
  showLog: 'Show Log',
  runAgain: 'Run Again',
};
