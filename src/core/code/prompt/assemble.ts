import { sourceList } from '../../formats/sourceList';
import { emptyHeader, segmentsOf, type Block, type Header, type ReadPrompt } from '../../prompt/model';
import { isRecord, type Json, type JsonObject } from '../../text/json';
import type { Located } from '../../text/span';
import type { Sent, Slot } from '../apis/sent';
import { jsonOf } from '../evaluate/json';
import { made } from '../values/pieces';
import { piecesOf } from '../evaluate/pieces';
import { knownText, textValue, type Value } from '../values/value';
import { holeOf, type Evaluator } from '../evaluate/evaluator';
import { addBlocks, addMarker, converseBlock, messagesBlock, type BlockReader } from './blocks';
import { addGap, shown, type Draft } from './draft';
import { tellGiven } from './given';
import { readMessages } from './messages';
import { partBlock } from './parts';
import { messageOfSymbol, readRoleMessages } from './roleMessages';
import { choiceOf, settingPlace } from './settings';
import { addTools } from './tools';
import { noteWritten } from './written';

/** The one text that a model id can be, where what it rests on is not known. */
const likelyText = (value: Value): string | undefined => {
  const own = knownText(value);
  if (own !== undefined || value.kind !== 'unknown') return own;
  const texts = new Set(value.alternatives.flatMap((one) => likelyText(one) ?? []));
  return texts.size === 1 ? [...texts][0] : undefined;
};

const idOf = ({ value }: Slot): string | undefined => {
  const text = likelyText(value);
  return text === undefined || text.trim() === '' ? undefined : text;
};

/** Is a text what a parameter is worth when nobody gives it? */
const isUsual = (value: Value | undefined): boolean =>
  value?.kind === 'text' && value.pieces.some((piece) => piece.kind === 'known' && piece.isUsual === true);

/** Settings of a Messages request as members of one of Converse. */
const asMembers = (settings: readonly (readonly [string, Located<Json>])[]): readonly (readonly [string, Located<Json>])[] => {
  const members = new Map<string, Located<Json>>();
  for (const [name, { value, span }] of settings) {
    const [member, own] = settingPlace(name);
    const known = members.get(member);
    members.set(member, {
      value: { ...(isRecord(known?.value) ? (known.value as JsonObject) : {}), [own]: value },
      span: known?.span ?? span,
    });
  }
  return [...members];
};

const headerOf = (draft: Draft): Header => {
  const { modelId, fields } = draft.sent;
  const id = modelId && idOf(modelId);
  const known = fields.flatMap(([name, slot]): readonly (readonly [string, Located<Json>])[] => {
    const json = jsonOf(slot.value);
    return json === undefined || (isRecord(json) && Object.keys(json).length === 0)
      ? []
      : [[name, { value: json, span: shown(draft, slot.spot) }]];
  });
  const members = draft.sent.dialect === 'messages' ? asMembers(known) : known;
  return {
    ...emptyHeader,
    modelId: id === undefined || modelId === undefined ? undefined : { value: id, span: shown(draft, modelId.spot) },
    fields: Object.fromEntries(members),
  };
};

const readerOf = ({ dialect }: Sent): BlockReader =>
  dialect === 'messages' ? messagesBlock : dialect === 'converse' || dialect === 'nova' ? converseBlock : partBlock;

/** Clients that take the system text as a text alone. */
const takesText = ({ dialect, client }: Sent): boolean => dialect !== 'converse' || client === 'strands' || client === 'none';

const readSystem = (draft: Draft, ev: Evaluator, slot: Slot): void => {
  const { sent } = draft;
  const first = slot.value.kind === 'list' ? slot.value.items[0] : undefined;
  const one = first?.gap === undefined ? (first?.value() ?? slot.value) : undefined;
  // The AI SDK takes messages of the system here, which carry markers.
  if (sent.client === 'ai-sdk' && one?.kind === 'object') return readRoleMessages(draft, ev, slot.value, slot.spot);
  // A message of LangChain stands for its content.
  const message = slot.value.kind === 'symbol' ? messageOfSymbol(slot.value, ev) : undefined;
  const { value, spot } = message?.content === undefined ? slot : { value: message.content, spot: message.contentSpot };
  const list = { draft, dialect: sent.dialect, field: 'system' as const, blocks: draft.system, around: shown(draft, spot) };
  // Words that a caller gives are one text that is not known, and no list of unknown length.
  const [hole] = takesText(sent) && (value.kind === 'unknown' || value.kind === 'symbol') ? piecesOf(value, spot) : [];
  addBlocks(list, hole === undefined ? value : { kind: 'text', pieces: [hole] }, spot, readerOf(sent));
};

const isByRole = ({ dialect }: Sent): boolean => dialect === 'openai' || dialect === 'langchain' || dialect === 'ai-sdk';

/** Clients add none where a request has as many as the service takes. */
const mostPoints = 4;

const countMarkers = ({ tools, system, messages }: Draft): number =>
  [tools, system, ...messages.map(({ content }) => content)].flat().filter(({ kind }) => kind === 'cachePoint').length;

