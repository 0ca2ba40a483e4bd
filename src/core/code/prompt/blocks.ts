import type { Block, JsonBlock } from '../../prompt/model';
import type { Span } from '../../text/span';
import { isRecord, type Json } from '../../text/json';
import type { Dialect } from '../apis/sent';
import { piecesOf } from '../evaluate/pieces';
import {
  knownText,
  memberOf,
  valueAt,
  type ListItem,
  type ObjectEntry,
  type ObjectValue,
  type Piece,
  type Spot,
  type Value,
} from '../values/value';
import { addGap, segmentsOfPieces, shown, standsAt, type BlockOrigin, type Draft } from './draft';
import { jsonWithHoles, type JsonParts } from './json';
import { noteWritten } from './written';

/** A list of blocks that is being read. */
export interface BlockList {
  readonly draft: Draft;
  readonly dialect: Dialect;
  readonly field: 'tools' | 'system' | 'messages';
  readonly blocks: Block[];
  /** Where what has no place in the document is shown. */
  readonly around: Span;
  readonly message?: number;
}

const nowhere: BlockOrigin = { item: undefined, object: undefined, text: undefined, member: undefined };

const add = ({ draft, blocks }: BlockList, block: Block, origin: Partial<BlockOrigin>): void => {
  blocks.push(block);
  draft.origins.set(block, { ...nowhere, ...origin });
};

/** Adds a text. */
export const addText = (list: BlockList, pieces: readonly Piece[], spot: Spot, origin: Partial<BlockOrigin>): void => {
  const { draft, around } = list;
  const place = standsAt(draft, spot, around);
  add(list, { kind: 'text', segments: segmentsOfPieces(draft, pieces, place.span), ...place }, origin);
};

/** Adds a marker; `point` is what says its lifetime. */
export const addMarker = (list: BlockList, point: Value | undefined, spot: Spot, origin: Partial<BlockOrigin>): void => {
  const { draft, around } = list;
  const ttl = memberOf(point, 'ttl');
  const lifetime = knownText(ttl?.value());
  const place = standsAt(draft, spot, around);
  add(
    list,
    {
      kind: 'cachePoint',
      ttl: ttl === undefined || lifetime === undefined ? undefined : { value: lifetime, span: shown(draft, ttl.spot, place.span) },
      ...place,
    },
    origin,
  );
};

export const addJson = (
  list: BlockList,
  member: string,
  value: Value,
  spot: Spot,
  origin: Partial<BlockOrigin>,
  convert: (json: Json) => Json = (json) => json,
): void => {
  const { draft, around } = list;
  const place = standsAt(draft, spot, around);
  const parts: JsonParts = { texts: [], hasMore: false };
  const json = convert(jsonWithHoles(value, spot, parts));
  if (parts.hasMore) draft.partly = true;
  const block: JsonBlock = {
    kind: 'json',
    member,
    value: json,
    templated: false,
    texts: parts.texts.flatMap((pieces) => segmentsOfPieces(draft, pieces, place.span)),
    ...place,
  };
  add(list, block, origin);
};

/** The place of a member's value. */
export const valueSpot = ({ entry, spot }: ObjectEntry): Spot => (entry === undefined ? spot : { source: spot.source, at: entry.value.at });

const isNone = (value: Value): boolean => value.kind === 'constant' && value.value === null;

/** Where a list holds something that stands nowhere as written, it is where its value is. */
export const itemSpot = (item: ListItem, value: Value, fallback: Spot): Spot =>
  item.item ?? ('spot' in value ? value.spot : value.kind === 'unknown' ? value.hole : fallback);

const lostIn = ({ draft }: BlockList, entry: ObjectEntry, reason: 'dialect' | 'inTool'): void => {
  const refused = draft.sent.client === 'boto3';
  draft.lost.push({ spot: entry.spot, found: entry.key, reason, client: draft.sent.client, refused });
};

