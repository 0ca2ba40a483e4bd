import * as vscode from 'vscode';
import { actionLabels } from '../../core/messages/failureText';
import { commandText } from '../../core/messages/editor/commands';
import { lastingSettings, parseSettings, type Settings } from '../../core/settings';
import type { Network } from '../../core/runs/port';
import { recent } from '../../core/text/recent';
import { messageText } from '../../core/text/visible';
import { ProjectSettings } from './projectSettings';

/** What a person chooses for a workspace, kept in the workspace's state: files that come with the workspace cannot hold it. */
export type ChosenKey = 'profile' | 'region' | 'apiKey';

const stateKeys: { readonly [K in ChosenKey]: string } = {
  profile: 'cachepoint.chosenProfile',
  region: 'cachepoint.chosenRegion',
  /** `kept`: the API key that is kept in the editor. No setting can say that. */
  apiKey: 'cachepoint.chosenApiKey',
};

/** Reads settings at the time of use; nobody else calls `getConfiguration`. */
export interface SettingsReader extends vscode.Disposable {
  /** What was chosen for this workspace stands in the place of the settings of the same name. */
  read(uri?: vscode.Uri): Settings;
  /** What was chosen for this workspace; `undefined`: nothing, so that the setting counts. An empty text is a choice too. */
  chosen(key: ChosenKey): string | undefined;
  /** The setting itself, whatever was chosen for this workspace. */
  inSettings(key: 'profile' | 'region'): string;
  /** Chooses for this workspace; `undefined` leaves it to the setting again. */
  choose(key: ChosenKey, value: string | undefined): Promise<void>;
  /** What the person's own settings say of models and prices, whatever the workspace says. */
  own(): Pick<Settings, 'models' | 'priceFactors' | 'profileModels'>;
  /** `cachepoint.promptFiles`, remembered until a setting changes: every change of every text file asks for it. */
  promptFiles(uri: vscode.Uri): readonly string[];
  /** How the editor itself reaches the network. */
  network(): Network;
  readonly onDidChange: vscode.Event<void>;
  update(key: string, value: unknown): Thenable<void>;
}

const isChosen = (key: string): key is ChosenKey => key in stateKeys;

export const createSettingsReader = (state: Pick<vscode.Memento, 'get' | 'update'>): SettingsReader => {
  const changed = new vscode.EventEmitter<void>();
  const warned = new Set<string>();
  const promptFiles = recent<string, readonly string[]>(50);
  const tell = (): void => {
    promptFiles.clear();
    changed.fire();
  };
  const project = new ProjectSettings();
  const projectListener = project.onDidChange(tell);
  const listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('cachepoint')) tell();
  });
  const warnOnce = (wrong: readonly string[]): void => {
    const fresh = wrong.filter((name) => !warned.has(name));
    if (fresh.length === 0) return;
    for (const name of fresh) warned.add(name);
    const open = actionLabels.openSettings;
    const message = commandText.badSettings(fresh.join(', '));
    void vscode.window.showWarningMessage(messageText(message), open).then((choice) => {
      if (choice === open) void vscode.commands.executeCommand('workbench.action.openSettings', fresh[0]);
    });
  };
  const chosen = (key: ChosenKey): string | undefined => state.get<string>(stateKeys[key]);
  const read = (uri?: vscode.Uri): Settings => {
    const configuration = vscode.workspace.getConfiguration('cachepoint', uri ?? null);
    const valueOf = (key: string): unknown => {
      const ofProject = uri && project.valueFor(uri, key);
      if (!lastingSettings.has(key)) return (isChosen(key) ? chosen(key) : undefined) ?? ofProject ?? configuration.get<unknown>(key);
      const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect<unknown>(key) ?? {};
      return (
        [globalValue, workspaceValue, workspaceFolderValue, ofProject].find((value) => value === true) ?? configuration.get<unknown>(key)
      );
    };
    const { settings, wrong } = parseSettings(valueOf);
    warnOnce(wrong);
    return settings;
  };
  return {
    read,
    own() {
      const configuration = vscode.workspace.getConfiguration('cachepoint');
      return parseSettings((key) => configuration.inspect(key)?.globalValue).settings;
    },
    promptFiles(uri) {
      const globs = promptFiles.get(uri.toString()) ?? read(uri).promptFiles;
      promptFiles.set(uri.toString(), globs);
      return globs;
    },
    chosen,
    inSettings: (key) => vscode.workspace.getConfiguration('cachepoint').get<string>(key, ''),
    async choose(key, value) {
      await state.update(stateKeys[key], value);
      tell();
    },
    network() {
      const http = vscode.workspace.getConfiguration('http');
      return {
        proxySupport: http.get<Network['proxySupport']>('proxySupport', 'override'),
        proxy: http.get('proxy', ''),
        noProxy: http.get<readonly string[]>('noProxy', []),
        strictSsl: http.get('proxyStrictSSL', true),
      };
    },
    onDidChange: changed.event,
    update(key, value) {
      const configuration = vscode.workspace.getConfiguration('cachepoint');
      const { Global, Workspace } = vscode.ConfigurationTarget;
      // Where the workspace has a value of its own, another one elsewhere would change nothing.
      return configuration.update(key, value, configuration.inspect(key)?.workspaceValue === undefined ? Global : Workspace);
    },
    dispose() {
      listener.dispose();
      projectListener.dispose();
      project.dispose();
      changed.dispose();
    },
  };
};
