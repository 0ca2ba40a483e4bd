import * as vscode from 'vscode';
import {
  filesToRemove,
  isCurrent,
  isHistoryFile,
  readSummaries,
  summariesText,
  summaryOf,
  withRun,
  type FileFacts,
  type FileSummary,
} from '../../core/history/files';
import { batchMark, idMark, isSpoiled, lineOf, rawLine, readLine, readLines, subjectMark, type RawLine } from '../../core/history/lines';
import { filesOf, newestFirst, type Subject } from '../../core/history/pages';
import type { StoredRun } from '../../core/history/stored';
import { mergeTotals, type PromptTotals } from '../../core/history/totals';
import { movedRun, type MoveKey } from '../movedKeys';
import type { FileState, HistoryFolder } from '../ports';

const summariesFile = 'summaries.json';
/** A file is closed when it has so many bytes, or an eighth of what the history may have. */
const fileBytes = 4_000_000;

export interface HistoryNotices {
  /** A file could not be read and was set aside under this name. */
  setAside(name: string): void;
  /** Runs cannot be written; told once until they can be again. */
  notWritten(error: unknown): void;
}

/** What the history holds, as far as its summaries tell. */
export interface HistoryTotals {
  readonly prompts: readonly PromptTotals[];
  /** Runs that a later version wrote. */
  readonly later: number;
}

/** Files that are read at the same time. */
const filesAhead = 3;

interface Wanted {
  readonly upTo?: number;
  readonly fits?: (run: StoredRun) => boolean;
}

const withoutTexts = (run: StoredRun): StoredRun => (run.texts === undefined ? run : { ...run, texts: undefined, hasTexts: true });

const isCurrentFile = (known: FileFacts, { bytes, modified }: FileFacts): boolean => known.bytes === bytes && known.modified === modified;

/** Which line it is, though two files change names. */
const placeOf = ({ id, subject }: StoredRun): string => `${id} ${subject}`;

/** The runs of all windows and sessions: written into a file of this window's own, read from all. */
export class RunHistory implements vscode.Disposable {
  readonly #folder: HistoryFolder;
  readonly #notices: HistoryNotices;
  readonly #mostBytes: () => number;
  readonly #changed = new vscode.EventEmitter<void>();
  /** What this window has written, which it need not read again. */
  #ownSummary: FileSummary | undefined;
  #known: { readonly facts: FileFacts; readonly summaries: ReadonlyMap<string, FileSummary> } | undefined;
  #own: { readonly name: string; bytes: number } | undefined;
  #files = 0;
  readonly #window: string;
  /** What is written and removed goes one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #refused = false;

  readonly onDidChange = this.#changed.event;

  /** `window`: letters and digits that no other window has. `mostBytes`: 0 keeps nothing. */
  constructor(folder: HistoryFolder, window: string, mostBytes: () => number, notices: HistoryNotices) {
    this.#folder = folder;
    this.#window = window;
    this.#mostBytes = mostBytes;
    this.#notices = notices;
  }

  /** Appends a run. Never rejects: what cannot be written is told once, and what was written before stays. Gives whether it was. */
  write(run: StoredRun): Promise<boolean> {
    return this.#inTurn(async () => {
      const most = this.#mostBytes();
      if (most <= 0) return false;
      const line = lineOf(run);
      const own = this.#ownFile(most);
      let state: { readonly before: FileState; readonly after: FileState };
      try {
        state = await this.#folder.append(own.name, line);
      } catch (error) {
        if (!this.#refused) this.#notices.notWritten(error);
        this.#refused = true;
        return false;
      }
      this.#refused = false;
      // Another window may have deleted runs from it meanwhile.
      const name = own.name;
      const known = isCurrent(this.#ownSummary, { name, ...state.before }) && this.#ownSummary.name === name ? this.#ownSummary : undefined;
      this.#ownSummary = known === undefined && state.before.bytes > 0 ? undefined : withRun(known, { name, ...state.after }, run);
      const isNew = own.bytes === 0;
      own.bytes += line.length;
      if (isNew) await this.#prune(most);
      this.#changed.fire();
      return true;
    });
  }

