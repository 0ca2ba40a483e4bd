import * as vscode from 'vscode';
import { isRecord } from '../core/text/json';
import type { PromptDocuments } from './documents/promptDocuments';
import { cellScheme } from './documents/wholes';
import type { KeepsKeys, MoveKey } from './movedKeys';
import { fileKey } from './promptRef';
import type { CalibrationMemory } from './runs/calibrationMemory';

type Renamed = vscode.FileRenameEvent['files'];
type State = Pick<vscode.Memento, 'get' | 'update'>;

/** Keys by addresses in the workspace's state whose values have no address of their own. */
const keyed = ['cachepoint.recordedAnswersOf', 'cachepoint.storedPrompts'];
const answersKey = 'cachepoint.recordedAnswers';
const treatedKey = 'cachepoint.promptFiles';

/** Keys of files, of what lies below folders, of their prompts and of their cells; addresses have no blanks. */
export const moveKeyOf = (files: Renamed): MoveKey => {
  const asCells = (uri: vscode.Uri): string => vscode.Uri.from({ scheme: cellScheme, path: uri.path }).toString();
  const pairs = files.flatMap(({ oldUri, newUri }) => [
    [fileKey(oldUri), fileKey(newUri)] as const,
    [asCells(oldUri), asCells(newUri)] as const,
  ]);
  return (key) => {
    const pair = pairs.find(([from]) => key.startsWith(from) && ['', '/', ' ', '#'].includes(key.charAt(from.length)));
    return pair === undefined ? key : pair[1] + key.slice(pair[0].length);
  };
};

const entriesOf = (state: State, name: string): readonly (readonly [string, unknown])[] => {
  const kept = state.get<unknown>(name);
  return isRecord(kept) ? Object.entries(kept) : [];
};

/** What a file that was written over had goes; what came with the name's new owner stays. */
const moveEntries = async (state: State, name: string, move: MoveKey): Promise<void> => {
  const entries = entriesOf(state, name);
  const moved = entries.filter(([key]) => move(key) !== key);
  if (moved.length === 0) return;
  const stay = entries.filter(([key]) => move(key) === key);
  await state.update(name, Object.fromEntries([...stay, ...moved.map(([key, value]) => [move(key), value] as const)]));
};

const moveAnswers = async (state: State, move: MoveKey): Promise<void> => {
  const kept = state.get<unknown>(answersKey);
  if (!Array.isArray(kept)) return;
  const moved = kept.map((one: unknown) =>
    isRecord(one) && typeof one['subject'] === 'string' ? { ...one, subject: move(one['subject']) } : one,
  );
  await state.update(answersKey, moved);
};

export interface RenameDeps {
  readonly state: State;
  readonly documents: PromptDocuments;
  readonly memory: Pick<CalibrationMemory, 'moveKeys'>;
  /** What else keeps keys, in this order. */
  readonly keepers: readonly KeepsKeys[];
  /** A file is read otherwise than before. */
  readonly refresh: (uri: vscode.Uri) => void;
}

/** What is known of files goes with them when they get other names: values, choices, what they were treated as, what runs taught, and their runs. */
export const followRenamed = async (files: Renamed, { state, documents, memory, keepers, refresh }: RenameDeps): Promise<void> => {
  const move = moveKeyOf(files);
  memory.moveKeys(
    move,
    files.map(({ oldUri }) => fileKey(oldUri)),
  );
  for (const [key, isPrompt] of entriesOf(state, treatedKey)) {
    if (move(key) === key || typeof isPrompt !== 'boolean') continue;
    const uri = vscode.Uri.parse(move(key));
    await documents.treatAsPrompt(vscode.Uri.parse(key), undefined);
    await documents.treatAsPrompt(uri, isPrompt);
    refresh(uri);
  }
  for (const name of keyed) await moveEntries(state, name, move);
  await moveAnswers(state, move);
  for (const keeper of keepers) await keeper.moveKeys(move);
};
