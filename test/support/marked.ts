/** A place that a fixture points at: offsets into the text without the mark lines, and the code written behind the carets. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly code: string;
}

/** A fixture taken apart: the text as a person would have written it, and what the carets said about it, by place. */
export interface Marked {
  readonly text: string;
  readonly marks: readonly Mark[];
}

interface Line {
  readonly start: number;
  readonly length: number;
}

const MARK = /^([ \t]*)(\^+|\|)(?:(…)|[ \t]+(… ?)?([a-z]+\/[\w-]+))[ \t]*\r?$/;

/**
 * Reads a fixture whose mark lines point at the line above them. A mark line is white space, carets and a code:
 *
 *     <!-- cachePoint -->
 *     ^^^^^^^^^^^^^^^^^^^ cache/below-minimum
 *
 * Columns count UTF-16 units. Several mark lines may stand under one line. `|` in place of carets is an empty span before its column.
 * A span over several lines opens with carets and `…` (no code) and closes with carets, `… ` and the code: it runs from the first
 * caret of the opening to the last of the closing line. Throws when a mark points outside its line or an opened span is never closed.
 */
export function readMarked(source: string): Marked {
  const kept: string[] = [];
  const marks: Mark[] = [];
  const opened: number[] = [];
  let above: Line | undefined;
  let offset = 0;
  for (const line of source.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const content = line.endsWith('\n') ? line.slice(0, -1) : line;
    const found = MARK.exec(content);
    if (found === null) {
      above = { start: offset, length: content.length };
      kept.push(line);
      offset += line.length;
      continue;
    }
    const place = pointedAt(above, found[1] ?? '', found[2] ?? '', content);
    if (found[3] !== undefined) opened.push(place.start);
    else marks.push({ start: found[4] === undefined ? place.start : closed(opened, content), end: place.end, code: found[5] ?? '' });
  }
  if (opened.length > 0) throw new Error('a marked span is opened and never closed');
  return {
    text: withoutLastBreak(kept, source),
    marks: marks.sort((a, b) => a.start - b.start || a.end - b.end || compare(a.code, b.code)),
  };
}

/** Writes a text with marks back into the form that `readMarked` reads: what a failing test shows, and what goes into the fixture. */
export function writeMarked({ text, marks }: Marked): string {
  const lines: string[] = [];
  const rest = [...marks];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push(line);
    const end = start + line.length;
    const here = start;
    for (const mark of rest) {
      if (mark.start > end || mark.end < here || (mark.start < here && mark.end === here)) continue;
      if (mark.start >= here && mark.end <= end) lines.push(markLine(mark.start - here, mark.end - mark.start, ` ${mark.code}`));
      else if (mark.start >= here) lines.push(markLine(mark.start - here, Math.max(1, end - mark.start), '…'));
      else if (mark.end <= end) lines.push(markLine(0, mark.end - here, ` … ${mark.code}`));
    }
    start = end + 1;
  }
  return lines.join('\n');
}

function markLine(column: number, length: number, tail: string): string {
  return ' '.repeat(column) + (length === 0 ? '|' : '^'.repeat(length)) + tail;
}

function pointedAt(above: Line | undefined, indent: string, carets: string, line: string): { start: number; end: number } {
  const width = carets === '|' ? 0 : carets.length;
  // One more than the line is allowed: a mark may point at the line break.
  if (above === undefined || indent.length + width > above.length + 1) throw new Error(`a mark points outside the line above it: ${line}`);
  const start = above.start + indent.length;
  return { start, end: start + width };
}

function closed(opened: number[], line: string): number {
  const start = opened.pop();
  if (start === undefined) throw new Error(`a mark closes a span that was not opened: ${line}`);
  return start;
}

/** A mark line at the end of the file takes the line break before it along, so that a fixture may end in a mark without a last blank line. */
function withoutLastBreak(kept: readonly string[], source: string): string {
  const text = kept.join('');
  return !source.endsWith('\n') && text.endsWith('\n') ? text.slice(0, -1) : text;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