  /** Totals of all prompts. Files that did not change are not read. */
  async totals(): Promise<HistoryTotals> {
    const summaries = await this.#summaries();
    return { prompts: mergeTotals(summaries.map(({ prompts }) => prompts)), later: summaries.reduce((sum, { later }) => sum + later, 0) };
  }

  /**
   * The newest runs of a prompt, or of all, without their texts; files and lines are read only as far as that takes. `upTo`: none that began
   * later. `fits`: no others.
   */
  async newest(subject: Subject, count: number, { upTo = Infinity, fits = () => true }: Wanted = {}): Promise<readonly StoredRun[]> {
    const files = filesOf(await this.#summaries(), subject);
    const read = this.#ahead(
      files.map(({ file }) => file.name),
      subjectMark(subject),
    );
    let waiting: readonly RawLine[] = [];
    const found: StoredRun[] = [];
    for (const at of files.keys()) {
      waiting = newestFirst([...waiting, ...(await read(at)).map(rawLine).filter(({ startedAt }) => startedAt <= upTo)]);
      const next = files[at + 1]?.newest;
      // Lines that a file to come may have newer ones than wait for it.
      const ready = next === undefined ? waiting.length : waiting.findIndex(({ startedAt }) => startedAt <= next);
      const sure = ready === -1 ? waiting.length : ready;
      for (const { line } of waiting.slice(0, sure)) {
        if (found.length === count) return found;
        const run = readLine(line);
        if (typeof run !== 'string' && (subject === undefined || run.subject === subject) && fits(run)) found.push(withoutTexts(run));
      }
      waiting = waiting.slice(sure);
    }
    return found;
  }

  /** One run with its texts, where they were kept. */
  async find(id: string): Promise<StoredRun | undefined> {
    const [found] = await this.#marked(idMark(id), (run) => run.id === id, 1);
    return found;
  }