/** Points that a client adds, behind what it marks; none where there is nothing. */
const addPoints = (draft: Draft): void => {
  const { sent, site } = draft;
  for (const { behind, ttl, spot } of sent.added) {
    const message = draft.messages.length - 1;
    const content = draft.messages[message]?.content;
    const isOpen = draft.gaps.some(({ field, index }) => field === 'messages' && index > message);
    const blocks = behind === 'lastMessage' ? (isOpen ? undefined : content) : draft[behind];
    if (blocks === undefined || blocks.length === 0 || countMarkers(draft) >= mostPoints || blocks.at(-1)?.kind === 'cachePoint') continue;
    const field = behind === 'lastMessage' ? ('messages' as const) : behind;
    const list = {
      draft,
      dialect: sent.dialect,
      field,
      blocks: blocks as Block[],
      around: site,
      ...(field === 'messages' ? { message } : {}),
    };
    const point: Value | undefined =
      ttl === undefined
        ? undefined
        : {
            kind: 'object',
            open: undefined,
            spot,
            entries: [{ key: 'ttl', value: () => textValue([made(ttl, spot)]), spot, entry: undefined, maybe: false }],
          };
    addMarker(list, point, spot, {});
  }
};

/** What a call sends, as a prompt without a writer, and what was put together on the way. */
export const assemble = (
  ev: Evaluator,
  sent: Sent,
  document: Draft['document'],
  site: Draft['site'],
): { readonly draft: Draft; readonly prompt: Omit<ReadPrompt, 'problems'> } => {
  const sources = sourceList(document.text);
  const draft: Draft = {
    sent,
    document,
    sources,
    site,
    system: [],
    tools: [],
    messages: [],
    gaps: [],
    lost: [...sent.lost],
    origins: new Map(),
    holes: new Map(),
    written: [],
    partly: false,
    mayMark: false,
  };
  const { tools, messages } = sent;
  if (tools !== undefined)
    addTools(
      { draft, dialect: sent.dialect, field: 'tools', blocks: draft.tools, around: shown(draft, tools.spot) },
      ev,
      tools.value,
      tools.spot,
    );
  if (sent.system !== undefined) readSystem(draft, ev, sent.system);
  if (messages !== undefined && isByRole(sent)) readRoleMessages(draft, ev, messages.value, messages.spot);
  else if (messages !== undefined) readMessages(draft, sent.dialect, messages.value, messages.spot);
  addPoints(draft);
  tellGiven(draft);
  openParts(draft);
  for (const [name, { value, spot }] of sent.fields) noteWritten(draft, [name], value, spot);
  if (sent.toolChoice !== undefined) noteWritten(draft, ['toolConfig', 'toolChoice'], sent.toolChoice.value, sent.toolChoice.spot);
  const header = headerOf(draft);
  return {
    draft,
    prompt: {
      format: 'code',
      api: sent.api,
      head: firstLine(document.text, site),
      sources: sources.all,
      header,
      tools: draft.tools,
      toolChoice: draft.tools.length === 0 ? undefined : choiceOf(sent.toolChoice && jsonOf(sent.toolChoice.value)),
      system: draft.system,
      messages: draft.messages,
      written: draft.written,
      files: [],
      open: {
        mayMark: draft.mayMark || sent.open !== undefined || speaksOfCache(draft),
        gaps: draft.gaps,
        // An id that is only likely is none that the program is sure to send.
        ...(sent.isMantle === true ? { bareIds: true as const } : {}),
        model: knownText(sent.modelId?.value) === undefined,
        ...(isUsual(sent.modelId?.value) ? { usualModel: true as const } : {}),
        partly: draft.partly || draft.gaps.length > 0 || hasSometimes(sent) || isHalfTyped(draft),
      },
    },
  };
};

const hasSometimes = ({ modelId, fields }: Sent): boolean =>
  holeOf(modelId?.value ?? { kind: 'text', pieces: [] }) !== undefined || fields.some(([, { value }]) => holeOf(value) !== undefined);

/** Is the end of the call not written yet? */
const isHalfTyped = ({ sent, document, site }: Draft): boolean =>
  sent.api !== 'text' && sent.site.call.args.length > 0 && document.text[site.end - 1] !== ')';

/** Does the source of something that is not known speak of a cache? */
const speaksOfCache = ({ gaps, tools, system }: Draft): boolean => {
  const unknown = [...tools, ...system].flatMap((block) =>
    segmentsOf(block).flatMap((one) => (one.kind === 'unknown' ? [one.source] : [])),
  );
  return [...gaps.map(({ source }) => source ?? ''), ...unknown].some((source) => /cache/i.test(source));
};

/** What is said of the whole of a prompt is said at the beginning of its call. */
const firstLine = (text: string, { start, end }: Draft['site']): Draft['site'] => {
  const newline = text.indexOf('\n', start);
  return { start, end: newline === -1 ? end : Math.min(newline, end) };
};

/** Parts that the whole of a request may have and that nobody has seen. */
const openParts = (draft: Draft): void => {
  const { sent, site } = draft;
  if (sent.isAgent && sent.messages === undefined) addGap(draft, 'messages', undefined, site);
  if (sent.open === undefined) return;
  const { open } = sent;
  const missing = (['tools', 'system', 'messages'] as const).filter((field) => sent[field] === undefined);
  missing.forEach((field, index) => addGap(draft, field, index === missing.length - 1 ? open : undefined, site));
};
