import type { Span } from '../text/span';

/** The first line of a code fence. */
export interface Fence {
  readonly character: string;
  readonly length: number;
  /** What stands behind the run of backticks or tildes. */
  readonly info: string;
}

const opening = /^ {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$/s;
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

/** The fence that a line opens, as CommonMark has it. */
export const openingFence = (line: string): Fence | undefined => {
  const match = opening.exec(line);
  if (match === null) return undefined;
  const run = match[1] ?? match[3] ?? '';
  return { character: run.charAt(0), length: run.length, info: (match[2] ?? match[4] ?? '').trim() };
};

/** Lines that can close a fence of one character, in order; `longest[i]` is the longest run among `runs[i]` and those after it. */
interface Closers {
  readonly lines: readonly number[];
  readonly runs: readonly number[];
  readonly longest: readonly number[];
}

const closersOf = (text: string, lines: readonly Span[], character: string): Closers => {
  const found: number[] = [];
  const runs: number[] = [];
  lines.forEach((line, index) => {
    const run = closing.exec(text.slice(line.start, line.end))?.[1];
    if (run === undefined || !run.startsWith(character)) return;
    found.push(index);
    runs.push(run.length);
  });
  const longest = [...runs];
  for (let at = longest.length - 2; at >= 0; at -= 1) longest[at] = Math.max(longest[at] ?? 0, longest[at + 1] ?? 0);
  return { lines: found, runs, longest };
};

/**
 * Answers which of `lines` closes a fence that opens at one of them. To be asked in the order of the text; then all answers together take time
 * linear in the text, however many fences are never closed.
 */
export const createFenceFinder = (text: string, lines: readonly Span[]): ((fence: Fence, opensAt: number) => number | undefined) => {
  const known = new Map<string, { readonly closers: Closers; next: number }>();
  return (fence, opensAt) => {
    const state = known.get(fence.character) ?? { closers: closersOf(text, lines, fence.character), next: 0 };
    known.set(fence.character, state);
    const { closers } = state;
    while ((closers.lines[state.next] ?? Infinity) <= opensAt) state.next += 1;
    if ((closers.longest[state.next] ?? 0) < fence.length) return undefined;
    let at = state.next;
    while ((closers.runs[at] ?? Infinity) < fence.length) at += 1;
    return closers.lines[at];
  };
};