  /** Calls of a batch with their texts, as far as these were kept, the newest first. */
  async ofBatch(batch: string): Promise<readonly StoredRun[]> {
    return newestFirst(await this.#marked(batchMark(batch), (run) => run.batch?.id === batch));
  }

  /** Every run that fits, with its texts, file by file, the newest file first. */
  async *all(fits: (run: StoredRun) => boolean): AsyncIterable<StoredRun> {
    for (const { file } of filesOf(await this.#summaries(), undefined)) {
      const { runs } = readLines(await this.#folder.read(file.name));
      yield* newestFirst(runs).filter(fits);
    }
  }

  /** Removes runs for good, their texts too; gives how many. Lines of later versions stay. */
  remove(isMeant: (run: StoredRun) => boolean): Promise<number> {
    return this.#inTurn(async () => {
      let removed = 0;
      for (const { name, prompts } of await this.#summaries()) {
        if (prompts.length === 0) continue;
        removed += await this.#folder.blank(name, (line) => {
          const run = line.trim() === '' ? 'broken' : readLine(line);
          return typeof run !== 'string' && isMeant(run);
        });
      }
      // Nothing of them stays in the summaries either.
      await this.#summaries();
      this.#changed.fire();
      return removed;
    });
  }

  /**
   * Runs belong to their files under new names; gives how many were moved. Each is written under its new name before its line is blanked, so a host that ends
   * between leaves it under both names. A history that keeps nothing stays as it is.
   */
  moveKeys(move: MoveKey): Promise<number> {
    return this.#inTurn(async () => {
      const most = this.#mostBytes();
      if (most <= 0) return 0;
      const files = (await this.#summaries()).filter(({ prompts }) => prompts.some(({ subject }) => move(subject) !== subject));
      const before = new Set<string>();
      for (const { name } of files)
        for (const run of readLines(await this.#folder.read(name)).runs) {
          const moved = movedRun(run, move);
          if (moved === run) continue;
          const own = this.#ownFile(most);
          const line = lineOf(moved);
          await this.#folder.append(own.name, line);
          own.bytes += line.length;
          before.add(placeOf(run));
        }
      for (const { name } of files)
        await this.#folder.blank(name, (line) => {
          const run = line.trim() === '' ? 'broken' : readLine(line);
          return typeof run !== 'string' && before.has(placeOf(run));
        });
      if (before.size > 0) this.#changed.fire();
      return before.size;
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Runs in whose lines a text stands, the newest file first. */
  async #marked(mark: string, isMeant: (run: StoredRun) => boolean, most = Infinity): Promise<readonly StoredRun[]> {
    const files = filesOf(await this.#summaries(), undefined).map(({ file }) => file.name);
    const read = this.#ahead(files, mark);
    const found: StoredRun[] = [];
    for (let at = 0; at < files.length && found.length < most; at += 1)
      for (const line of await read(at)) {
        const run = readLine(line);
        if (typeof run !== 'string' && isMeant(run)) found.push(run);
      }
    return found;
  }

  /** Reads files one after the other, and the next ones meanwhile. */
  #ahead(files: readonly string[], mark: string): (at: number) => Promise<readonly string[]> {
    const reads = new Map<number, Promise<readonly string[]>>();
    return (at) => {
      for (let next = at; next < Math.min(files.length, at + filesAhead); next += 1) {
        if (reads.has(next)) continue;
        const read = this.#folder.lines(files[next] ?? '', mark);
        read.catch(() => undefined); // told to whoever asks for it
        reads.set(next, read);
      }
      const read = reads.get(at) ?? Promise.resolve([]);
      reads.delete(at - 1);
      return read;
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  #ownFile(most: number): { readonly name: string; bytes: number } {
    if (this.#own === undefined || this.#own.bytes > Math.min(fileBytes, most / 8)) {
      this.#files += 1;
      this.#own = { name: `runs-${this.#window}-${this.#files}.jsonl`, bytes: 0 };
    }
    return this.#own;
  }

  async #prune(most: number): Promise<void> {
    for (const name of filesToRemove(await this.#summaries(), this.#own?.name, most))
      await this.#folder.remove(name).catch(() => undefined); // another window may have been faster
  }

  /** What is in each file, read again only where a file changed. */
  async #summaries(): Promise<readonly FileSummary[]> {
    const all = await this.#folder.list();
    const files = all.filter(({ name }) => isHistoryFile(name));
    const kept = await this.#keptSummaries(all.find(({ name }) => name === summariesFile));
    const summaries: FileSummary[] = [];
    let fresh = 0;
    for (const facts of files) {
      const known = facts.name === this.#ownSummary?.name ? this.#ownSummary : kept.get(facts.name);
      if (isCurrent(known, facts)) {
        summaries.push(known);
        continue;
      }
      const lines = readLines(await this.#folder.read(facts.name));
      if (isSpoiled(lines)) await this.#setAside(facts.name);
      else summaries.push(summaryOf(facts, lines));
      if (facts.name === this.#ownSummary?.name) this.#ownSummary = summaries.at(-1);
      fresh += 1;
    }
    // They save reading, no more: where they cannot be kept the files are read again.
    if (fresh > 0) await this.#folder.replace(summariesFile, summariesText(summaries)).catch(() => undefined);
    return summaries;
  }

  /** The summaries as they are kept, read again only where they changed: of many prompts in many files they are long. */
  async #keptSummaries(facts: FileFacts | undefined): Promise<ReadonlyMap<string, FileSummary>> {
    if (facts === undefined) return new Map();
    if (this.#known === undefined || !isCurrentFile(this.#known.facts, facts))
      this.#known = { facts, summaries: readSummaries(await this.#folder.read(summariesFile)) };
    return this.#known.summaries;
  }

  async #setAside(name: string): Promise<void> {
    const to = `${name}.broken`;
    await this.#folder.rename(name, to);
    this.#notices.setAside(to);
  }
}