/** Where cache points stand in a request. */
const pointPaths = {
  tools: ['toolConfig', 'tools', '*', 'cachePoint'],
  system: ['system', '*', 'cachePoint'],
  messages: ['messages', '*', 'content', '*', 'cachePoint'],
} as const;

/** A block of Converse: one member, `text`, `cachePoint` or another. */
export const converseBlock = (list: BlockList, value: ObjectValue, spot: Spot, item: Spot | undefined): void => {
  const origin = { item, object: value.spot };
  const stray = memberOf(value, 'cache_control') ?? memberOf(value, 'cacheControl');
  if (stray !== undefined) lostIn(list, stray, 'dialect');
  const text = memberOf(value, 'text');
  const point = memberOf(value, 'cachePoint');
  if (text !== undefined) addText(list, piecesOf(text.value(), valueSpot(text)), spot, origin);
  if (point?.maybe === true) list.draft.mayMark = true;
  else if (point !== undefined && !isNone(point.value())) {
    if (text === undefined) {
      noteWritten(list.draft, pointPaths[list.field], point.value(), valueSpot(point), list.around);
      return addMarker(list, point.value(), spot, origin);
    }
    // Nova takes the marker inside of the block; Converse takes one member.
    if (list.dialect === 'nova') return addMarker(list, point.value(), point.spot, { member: point.spot });
    return lostIn(list, point, 'dialect');
  }
  if (text !== undefined) return;
  const member = value.entries.find((one) => one !== stray);
  if (member === undefined) return;
  const inside = member.value();
  if (list.field === 'tools') {
    const lost = ['cachePoint', 'cache_control'].flatMap((nested) => memberOf(inside, nested) ?? []);
    for (const found of lost) lostIn(list, found, 'inTool');
    // What is lost in it is told as that.
    if (lost.length === 0) noteWritten(list.draft, ['toolConfig', 'tools', '*', member.key], inside, valueSpot(member), list.around);
  }
  addJson(list, member.key, inside, spot, origin);
};

const toolResult = (json: Json): Json => {
  if (!isRecord(json)) return json;
  const { tool_use_id: toolUseId = '', content = [], is_error: isError } = json as Record<string, Json>;
  const items =
    typeof content === 'string'
      ? [{ text: content }]
      : Array.isArray(content)
        ? content.map((one: Json) => (isRecord(one) && 'text' in one ? { text: one['text'] as Json } : one))
        : [];
  return { toolUseId, content: items, ...(isError === true ? { status: 'error' } : {}) };
};

const reasoning = (json: Json): Json => {
  const { thinking: text = '', signature } = isRecord(json) ? (json as Record<string, Json>) : {};
  return { reasoningText: { text, ...(signature === undefined ? {} : { signature }) } };
};

/** What a block of a Messages body is in Converse, by its type. */
const translated: Readonly<Record<string, { readonly member: string; readonly convert: (json: Json) => Json }>> = {
  tool_use: {
    member: 'toolUse',
    convert: (json) => (isRecord(json) ? ({ toolUseId: json['id'], name: json['name'], input: json['input'] } as Json) : json),
  },
  tool_result: { member: 'toolResult', convert: toolResult },
  thinking: { member: 'reasoningContent', convert: reasoning },
  image: { member: 'image', convert: () => ({ format: 'png', source: { bytes: '' } }) },
  document: { member: 'document', convert: () => ({ format: 'pdf', name: 'document', source: { bytes: '' } }) },
};

