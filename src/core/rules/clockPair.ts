import { blockText, offsetInBlock } from '../prompt/blockText';
import type { Prompt, TextBlock } from '../prompt/model';
import type { Edits } from '../text/edit';
import type { TextSegment } from '../text/segment';
import { shownPlace } from '../text/segment';
import { overlaps, type Span } from '../text/span';
import { dateWithin } from '../varies/moments';

/** The word after a time of day, which goes with it. */
const hourWord = /^[^\S\n]?(?:uhr|uur|óra)(?!\p{L})/iu;

/** A longer line says more than the time. */
const longestLine = 120;

/** The last message's last block, where a text may stand before it and the user says it. */
const newestTurn = ({ messages }: Prompt): TextBlock | undefined => {
  const message = messages.at(-1);
  const last = message?.content.findLast(({ kind }) => kind !== 'cachePoint');
  const isOfTools = message?.content.some((block) => block.kind === 'json' && block.member === 'toolResult');
  return message?.role === 'user' && isOfTools === false && last?.kind === 'text' && last.foreign === undefined ? last : undefined;
};

const segmentAt = ({ segments }: TextBlock, at: Span): TextSegment | undefined =>
  segments.find((one): one is TextSegment => one.kind === 'text' && one.via === undefined && overlaps(one.at.span, at));

const lineAround = (block: TextBlock, prompt: Prompt, at: Span): string => {
  const text = blockText(block);
  const offset = offsetInBlock(prompt.sources, block, at.start);
  const newline = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, newline === -1 ? text.length : newline).trim();
};

/**
 * Parts a date with a time of day: the day stays where it is, and the line with the exact time is given again in the newest user turn, after all that
 * can be cached. `undefined` where the text at a place is something else, or where this cannot be written.
 */
export const clockPair = (prompt: Prompt, block: TextBlock, at: Span, moment: string): Edits | undefined => {
  const day = dateWithin(moment.toLowerCase());
  const turn = newestTurn(prompt);
  const segment = segmentAt(block, at);
  if (day === undefined || turn === undefined || turn === block || segment === undefined) return undefined;
  const from = segment.text.indexOf(moment);
  const place = from === -1 ? undefined : shownPlace(prompt.sources, segment, from, from + moment.length);
  if (place?.start !== at.start) return undefined;
  const line = lineAround(block, prompt, at);
  const until = from + moment.length;
  const to = until + (hourWord.exec(segment.text.slice(until, until + 8))?.[0].length ?? 0);
  const kept = prompt.write.replaceText(segment, [{ from, to, text: moment.slice(day.start, day.end).trim() }]);
  const exact = prompt.write.insertText(turn, line.length > longestLine ? moment : line);
  return kept && exact && prompt.write.together([kept, exact]);
};
