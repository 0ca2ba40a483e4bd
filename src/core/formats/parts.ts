import type { Role } from '../prompt/words';
import { span, type Span } from '../text/span';
import { readPromptLines } from './promptLines';

/** A part of a prompt file's body, as an outline shows it: the section of a role, or what stands below a heading. */
export interface Part {
  readonly kind: 'section' | 'heading';
  readonly name: string;
  /** Of a heading: 1 for `#`; of a section 0. */
  readonly level: number;
  /** From its first line to the end of its last one. */
  readonly span: Span;
  /** Its first line; empty for text before the first role line. */
  readonly head: Span;
  readonly parts: readonly Part[];
}

export interface Parts {
  readonly sections: readonly Part[];
  readonly fences: readonly Span[];
}

/** Where the body begins: after the line that closes the front matter. */
export const bodyStart = (text: string, front: Span | undefined): number => {
  if (front === undefined) return text.startsWith('\uFEFF') ? 1 : 0;
  const newline = text.indexOf('\n', front.end);
  return newline === -1 ? text.length : newline + 1;
};

const headingLine = /^ {0,3}(#{1,6})[ \t]+([^\s#][^\n]*)$/gm;

interface Heading {
  readonly level: number;
  readonly name: string;
  readonly head: Span;
}

const isIn = (offset: number, spans: readonly Span[]): boolean => spans.some(({ start, end }) => start <= offset && offset < end);

/** Headings of Markdown in the text, in order, without those in fences and the lines that name a role. */
const headingsIn = (text: string, from: number, others: readonly Span[]): readonly Heading[] => {
  headingLine.lastIndex = from;
  const found: Heading[] = [];
  for (let match = headingLine.exec(text); match !== null; match = headingLine.exec(text)) {
    const [line, signs = '', title = ''] = match;
    if (isIn(match.index, others)) continue;
    const name = title.replace(/[ \t]+#*[ \t\r]*$/, '').trim();
    found.push({ level: signs.length, name, head: span(match.index, match.index + line.trimEnd().length) });
  }
  return found;
};

/** The end of the last line with something in it, of a stretch that begins with such a line. */
const visibleEnd = (text: string, { start, end }: Span): number => start + text.slice(start, end).trimEnd().length;

/** What stands below each heading, those of a deeper level inside. */
const nest = (text: string, headings: readonly Heading[], end: number): readonly Part[] => {
  const parts: Part[] = [];
  for (let index = 0; index < headings.length;) {
    const heading = headings[index];
    if (heading === undefined) break;
    const { level, name, head } = heading;
    let next = index + 1;
    while ((headings[next]?.level ?? 0) > level) next += 1;
    const until = headings[next]?.head.start ?? end;
    const inside = nest(text, headings.slice(index + 1, next), until);
    parts.push({ kind: 'heading', name, level, head, span: span(head.start, visibleEnd(text, span(head.start, until))), parts: inside });
    index = next;
  }
  return parts;
};

/** The sections of a prompt file with the headings in them, and its fences. Text before the first role line is a system section. */
export const partsOf = (text: string, body: number): Parts => {
  const { lines, fences } = readPromptLines(text, body);
  const roleLines = lines.flatMap((line) => (line.kind === 'role' ? [line] : []));
  const headings = headingsIn(text, body, [...fences, ...roleLines.map((line) => span(line.span.start, line.span.end + 1))]);
  const first = text.slice(body, roleLines[0]?.span.start ?? text.length);
  const lead = body + first.length - first.trimStart().length;
  const implied = first.trim() === '' ? [] : [{ role: 'system' as Role, span: span(lead, lead) }];
  const all = [...implied, ...roleLines];
  const sections = all.map(({ role, span: head }, index): Part => {
    const until = all[index + 1]?.span.start ?? text.length;
    const own = headings.filter(({ head: { start } }) => start >= head.start && start < until);
    return {
      kind: 'section',
      name: role,
      level: 0,
      head,
      span: span(head.start, visibleEnd(text, span(head.start, until))),
      parts: nest(text, own, until),
    };
  });
  return { sections, fences };
};