/** A block of a Messages body, with its marker inside. */
export const messagesBlock = (list: BlockList, value: ObjectValue, spot: Spot, item: Spot | undefined): void => {
  const origin = { item, object: value.spot };
  const point = memberOf(value, 'cachePoint');
  if (point !== undefined) lostIn(list, point, 'dialect');
  const text = memberOf(value, 'text');
  const type = knownText(valueAt(value, 'type'));
  if (text !== undefined) addText(list, piecesOf(text.value(), valueSpot(text)), spot, origin);
  else if (type !== undefined && type in translated)
    addJson(list, translated[type]?.member ?? type, value, spot, origin, translated[type]?.convert);
  else if (point === undefined || value.entries.length > 1) addJson(list, type ?? value.entries[0]?.key ?? 'unknown', value, spot, origin);
  const control = memberOf(value, 'cache_control');
  if (control?.maybe === true) list.draft.mayMark = true;
  else if (control !== undefined && !isNone(control.value()))
    addMarker(list, control.value(), control.spot, { member: control.spot, object: value.spot });
};

const optionalStrict = (strict: Json | undefined): { readonly strict?: Json } => (strict === undefined ? {} : { strict });

/** A tool of a Messages body as one of Converse. */
export const messagesTool = (list: BlockList, value: ObjectValue, spot: Spot, item: Spot | undefined): void => {
  const origin = { item, object: value.spot };
  const without: ObjectValue = { ...value, entries: value.entries.filter(({ key }) => key !== 'cache_control') };
  const convert = (json: Json): Json => {
    if (!isRecord(json) || !('input_schema' in json)) return json;
    const { name = '', description, input_schema: schema, strict } = json as Record<string, Json>;
    return { name, ...(description === undefined ? {} : { description }), inputSchema: { json: schema ?? {} }, ...optionalStrict(strict) };
  };
  // What the service brings along has a type and no schema.
  if (memberOf(value, 'input_schema') === undefined && memberOf(value, 'type') !== undefined)
    addJson(list, 'systemTool', without, spot, origin, (json) =>
      isRecord(json) ? { name: (json['name'] as Json | undefined) ?? '' } : json,
    );
  else addJson(list, 'toolSpec', without, spot, origin, convert);
  const control = memberOf(value, 'cache_control');
  if (control?.maybe === true) list.draft.mayMark = true;
  else if (control !== undefined && !isNone(control.value()))
    addMarker(list, control.value(), control.spot, { member: control.spot, object: value.spot });
};

export type BlockReader = (list: BlockList, value: ObjectValue, spot: Spot, item: Spot | undefined) => void;

/** Every block of a list; what is no object is a text, or cannot be known. */
export const addBlocks = (list: BlockList, value: Value, spot: Spot, read: BlockReader): void => {
  const { draft, field, around, message } = list;
  if (isNone(value)) return;
  if (value.kind === 'text') return addText(list, value.pieces, spot, { text: spot });
  if (value.kind === 'dumped') {
    asText(list, value.value);
    return addText(list, piecesOf(value, spot), spot, { text: spot });
  }
  if (value.kind === 'object') return read(list, value, spot, undefined);
  if (value.kind !== 'list') {
    const [hole] = piecesOf(value, spot);
    // Only sometimes there, or in a form that is not known: nothing is claimed.
    addGap(draft, field, hole?.kind === 'hole' ? hole : undefined, around, message);
    return;
  }
  for (const item of value.items) {
    if (item.gap !== undefined) {
      addGap(draft, field, item.gap, around, message);
      continue;
    }
    const own = item.value();
    const at = itemSpot(item, own, spot);
    if (own.kind === 'object') read(list, own, at, item.item);
    else if (field === 'tools') addJson(list, 'toolSpec', own, at, { item: item.item });
    else if (!isNone(own)) addText(list, piecesOf(own, at), at, { item: item.item, text: at });
  }
};

/** Markers inside of what is sent as the text of its JSON do nothing. */
const asText = ({ draft }: BlockList, value: Value, depth = 0): void => {
  if (depth > 4) return;
  if (value.kind === 'list')
    for (const item of value.items) if (item.gap === undefined) asText({ draft } as BlockList, item.value(), depth + 1);
  for (const name of ['cache_control', 'cachePoint']) {
    const found = memberOf(value, name);
    if (found !== undefined)
      draft.lost.push({ spot: found.spot, found: name, reason: 'asText', client: draft.sent.client, refused: false });
  }
};
