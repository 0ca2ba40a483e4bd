import type { Part, Parts } from '../formats/parts';
import { lineAt } from '../text/lineAt';
import { span, touches, type Span } from '../text/span';

const partsAround = (parts: readonly Part[], offset: number): readonly Span[] => {
  const found = parts.find((part) => touches(part.span, offset));
  return found === undefined ? [] : [found.span, ...partsAround(found.parts, offset)];
};

/** The lines around a place up to blank ones, within what is around it. */
const paragraphAt = (text: string, offset: number, within: Span): Span => {
  let [start, end] = [lineAt(text, offset).start, lineAt(text, offset).end];
  if (text.slice(start, end).trim() === '') return span(start, end);
  while (start > within.start && text.slice(lineAt(text, start - 1).start, start - 1).trim() !== '') ({ start } = lineAt(text, start - 1));
  while (end < within.end && text.slice(end + 1, lineAt(text, end + 1).end).trim() !== '') ({ end } = lineAt(text, end + 1));
  return span(Math.max(start, within.start), Math.min(end, within.end));
};

/** What can be selected around a place, from the line outward: paragraph, fence, what stands below each heading, section, all. Each holds the one before. */
export const selectionsAt = (text: string, { sections, fences }: Parts, offset: number): readonly Span[] => {
  const all = span(0, text.length);
  const around = [all, ...partsAround(sections, offset), ...fences.filter((fence) => touches(fence, offset))];
  const inner = around.at(-1) ?? all;
  const lines = [paragraphAt(text, offset, inner), lineAt(text, offset)];
  return [...around, ...lines].reverse().reduce<readonly Span[]>((kept, next) => {
    const last = kept.at(-1);
    if (last === undefined) return [next];
    const holds = next.start <= last.start && last.end <= next.end;
    const isSame = next.start === last.start && next.end === last.end;
    return holds && !isSame ? [...kept, next] : kept;
  }, []);
};
