import { isRecord } from '../text/json';
import { lineIndex, type Position } from '../text/lines';
import { span, type Span } from '../text/span';

/*
 * A notebook of Python is read as one program: its cells in order, each with the names that those before it gave. All offsets that people and other
 * programs see count in a cell's own text.
 */

export const isNotebook = (path: string): boolean => /\.ipynb$/i.test(path);

/** A cell of code: which one of the notebook's cells it is, from 0, and its text. */
export interface Cell {
  readonly index: number;
  readonly text: string;
}

/** Cells as the one text that is read. */
export interface JoinedCells {
  readonly text: string;
  /** The cell in which an offset stands: which one it is, and where it stands in the whole. */
  cellAt(offset: number): Span & { readonly index: number };
  /** Where an offset of the whole stands in its cell. */
  positionOf(offset: number): Position;
  /** What stands in a cell, as its own text has it; `undefined` for what begins in another one. */
  inCell(index: number, at: Span): Span | undefined;
}

/** Lines for the notebook itself: `%magic`, `!command`, `?help`. */
const ownLine = /^(?:[ \t]*)[%!?]/;
/** A cell that is given to something else than Python as a whole, and not written into a program; of others the first line alone. */
const foreignCell =
  /^\s*%%(?!writefile\s+(?:-a\s+)?\S+\.py[ \t]*(?:\n|$)|(?:time|timeit|capture|prun|memit|mprun|python3?|py|run_pytest)\b)/;

const asComment = (line: string): string => (line === '' ? line : `#${line.slice(1)}`);

/** The text of a cell with what is no Python as comments: as long as before, and at the same places. */
const python = (text: string): string => {
  const isForeign = foreignCell.test(text);
  if (!isForeign && !/^[ \t]*[%!?]/m.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (isForeign || ownLine.test(line) ? asComment(line) : line))
    .join('\n');
};

/** Cells of code, in their order, as one text. Their texts are those of their documents in an editor, or those that a file keeps. */
export const joinCells = (cells: readonly Cell[]): JoinedCells => {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of cells) {
    starts.push(length);
    length += text.length + 1;
  }
  const positions = cells.map(({ text }) => lineIndex(text));
  const numberAt = (offset: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
  const cellAt: JoinedCells['cellAt'] = (offset) => {
    const number = numberAt(offset);
    const start = starts[number] ?? 0;
    return { index: cells[number]?.index ?? 0, start, end: start + (cells[number]?.text.length ?? 0) };
  };
  return {
    text: cells.map(({ text }) => python(text)).join('\n'),
    cellAt,
    positionOf: (offset) => {
      const at = Math.max(0, offset - cellAt(offset).start);
      return positions[numberAt(offset)]?.positionOf(at) ?? { offset: at, line: 1, column: at + 1 };
    },
    inCell: (index, at) => {
      const cell = cellAt(at.start);
      return cell.index === index ? span(at.start - cell.start, Math.min(at.end, cell.end) - cell.start) : undefined;
    },
  };
};

const textOf = (source: unknown): string =>
  typeof source === 'string' ? source : Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : '';

const languageIn = (metadata: unknown): unknown => {
  if (!isRecord(metadata)) return undefined;
  const { kernelspec, language_info: info } = metadata as Readonly<Record<string, unknown>>;
  return (isRecord(info) ? info['name'] : undefined) ?? (isRecord(kernelspec) ? kernelspec['language'] : undefined);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

/** The cells of Python that a notebook's file keeps, in format 4 or 3; none where it is of another language, or no notebook. */
export const cellsIn = (file: string): readonly Cell[] => {
  const notebook = parsed(file);
  if (!isRecord(notebook)) return [];
  const { metadata, cells, worksheets } = notebook as Readonly<Record<string, unknown>>;
  const language = languageIn(metadata) ?? 'python';
  const [sheet] = Array.isArray(worksheets) ? (worksheets as readonly unknown[]) : [];
  const all = Array.isArray(cells) ? (cells as readonly unknown[]) : isRecord(sheet) && Array.isArray(sheet['cells']) ? sheet['cells'] : [];
  if (typeof language !== 'string' || !/^i?python[0-9.]*$/i.test(language)) return [];
  return all.flatMap((cell: unknown, index): readonly Cell[] => {
    if (!isRecord(cell) || cell['cell_type'] !== 'code') return [];
    return [{ index, text: textOf(cell['source'] ?? cell['input']) }];
  });
};
