import { isUtf8 } from 'node:buffer';
import { sep } from 'node:path';
import picomatch from 'picomatch';
import { filesBeside, type UsedFile } from '../cli/files/included';
import { nameOf } from '../cli/files/find';
import { createPromptFileTest } from '../cli/files/promptFiles';
import { createOwnSettingsFinder, type SettingsFile } from '../cli/files/settingsFile';
import { readBytes } from '../cli/files/text';
import { isMistake } from '../cli/outcome';
import type * as code from '../core/code';
import type * as engine from '../core/engine';
import type { Chained } from '../core/change/sharedPrefixes';
import type { Indexed } from '../core/report/promptIndex';
import { parseSettings, projectSettings, readProjectFile, settingKeys, type Settings } from '../core/settings';
import type { IndexedFolder } from '../core/indexProtocol';

/** The bundles that read prompts. */
export interface Readers {
  readonly engine: typeof engine;
  readonly code: () => typeof code;
}

/** What is known of one file. */
export interface FileRecord {
  readonly prompts: readonly Chained<Indexed>[];
  /** Files that it rests on. */
  readonly used: ReadonlySet<string>;
}

/** Of a file with more prompts, as a batch file, the first ones are listed. */
const mostListed = 50;

const projectKeys = projectSettings.filter((name) => name !== 'region');

/** Settings with those that a project's own file gives in their place. */
const withOwn = (settings: Settings, file: SettingsFile): Settings => {
  const read = readProjectFile(file.text);
  if (read.kind !== 'values') return settings;
  const given = parseSettings((key) => read.values.get(key)).settings;
  const own = projectKeys.filter((name) => read.values.has(settingKeys[name])).map((name) => [name, given[name]]);
  return { ...settings, ...Object.fromEntries(own) };
};

/** Reads the files of one folder of the workspace as the editor and the command line do. */
export const createFileReader = ({ path: root, settings }: IndexedFolder, today: string | undefined, { engine, code }: Readers) => {
  const ownSettings = createOwnSettingsFinder();
  const merged = new Map<SettingsFile, Settings>();
  const settingsFor = (path: string): Settings => {
    const file = ownSettings(path);
    if (file === undefined) return settings;
    const known = merged.get(file) ?? withOwn(settings, file);
    merged.set(file, known);
    return known;
  };
  const isListed = createPromptFileTest(ownSettings);
  const globs = settings.promptFiles.map((glob) => `**/${glob}`);
  const matches = globs.length === 0 ? () => false : picomatch(globs, { dot: true });
  const isPromptFile = (path: string): boolean => isListed(path) || matches(path.split(sep).join('/'));

  const textOf = (path: string): string | undefined => {
    const bytes = readBytes(path, path);
    return isMistake(bytes) || !isUtf8(bytes) ? undefined : bytes.toString('utf8');
  };
  /** `text`: what is typed and not saved; `isText`: the settings name it as a prompt. */
  const read = (path: string, isText: boolean, typed?: string): FileRecord | undefined => {
    const text = typed ?? textOf(path);
    const name = nameOf(path, root);
    const format = text === undefined ? undefined : engine.formatOfFile({ name, text, named: false, isText });
    if (text === undefined || format === undefined) return undefined;
    const used: UsedFile[] = [];
    const document = engine.openFile({ name, text, files: filesBeside(path, root, used), settings: settingsFor(path) });
    const analysis = engine.analyzeFile(document, format, (next, at, files) => code().readCode(next, at, files, typed !== undefined), {
      today,
      most: mostListed,
    });
    const lines = document.cells ?? engine.lineIndex(text);
    const shown = path.split(sep).join('/');
    const prompts = analysis.prompts.map((one) =>
      engine.chainedOf<Indexed>({ row: engine.promptRow(shown, one, lines), lines }, one.prompt, one.plan),
    );
    return prompts.length === 0 ? undefined : { prompts, used: new Set(used.map((file) => file.path)) };
  };
  return { root, isPromptFile, read };
};

export type FileReader = ReturnType<typeof createFileReader>;
