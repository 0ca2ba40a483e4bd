import { spanInBlock } from '../prompt/blockText';
import type { Block, MarkerBlock, ReadPrompt, TextBlock } from '../prompt/model';
import { markerWord, type Ttl } from '../prompt/words';
import type { PromptWriter } from '../prompt/writer';
import { applyEdits, insertAt, replaceSpan, type Edits } from '../text/edit';
import { parseJsonTree } from '../text/jsonTree';
import { theDocument } from '../text/place';
import { span, type Span } from '../text/span';
import { escapeTokens, isPlaceholder, placeholder } from '../text/templateTokens';
import { member } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';
import { frontMatterEdits } from './frontMatterEdits';
import {
  insertYamlEntry,
  lineBreakOf,
  lineEnd,
  lineStart,
  removeYamlEntry,
  setObjectTtl,
  together,
  ttlMember,
  visibleEnd,
  wholeLines,
} from './listEdits';
import { memberEdits } from './memberEdits';
import { movedLines } from './movedLines';
import { readPromptLines } from './promptLines';
import { textUnits } from './textUnits';

const comment = (ttl: Ttl | undefined): string => `<!-- ${markerWord}${ttl === undefined ? '' : ` ttl=${ttl}`} -->`;
const point = (ttl: Ttl | undefined): string => `${markerWord}: { type: default${ttlMember(ttl, '')} }`;

