import { modelOverridesOf } from '../../core/analysis';
import { fileMistakes } from '../../core/messages/commandLine';
import { describeOverrideProblem } from '../../core/messages/overrides';
import { defaultSettings, parseSettings, projectSettings, readProjectFile, settingKeys, type Settings } from '../../core/settings';
import { vscodeValues, type SettingsFile } from '../files/settingsFile';

/** Settings and what is to be said about the file they came from. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly notes: readonly string[];
}

const projectKeys: readonly string[] = projectSettings.map((name) => settingKeys[name]);

const unusable = (notes: readonly string[]): ReadSettings => ({ settings: defaultSettings, notes });

/** The project's settings among given ones, whose keys have the prefix; `name` is what a note calls their file. */
const pick = (given: ReadonlyMap<string, unknown>, prefix: string, name: string): ReadSettings => {
  const { settings, wrong } = parseSettings((key) => (projectKeys.includes(key) ? given.get(`${prefix}${key}`) : undefined));
  const keys = wrong.map((key) => key.replace(/^cachepoint\./, prefix));
  return {
    settings,
    notes: [
      ...(keys.length === 0 ? [] : [fileMistakes.wrongSettings(name, keys)]),
      ...modelOverridesOf(settings).problems.map(describeOverrideProblem),
    ],
  };
};

/** Reads a file of settings; what does not fit is replaced by its default and said. */
export const readSettings = (file: SettingsFile | undefined, name: string): ReadSettings => {
  if (file === undefined) return unusable([]);
  if (file.kind === 'vscode') return pick(vscodeValues(file.text), 'cachepoint.', name);
  const read = readProjectFile(file.text);
  if (read.kind !== 'values') return unusable([fileMistakes.badSettings(name, fileMistakes[read.kind])]);
  const unknown = [...read.values.keys()].filter((key) => key !== '$schema' && !projectKeys.includes(key));
  const { settings, notes } = pick(read.values, '', name);
  return { settings, notes: [...notes, ...(unknown.length === 0 ? [] : [fileMistakes.unknownSettings(name, unknown)])] };
};
