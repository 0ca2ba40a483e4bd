import { noWriter } from '../../formats/noWriter';
import { together, withSeparator } from '../../formats/listEdits';
import { blockText } from '../../prompt/blockText';
import type { Block, MarkerBlock, TextBlock } from '../../prompt/model';
import type { PromptWriter, Replacement } from '../../prompt/writer';
import type { Ttl } from '../../prompt/words';
import { insertAt, replaceSpan, type Edits } from '../../text/edit';
import { theDocument, type Sources } from '../../text/place';
import { rewrite, type TextSegment } from '../../text/segment';
import { encloses, type Span } from '../../text/span';
import type { LostMarker } from '../apis/sent';
import type { LanguageId } from '../form';
import { literalLines } from './moveLines';
import { requestAt } from './requestAt';
import type { BlockOrigin, Draft } from '../prompt/draft';
import type { Spot } from '../values/value';
import {
  asBlocks,
  changeTtl,
  controlMember,
  insertElement,
  insertMember,
  optionsMember,
  pointElement,
  pointMember,
  styleAt,
  type Style,
} from './style';
import { takeOut } from './takeOut';

interface Writing {
  readonly draft: Draft;
  readonly text: string;
  readonly language: LanguageId;
}

const own = ({ draft }: Writing, spot: Spot | undefined): Span | undefined => (spot?.source === draft.document ? spot.at : undefined);

/**
 * Is what is written once sent more than once: by a helper that is called again, in each round of a loop? A change of it would be one of all.
 */
const isRepeated = ({ draft: { origins, tools, system, messages } }: Writing, block: Block): boolean => {
  const isMarker = (one: Block): boolean => one.kind === 'cachePoint';
  const spotOf = (one: Block): Spot | undefined => {
    const origin = origins.get(one);
    return isMarker(one) ? (origin?.member ?? origin?.item) : origin?.object;
  };
  const [spot, all] = [spotOf(block), [tools, system, ...messages.map(({ content }) => content)].flat()];
  const isSame = (one: Block): boolean => {
    const other = isMarker(one) === isMarker(block) && one !== block ? spotOf(one) : undefined;
    return other !== undefined && other.source === spot?.source && other.at.start === spot.at.start;
  };
  return all.some(isSame);
};

/** How the client of a prompt marks a block: by an element behind it, or by a member inside of it. */
const insertBehind = (
  writing: Writing,
  block: Block,
  { item, object, text: plain }: BlockOrigin,
  ttl: Ttl | undefined,
): Edits | undefined => {
  const { draft, text, language } = writing;
  const { dialect, client, api } = draft.sent;
  const [element, members, expr] = [own(writing, item), own(writing, object), own(writing, plain)];
  const style = styleAt(text, language, members ?? element ?? expr ?? block.span);
  const takesElement = dialect === 'converse' || (dialect === 'langchain' && api === 'converse');
  if (expr !== undefined) return inBlockForm(writing, expr, style, ttl);
  if (takesElement) return element && insertElement(text, element, pointElement(style, ttl));
  if (members === undefined) return undefined;
  if (client !== 'ai-sdk') return insertMember(text, members, dialect === 'nova' ? pointMember(style, ttl) : controlMember(style, ttl));
  return /providerOptions/.test(text.slice(members.start, members.end))
    ? undefined
    : insertMember(text, members, optionsMember(style, ttl));
};

/** A text alone takes no marker: where its place takes blocks, it becomes one. */
const inBlockForm = ({ draft, text }: Writing, expr: Span, style: Style, ttl: Ttl | undefined): Edits | undefined => {
  const { client, api } = draft.sent;
  const { key, quote } = style;
  const typed = (inner: string): string => `${key('type')}: ${quote}text${quote}, ${key('text')}: ${inner}`;
  const { space } = style;
  if (client === 'strands') return asBlocks(text, expr, (inner) => `[{${key('text')}: ${inner}}, ${pointElement(style, ttl)}]`);
  if (client === 'langchain' && api === 'converse')
    return asBlocks(text, expr, (inner) => `[{${typed(inner)}}, ${pointElement(style, ttl)}]`);
  if (client === 'litellm' || api === 'messages')
    return client === 'ai-sdk'
      ? undefined
      : asBlocks(text, expr, (inner) => `[{${space}${typed(inner)}, ${controlMember(style, ttl)}${space}}]`);
  return undefined;
};

const insertMarker = (writing: Writing, after: Block, ttl: Ttl | undefined): Edits | undefined => {
  const origin = writing.draft.origins.get(after);
  return after.foreign !== undefined || origin === undefined || isRepeated(writing, after)
    ? undefined
    : insertBehind(writing, after, origin, ttl);
};

const removeMarker = (writing: Writing, marker: MarkerBlock): Edits | undefined => {
  const { draft, text, language } = writing;
  const origin = isRepeated(writing, marker) ? undefined : draft.origins.get(marker);
  const at = own(writing, origin?.member) ?? own(writing, origin?.item);
  // What a statement of its own gives a member of is not taken out of the statement.
  if (at === undefined || /=\s*$/.test(text.slice(Math.max(0, at.start - 80), at.start))) return undefined;
  return takeOut(text, language, at);
};

/** Are two elements written in one list: does nothing but other elements and commas stand between them? */
const inOneList = (writing: Writing, first: Span, last: Span): boolean => {
  let at = first.end;
  const items = [...writing.draft.origins.values()]
    .flatMap(({ item }) => own(writing, item) ?? [])
    .filter(({ start, end }) => start >= first.end && end <= last.start)
    .sort((a, b) => a.start - b.start);
  const gaps = [...items, last].map(({ start, end }) => {
    const gap = writing.text.slice(at, start);
    at = end;
    return gap;
  });
  return gaps.every((gap) => /^\s*,\s*$/.test(gap));
};