const sourceOf = (text: string, { span: at }: Block): string => text.slice(at.start, at.end);
const isComment = (text: string, marker: MarkerBlock): boolean => /^[ \t]*<!--/.test(sourceOf(text, marker));
const isFence = (text: string, block: Block): boolean => /^[ \t]*(```|~~~)/.test(sourceOf(text, block)) && !isProse(block);

/** Is it text of the body, and not a member of JSON or YAML? */
const isProse = (block: Block): block is TextBlock =>
  block.kind === 'text' && block.segments.every((one) => one.kind !== 'text' || one.via !== undefined || one.notation.keepsLines);

const setTtl = (text: string, marker: MarkerBlock, ttl: Ttl | undefined): Edits | undefined => {
  if (isComment(text, marker)) return [replaceSpan(marker.span, comment(ttl))];
  const { start, end } = marker.span;
  if (!isFence(text, marker)) return setObjectTtl(text, member(parseYamlTree(text.slice(start, end), start).tree, 'cachePoint'), ttl);
  const body = text.indexOf('\n', start) + 1;
  return setObjectTtl(text, member(parseJsonTree(text.slice(body, lineStart(text, end)), body).tree, 'cachePoint'), ttl);
};

/** The end of the last row of a table, from somewhere in it. */
const rowsEnd = (text: string, from: number): number => {
  let end = lineEnd(text, from);
  for (
    let next = text.indexOf('\n', end);
    next !== -1 && /^[ \t]*\|/.test(text.slice(next + 1, next + 200));
    next = text.indexOf('\n', end)
  )
    end = lineEnd(text, next + 1);
  return end;
};

const onlyEnds = /^(?:--+>[ \t]*)+$/;

const repairMarker = (text: string, body: number, at: Span): ReturnType<PromptWriter['repairMarker']> => {
  const found = text.slice(at.start, at.end);
  // However the lifetime is joined to the word: `ttl=1h`, `"ttl": "1h"`, `cache: 1h`.
  const ttl = /(?<![\w-])(5m|1h)(?![\w-])/i.exec(found)?.[1]?.toLowerCase() as Ttl | undefined; // the pattern lists them
  const whole = span(lineStart(text, at.start), lineEnd(text, at.end));
  const [before, after] = [text.slice(whole.start, at.start).trim(), text.slice(at.end, whole.end).trim()];
  if (before === '' && after === '') return { edits: [replaceSpan(at, comment(ttl))], written: comment(ttl), moved: false };
  // An editor that closes comments by itself leaves one end too many.
  if (before === '' && onlyEnds.test(after))
    return { edits: [replaceSpan(span(at.start, whole.end), comment(ttl))], written: comment(ttl), moved: false };
  const newline = lineBreakOf(text);
  const unit = textUnits(text.slice(body)).around(at.start - body);
  if (unit.kind === 'fence') return undefined;
  // Words around the marker lose the spaces that parted them from it.
  const gap = span(
    visibleEnd(text.slice(0, at.start), at.start),
    at.end + (/^[ \t]*/.exec(text.slice(at.end, whole.end))?.[0].length ?? 0),
  );
  const isOfLines = unit.kind !== 'paragraph' && unit.kind !== 'line';
  if (!isOfLines || (after === '' && unit.kind === 'item')) {
    const written = `${before === '' ? '' : newline}${found}${after === '' ? '' : newline}`;
    return { edits: [replaceSpan(before === '' ? at : gap, written)], written: found, moved: true };
  }
  // Rows, quotes and items are not parted: the marker goes after them.
  const run = unit.kind === 'row' ? rowsEnd(text, at.end) : body + unit.end;
  const [line, rest] = [replaceSpan(gap, after === '' ? '' : ' '), insertAt(lineEnd(text, run), newline + found)];
  return { edits: [line, rest], written: found, moved: true };
};

/** What the lines of a stretch of the body are, markers and what they part left out. */
const structure = (text: string): string =>
  readPromptLines(text, 0)
    .lines.filter(({ kind }) => kind !== 'escapedRole')
    .map((line) => line.kind)
    .join(' ');

/** The edits, if the lines of a block say the same as before to whoever reads them, but for `markers` new ones. */
const ifUnharmed = (text: string, { span: at }: Block, edits: Edits, markers = 0): Edits | undefined => {
  const own = edits.map(({ at: place, text: written }) =>
    replaceSpan(span(place.span.start - at.start, place.span.end - at.start), written),
  );
  const inside = own.filter(({ at: { span: one } }) => one.start >= 0 && one.end <= at.end - at.start);
  const before = text.slice(at.start, at.end);
  const expected = [structure(before), ...Array.from({ length: markers }, () => 'marker')].filter((part) => part !== '').join(' ');
  return structure(applyEdits(before, inside)) === expected ? edits : undefined;
};

const splitAt = (text: string, prompt: ReadPrompt, block: TextBlock, offset: number, ttl: Ttl | undefined): Edits | undefined => {
  const at = isProse(block) ? spanInBlock(prompt.sources, block, offset, offset)?.start : undefined;
  if (at === undefined) return undefined;
  const newline = lineBreakOf(text);
  const begins = at === lineStart(text, at);
  return ifUnharmed(text, block, [insertAt(at, `${begins ? '' : newline}${comment(ttl)}${newline}`)], 1);
};

const moveText = (text: string, prompt: ReadPrompt, block: TextBlock, from: number, to: number, target: Block): Edits | undefined => {
  const moved = isProse(block) ? movedLines(prompt.sources, block, from, to) : undefined;
  if (moved === undefined || target.foreign !== undefined || isInFrontMatter(prompt, target)) return undefined;
  const lines = text.slice(moved.text.start, moved.text.end).replace(/[ \t]+$/, '');
  if (structure(lines) !== '') return undefined;
  const cut: Edits = [replaceSpan(moved.isAll ? wholeLines(text, block.span) : moved.cut, '')];
  const safe = moved.isAll ? cut : ifUnharmed(text, block, cut);
  return safe && together(text, [safe, [insertAt(target.span.end, lineBreakOf(text) + lines)]]);
};

const isInFrontMatter = ({ header }: ReadPrompt, block: Block): boolean => header.span !== undefined && block.span.end <= header.span.end;

/** How changes are written into a prompt file: markers as comments, text as lines, tools as YAML list entries. */
export const bedrockPromptWriter = (text: string, prompt: ReadPrompt): PromptWriter => {
  const members = memberEdits(text, prompt);
  const own = <B extends Block>(block: B, write: (one: B) => Edits | undefined): Edits | undefined =>
    block.foreign === undefined ? write(block) : undefined;
  const remove = (block: Block): Edits =>
    isInFrontMatter(prompt, block) ? removeYamlEntry(text, block.span) : [replaceSpan(wholeLines(text, block.span), '')];
  return {
    ...members,
    ...frontMatterEdits(text, prompt),
    insertMarker: (after, ttl) =>
      own(after, () =>
        isInFrontMatter(prompt, after)
          ? insertYamlEntry(text, after.span, point(ttl))
          : [insertAt(after.span.end, `${lineBreakOf(text)}${comment(ttl)}`)],
      ),
    removeMarker: (marker) => own(marker, remove),
    setTtl: (marker, ttl) => own(marker, () => setTtl(text, marker, ttl)),
    repairMarker: (at) => repairMarker(text, prompt.header.span === undefined ? 0 : lineEnd(text, prompt.header.span.end), at),
    removeBlock: (block) => own(block, remove),
    splitAt: (block, offset, ttl) => splitAt(text, prompt, block, offset, ttl),
    moveText: (block, from, to, behind) => moveText(text, prompt, block, from, to, behind),
    insertText: (before, inserted) => {
      const lines = escapeTokens(inserted);
      if (before.foreign !== undefined || isInFrontMatter(prompt, before) || structure(lines) !== '') return undefined;
      const newline = lineBreakOf(text);
      return [insertAt(before.span.start, lines.replaceAll('\n', newline) + newline)];
    },
    renameVariable: ({ at }, name) =>
      at.source === theDocument && isPlaceholder(text.slice(at.span.start, at.span.end))
        ? [replaceSpan(at.span, placeholder(name))]
        : undefined,
    together: (changes) => together(text, changes),
  };
};
