import { modelOverridesOf } from '../../core/analysis';
import { fileMistakes } from '../../core/messages/commandLine';
import { describeOverrideProblem } from '../../core/messages/overrides';
import { defaultSettings, parseSettings, projectSettings, settingKeys, type Settings } from '../../core/settings';
import { parseJsonTree } from '../../core/text/jsonTree';
import { toJson } from '../../core/text/tree';
import type { SettingsFile } from '../files/settingsFile';

/** Settings and what is to be said about the file they came from. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly notes: readonly string[];
}

const projectKeys: readonly string[] = projectSettings.map((name) => settingKeys[name]);

const noSettings: ReadSettings = { settings: defaultSettings, notes: [] };

/** Reads a file of settings, comments allowed; what does not fit is replaced by its default and said. `name` is what a note calls the file. */
export const readSettings = (file: SettingsFile | undefined, name: string): ReadSettings => {
  if (file === undefined) return noSettings;
  const { tree, errors } = parseJsonTree(file.text.replace(/^\uFEFF/, ''));
  const broken = (detail: string): ReadSettings => ({ settings: defaultSettings, notes: [fileMistakes.badSettings(name, detail)] });
  if (errors.length > 0 && file.kind === 'own') return broken(fileMistakes.notJson);
  const value = tree && toJson(tree);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return file.kind === 'own' ? broken(fileMistakes.notObject) : noSettings;
  const given = new Map(Object.entries(value));
  const prefix = file.kind === 'own' ? '' : 'cachepoint.';
  const { settings, wrong } = parseSettings((key) => (projectKeys.includes(key) ? given.get(`${prefix}${key}`) : undefined));
  const unknown = file.kind === 'own' ? [...given.keys()].filter((key) => key !== '$schema' && !projectKeys.includes(key)) : [];
  const keys = wrong.map((key) => key.replace(/^cachepoint\./, prefix));
  return {
    settings,
    notes: [
      ...(keys.length === 0 ? [] : [fileMistakes.wrongSettings(name, keys)]),
      ...(unknown.length === 0 ? [] : [fileMistakes.unknownSettings(name, unknown)]),
      ...modelOverridesOf(settings).problems.map(describeOverrideProblem),
    ],
  };
};
