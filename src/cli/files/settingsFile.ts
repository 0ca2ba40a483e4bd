import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { projectFileName } from '../../core/settings';
import { isRecord } from '../../core/text/json';
import { parseJsonTree } from '../../core/text/jsonTree';
import { toJson } from '../../core/text/tree';
import { systemCode } from '../outcome';

/** A file that holds settings, unread: whoever needs the settings parses it. */
export interface SettingsFile {
  readonly path: string;
  readonly text: string;
  /** `cachepoint.json` has keys without prefix; VS Code's has them with `cachepoint.`, among those of others. */
  readonly kind: 'own' | 'vscode';
}

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
};

/** What VS Code's settings say, by their whole keys: they may have comments. Those that it cannot read either say nothing. */
export const vscodeValues = (text: string): ReadonlyMap<string, unknown> => {
  const { tree } = parseJsonTree(text.replace(/^\uFEFF/, ''));
  const value = tree && toJson(tree);
  return new Map(isRecord(value) ? Object.entries(value) : []);
};

export type SettingsFinder = (file: string) => SettingsFile | undefined;

/** Finds the nearest file of a name, from a file's folder upward; each folder is looked at once. */
const finderOf = (kind: SettingsFile['kind'], ...name: readonly string[]): SettingsFinder => {
  const known = new Map<string, SettingsFile | undefined>();
  const at = (folder: string): SettingsFile | undefined => {
    if (known.has(folder)) return known.get(folder);
    const path = join(folder, ...name);
    const text = readIfThere(path);
    const above = dirname(folder);
    const found = text !== undefined ? { path, text, kind } : above === folder ? undefined : at(above);
    known.set(folder, found);
    return found;
  };
  return (file) => at(dirname(file));
};

/** Finds the settings of projects for their files. */
export const createOwnSettingsFinder = (): SettingsFinder => finderOf('own', projectFileName);

/** Finds settings for files: the project's own, else those of VS Code. */
export const createSettingsFinder = (): SettingsFinder => {
  const own = createOwnSettingsFinder();
  const vscode = finderOf('vscode', '.vscode', 'settings.json');
  return (file) => own(file) ?? vscode(file);
};