/** A block as a whole, or whole lines of its literal, as an element of its own: part of another expression is not taken out of it. */
const moveText = (writing: Writing, sources: Sources, block: TextBlock, from: number, to: number, target: Block): Edits | undefined => {
  const { draft, text, language } = writing;
  const [item, after] = [block, target].map((one) => own(writing, draft.origins.get(one)?.item));
  const isWhole = from === 0 && to === blockText(block).length;
  if (item === undefined || after === undefined || item.end > after.start || !inOneList(writing, item, after)) return undefined;
  if (!isWhole) {
    const lines = literalLines(text, language, sources, block, item, from, to);
    return lines && together(text, [[replaceSpan(lines.cut, '')], insertElement(text, after, lines.element)]);
  }
  return together(text, [[replaceSpan(withSeparator(text, item), '')], insertElement(text, after, text.slice(item.start, item.end))]);
};

/** The block whose object holds a stretch. */
const blockAround = ({ draft }: Writing, at: Span): Block | undefined => {
  for (const [block, { object }] of draft.origins)
    if (block.kind !== 'cachePoint' && object?.source === draft.document && encloses(object.at, at)) return block;
  return undefined;
};

/** What a marker that is lost would be if it were written as its client reads it. */
const respell = (writing: Writing, lost: LostMarker): Edits | undefined => {
  const { draft, text, language } = writing;
  const at = own(writing, lost.spot);
  if (at === undefined) return undefined;
  const removed: Edits = [replaceSpan(withSeparator(text, at), '')];
  if (lost.reason === 'wholeBody') {
    const last = draft.system.findLast(({ kind }) => kind !== 'cachePoint');
    const marked = last && insertMarker(writing, last, undefined);
    return marked && together(text, [removed, marked]);
  }
  if (lost.reason !== 'dialect') return undefined;
  if (draft.sent.client === 'ai-sdk') {
    const isOwnSlot = /(?:bedrock|amazonBedrock)\s*:\s*\{\s*$/.test(text.slice(0, at.start));
    return isOwnSlot ? [replaceSpan(at, pointMember(styleAt(text, language, at), undefined))] : undefined;
  }
  const block = blockAround(writing, at);
  const origin = block && draft.origins.get(block);
  const item = own(writing, origin?.item);
  const isElement = lost.found === 'cache_control' && draft.sent.api === 'converse' && item !== undefined;
  if (!isElement) return undefined;
  const lifetime = /["']?ttl["']?\s*:\s*["'](1h)["']/.test(text.slice(at.start, at.end)) ? '1h' : undefined;
  return together(text, [removed, insertElement(text, item, pointElement(styleAt(text, language, item), lifetime))]);
};

/** Writes an id in place of the literal that names the model. */
const setModelId = (writing: Writing, modelId: string): Edits | undefined => {
  const value = writing.draft.sent.modelId?.value;
  const [piece, ...more] = value?.kind === 'text' ? value.pieces : [];
  if (piece?.kind !== 'known' || more.length > 0 || piece.notation.name === 'opaque') return undefined;
  const at = own(writing, piece);
  const written = piece.notation.write(modelId);
  return at === undefined || written === undefined ? undefined : [replaceSpan(at, written)];
};

/** `json.dumps(x)` with its members in one order. */
const sortAt = ({ text }: Writing, at: Span): Edits | undefined => {
  const call = text.slice(at.start, at.end);
  if (!/^[\w.]*dumps\(/.test(call) || !call.endsWith(')') || /sort_keys/.test(call)) return undefined;
  const inside = call.slice(0, -1).trimEnd();
  return [insertAt(at.start + inside.length, `${inside.endsWith(',') ? ' ' : ', '}sort_keys=True`)];
};

const replaceText = (sources: Sources, segment: TextSegment, replacements: readonly Replacement[]): Edits | undefined => {
  if (segment.at.source !== theDocument || segment.notation.name === 'opaque') return undefined;
  const edits = replacements.map((one) => rewrite(sources, segment, one.from, one.to, one.text));
  return edits.includes(undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
};

/** How changes are written into code: elements and members with their separators, in the style of what stands there. What cannot be written safely is not. */
export const codeWriter = (draft: Draft, language: LanguageId, sources: Sources): PromptWriter => {
  const writing: Writing = { draft, text: draft.document.text, language };
  const { text } = writing;
  return {
    ...noWriter,
    insertMarker: (after, ttl) => insertMarker(writing, after, ttl),
    removeMarker: (marker) => removeMarker(writing, marker),
    setTtl: (marker, ttl) => (marker.foreign === undefined ? changeTtl(text, marker.span, ttl) : undefined),
    markerFromDialect: (at) => {
      const lost = draft.lost.find(({ spot }) => own(writing, spot)?.start === at.start);
      return lost && respell(writing, lost);
    },
    removeBlock: (block) => {
      const at = own(writing, draft.origins.get(block)?.item);
      return at && [replaceSpan(withSeparator(text, at), '')];
    },
    moveText: (block, from, to, target) => moveText(writing, sources, block, from, to, target),
    replaceText: (segment, replacements) => replaceText(sources, segment, replacements),
    setModelId: (modelId) => setModelId(writing, modelId),
    sortAt: (at) => sortAt(writing, at),
    placeBehind: (block) => block.span,
    requestAt: (expressions) => requestAt(draft, language, expressions),
    together: (changes) => together(text, changes),
  };
};
