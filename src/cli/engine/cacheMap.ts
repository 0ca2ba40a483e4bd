import type { Highlight, HighlightStyle } from '../../core/cache/highlights';
import type { NumberFormats } from '../../core/figures/numbers';
import { explainNotes } from '../../core/messages/commandLine';
import { lineIndex } from '../../core/text/lines';
import { visible } from '../../core/text/visible';
import type { Style, Terminal } from '../terminal';

type LineStyle = HighlightStyle | undefined;

/** What stands before a line, also where there are no colors. */
const signs: { readonly [S in HighlightStyle]: string } = {
  checkpoint1: '1',
  checkpoint2: '2',
  checkpoint3: '3',
  checkpoint4: '4',
  unmarked: '?',
  varying: '~',
  varyingBlock: '~',
  tail: '·',
};

const styles: { readonly [S in HighlightStyle]: Style } = {
  checkpoint1: 'green',
  checkpoint2: 'blue',
  checkpoint3: 'magenta',
  checkpoint4: 'cyan',
  unmarked: 'yellow',
  varying: 'red',
  varyingBlock: 'red',
  tail: 'gray',
};

const meanings: { readonly [S in Exclude<HighlightStyle, 'varying'>]: string } = {
  checkpoint1: explainNotes.legend.cached(1),
  checkpoint2: explainNotes.legend.cached(2),
  checkpoint3: explainNotes.legend.cached(3),
  checkpoint4: explainNotes.legend.cached(4),
  unmarked: explainNotes.legend.unmarked,
  varyingBlock: explainNotes.legend.varying,
  tail: explainNotes.legend.tail,
};

/** More lines of one kind in a row are told by their number. */
const mostAlike = 8;
const shownAtStart = 4;
const shownAtEnd = 2;
const widest = 160;

/** The tint of each line: what varies outweighs the block that it stands in. */
const stylesOfLines = (text: string, highlights: readonly Highlight[]): LineStyle[] => {
  const lines = lineIndex(text);
  const found: LineStyle[] = new Array<LineStyle>(lines.count).fill(undefined);
  for (const { style, span } of highlights) {
    const last = lines.positionOf(Math.max(span.start, span.end - 1)).line;
    for (let line = lines.positionOf(span.start).line; line <= last; line += 1) found[line - 1] = style;
  }
  return found;
};

interface Run {
  readonly style: LineStyle;
  readonly from: number;
  readonly to: number;
}

const runsOf = (found: readonly LineStyle[]): readonly Run[] => {
  const runs: Run[] = [];
  for (let from = 0; from < found.length;) {
    let to = from + 1;
    while (to < found.length && found[to] === found[from]) to += 1;
    runs.push({ style: found[from], from, to });
    from = to;
  }
  return runs;
};

const clipped = (line: string): string => visible(line.length > widest ? `${line.slice(0, widest - 1)}…` : line);

/** The text with a sign and a color for each line: what is read from the cache, what could be, and what changes. */
export const cacheMap = (text: string, highlights: readonly Highlight[], formats: NumberFormats, { paint }: Terminal): string => {
  const source = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const found = stylesOfLines(text, highlights);
  const width = String(source.length).length;
  const shown = (style: LineStyle, label: string, line: string): string => {
    const head = `${label.padStart(width)} ${style === undefined ? ' ' : signs[style]}│`;
    return `${paint('dim', head)} ${style === undefined ? line : paint(styles[style], line)}`.trimEnd();
  };
  const line = (at: number): string => shown(found[at], String(at + 1), clipped(source[at] ?? ''));
  const lines = runsOf(found).flatMap(({ style, from, to }) => {
    const all = Array.from({ length: to - from }, (_, step) => from + step);
    if (all.length <= mostAlike) return all.map(line);
    const left = all.length - shownAtStart - shownAtEnd;
    return [
      ...all.slice(0, shownAtStart).map(line),
      shown(style, '', `… ${explainNotes.more(left, formats)}`),
      ...all.slice(-shownAtEnd).map(line),
    ];
  });
  const present = new Set(found.flatMap((style) => (style === undefined ? [] : [style === 'varying' ? 'varyingBlock' : style])));
  const legend = [...present].sort().map((style) => `${paint(styles[style], signs[style])} ${meanings[style]}`);
  return [...lines, '', ...legend].join('\n').trimEnd();
};
