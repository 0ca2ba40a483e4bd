import type { NumberFormats } from '../core/figures/numbers';
import { resultOf, type FileResult } from './checked';
import type { CheckOptions } from './checkOptions';
import { isCode, isGenerated, mayHoldPrompt } from '../core/formats/codeText';
import { fixAllNotes } from '../core/messages/fixes';
import type { DoneFix } from '../core/rules/fixAll';
import { once } from '../core/text/once';
import type { Remembered } from '../core/text/pieces';
import { nameOf, type FoundFile } from './files/find';
import { filesBeside, type UsedFile } from './files/included';
import type { SettingsFile, SettingsFinder } from './files/settingsFile';
import { readBytes, replaceText, textOf } from './files/text';
import { isMistake, type Mistake } from './outcome';
import type { KeptAnswer, Noticed, ResultStore } from './resultStore';
import type { Terminal } from './terminal';

/** What the check of every file shares. */
export interface CheckSession {
  readonly terminal: Terminal;
  readonly options: CheckOptions;
  readonly formats: NumberFormats;
  readonly store: ResultStore;
  readonly settingsFor: SettingsFinder;
  /** Do the settings around a file say that it is the text of a prompt? */
  readonly isPromptFile: (path: string) => boolean;
  /** The folder that a file's prompt may bring in files from. */
  readonly rootOf: (file: string) => string;
  /** Notes about settings, each told once. */
  readonly toldNotes: Set<string>;
}

/** The content of a file that is not read from the disk. */
export interface Source {
  readonly bytes: Buffer;
  readonly text: string;
}

export interface CheckOutcome {
  readonly result: FileResult;
  readonly applied: readonly DoneFix[];
}

/** The engine, loaded with the first file that has to be read. */
const loadEngine = once(() => import('./engine/index'));

/** So many characters are read as quickly as their pieces are looked up. */
const shortDocument = 100_000;

/** Fixes that are written change a text again and again; each of those that a report tells of is tried once, and changes little of a document. */
const rememberedOf = ({ fix, format }: CheckOptions, text: string): Remembered => {
  if (fix !== undefined) return 'pieces';
  if (format !== 'json') return 'nothing';
  return text.length > shortDocument ? 'pieces' : 'texts';
};

/** What is noticed while a text is read. */
interface Noticing extends Noticed {
  readonly used: UsedFile[];
  readonly notes: string[];
}

const tellOnce = (notes: readonly string[], { terminal, toldNotes }: CheckSession): void => {
  for (const note of notes) if (!toldNotes.has(note)) terminal.tell(note);
  for (const note of notes) toldNotes.add(note);
};

const checkText = async (
  file: FoundFile,
  text: string,
  settingsFile: SettingsFile | undefined,
  noticed: Noticing,
  session: CheckSession,
): Promise<CheckOutcome | Mistake | undefined> => {
  const { options, formats, terminal } = session;
  const engine = await loadEngine();
  engine.remember(rememberedOf(options, text));
  const format = engine.formatOf({ ...file, text });
  if (format === undefined) return undefined;
  const { settings, notes } = engine.readSettings(settingsFile, settingsFile === undefined ? '' : nameOf(settingsFile.path, terminal.cwd));
  noticed.notes.push(...notes);
  tellOnce(notes, session);
  const files = filesBeside(file.path, session.rootOf(file.path), noticed.used);
  const document = engine.openDocument({ name: file.name, text, named: file.named, files, settings });
  // A notebook is read only: its file is not the text that is read of it.
  const upTo = document.cells === undefined ? options.fix : undefined;
  const read = engine.readDocument(document, format, upTo !== undefined);
  const fixed = upTo === undefined ? { text: document.text, done: [], stopped: false, document: read } : engine.fixUpTo(read, upTo);
  if (fixed.text !== document.text) {
    const failure = replaceText(file.path, file.name, fixed.text);
    if (failure !== undefined) return failure;
  }
  if (fixed.stopped) terminal.tell(fixAllNotes.stopped(file.name));
  const checkDocument = options.format === 'json' ? engine.checkFully : engine.checkBriefly;
  const checked = checkDocument({ ...document, text: fixed.text }, fixed.document, formats);
  // What looked like a prompt and is none is not told of, unless somebody asked.
  if (!file.named && checked.prompts === 0 && checked.report.problems.length === 0) return undefined;
  return { result: resultOf(checked), applied: fixed.done };
};

/** Most files of code hold no prompt, which a look at their bytes tells: they are neither read as text nor remembered. */
const leftOut = ({ name, named }: FoundFile, bytes: Buffer): 'skipped' | 'empty' | undefined => {
  if (!isCode(name)) return undefined;
  const text = bytes.toString('latin1');
  if (isGenerated(text)) return 'skipped';
  return named || mayHoldPrompt(name, text) ? undefined : 'empty';
};

/**
 * Checks one file, or tells why not; `undefined` where it holds no prompt, `skipped` where a program wrote it for programs. What is known from an
 * earlier check is not found out again.
 */
export const checkFile = async (
  file: FoundFile,
  session: CheckSession,
  given?: Source,
): Promise<CheckOutcome | Mistake | 'skipped' | undefined> => {
  const { store, options, settingsFor } = session;
  const settingsFile = settingsFor(file.path);
  const isKept = options.fix === undefined && given === undefined;
  const fromKept = ({ result, notes }: KeptAnswer): CheckOutcome | undefined => {
    tellOnce(notes, session);
    return result && { result, applied: [] };
  };
  const unread = isKept ? store.getUnread(file, settingsFile) : undefined;
  if (unread !== undefined) return fromKept(unread);
  const bytes = given?.bytes ?? readBytes(file.path, file.name);
  if (isMistake(bytes)) return bytes;
  const out = leftOut(file, bytes);
  if (out !== undefined) return out === 'skipped' ? out : undefined;
  const known = isKept ? store.get(file, settingsFile, bytes) : undefined;
  if (known !== undefined) return fromKept(known);
  const text = given?.text ?? textOf(bytes, file.name);
  if (isMistake(text)) return text;
  const noticed: Noticing = { used: [], notes: [] };
  const outcome = await checkText(file, text, settingsFile, noticed, session);
  if (!isMistake(outcome) && (outcome?.applied.length ?? 0) === 0 && given === undefined)
    store.put(file, settingsFile, bytes, noticed, outcome?.result);
  return outcome;
};
