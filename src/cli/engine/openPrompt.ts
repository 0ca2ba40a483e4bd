import { resolve } from 'node:path';
import type { DocumentAnalysis, PromptAnalysis } from '../../core/analysis';
import { fileMistakes } from '../../core/messages/commandLine';
import { nameOf } from '../files/find';
import { filesBeside, rootOf } from '../files/included';
import { createPromptFileTest } from '../files/promptFiles';
import { createSettingsFinder } from '../files/settingsFile';
import { exists, readText } from '../files/text';
import { isMistake, mistake, type Mistake } from '../outcome';
import type { Terminal } from '../terminal';
import { formatOf, openDocument, readDocument, type Document } from './documents';
import { readSettings } from './settings';

/** The one prompt that a command is about. */
export interface OpenPrompt {
  readonly path: string;
  readonly document: Document;
  readonly analysis: DocumentAnalysis;
  readonly prompt: PromptAnalysis;
}

/** Is there a file of this name? */
export const isThere = (name: string, cwd: string): boolean => exists(resolve(cwd, name));

/** `FILE#PROMPT`; a file whose name has a hash sign is found too. */
const splitTarget = (target: string, cwd: string): { readonly file: string; readonly id: string | undefined } => {
  const at = target.lastIndexOf('#');
  return at === -1 || isThere(target, cwd) ? { file: target, id: undefined } : { file: target.slice(0, at), id: target.slice(at + 1) };
};

/** Opens the prompt that `FILE` or `FILE#PROMPT` names; notes about its settings go to standard error. */
export const openPrompt = (target: string, terminal: Terminal): OpenPrompt | Mistake => {
  const { cwd } = terminal;
  const { file, id } = splitTarget(target, cwd);
  const path = resolve(cwd, file);
  const name = nameOf(path, cwd);
  const text = readText(path, name);
  if (isMistake(text)) return text;
  const settingsFor = createSettingsFinder();
  const settingsFile = settingsFor(path);
  const { settings, notes } = readSettings(settingsFile, settingsFile === undefined ? '' : nameOf(settingsFile.path, cwd));
  for (const note of notes) terminal.tell(note);
  const opened: Document = { name, text, named: true, files: filesBeside(path, rootOf(path, cwd), []), settings };
  const format = formatOf({ ...opened, isText: createPromptFileTest(settingsFor)(path) });
  const document = openDocument(opened);
  if (format === undefined) return mistake(fileMistakes.notPrompt(name));
  const analysis = readDocument(document, format);
  const ids = analysis.reading.prompts.map((one) => one.id);
  if (id === undefined && ids.length > 1) return mistake(fileMistakes.whichPrompt(name, ids));
  const prompt = analysis.of(id ?? ids[0] ?? '');
  if (prompt === undefined) return mistake(id === undefined ? fileMistakes.notPrompt(name) : fileMistakes.noSuchPrompt(name, id, ids));
  return { path, document, analysis, prompt };
};
