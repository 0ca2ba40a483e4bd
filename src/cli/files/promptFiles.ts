import { sep } from 'node:path';
import picomatch from 'picomatch';
import { readProjectFile, settingKeys } from '../../core/settings';
import { vscodeValues, type SettingsFile, type SettingsFinder } from './settingsFile';

const key = settingKeys.promptFiles;

/** The globs in a file of settings; one that holds none is not parsed, and one that does not fit is told of where it is read whole. */
const globsIn = ({ kind, text }: SettingsFile): readonly string[] => {
  if (!text.includes(key)) return [];
  const own = kind === 'own' ? readProjectFile(text) : undefined;
  const value = own === undefined ? vscodeValues(text).get(`cachepoint.${key}`) : own.kind === 'values' ? own.values.get(key) : undefined;
  return Array.isArray(value) ? value.filter((glob) => typeof glob === 'string') : [];
};

const never = (): boolean => false;

/** Says of files, by their absolute paths, whether the settings around them name them as texts of prompts. */
export const createPromptFileTest = (settingsFor: SettingsFinder): ((path: string) => boolean) => {
  const tests = new Map<SettingsFile, (path: string) => boolean>();
  const testOf = (file: SettingsFile) => {
    const globs = globsIn(file).map((glob) => `**/${glob}`);
    return globs.length === 0 ? never : picomatch(globs, { dot: true });
  };
  return (path) => {
    const file = settingsFor(path);
    if (file === undefined) return false;
    const test = tests.get(file) ?? testOf(file);
    tests.set(file, test);
    return test(path.split(sep).join('/'));
  };
};
