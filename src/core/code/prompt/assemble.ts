import { sourceList } from '../../formats/sourceList';
import { emptyHeader, type Header, type ReadPrompt } from '../../prompt/model';
import { isRecord, type Json } from '../../text/json';
import type { Located } from '../../text/span';
import type { Sent, Slot } from '../apis/sent';
import { holeOf } from '../evaluate/evaluator';
import { jsonOf } from '../evaluate/json';
import { knownText, type Value } from '../values/value';
import { addBlocks, converseBlock, messagesBlock, messagesTool } from './blocks';
import { addGap, shown, type Draft } from './draft';
import { readMessages } from './messages';

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

const headerOf = (draft: Draft): Header => {
  const { modelId, fields } = draft.sent;
  const id = modelId && idOf(modelId);
  const known = fields.flatMap(([name, slot]): readonly (readonly [string, Located<Json>])[] => {
    const json = jsonOf(slot.value);
    return json === undefined || (isRecord(json) && Object.keys(json).length === 0)
      ? []
      : [[name, { value: json, span: shown(draft, slot.spot) }]];
  });
  return {
    ...emptyHeader,
    modelId: id === undefined || modelId === undefined ? undefined : { value: id, span: shown(draft, modelId.spot) },
    fields: Object.fromEntries(known),
  };
};

const readSystem = (draft: Draft, { value, spot }: Slot): void => {
  const { dialect } = draft.sent;
  const list = { draft, dialect, field: 'system' as const, blocks: draft.system, around: shown(draft, spot) };
  // The words of a whole system text that a caller gives: one unknown text, and not a list of unknown length.
  const isText = value.kind === 'unknown' && (dialect === 'messages' || draft.sent.client === 'strands' || draft.sent.client === 'none');
  const text: Value = isText && value.alternatives.length === 0 ? { kind: 'text', pieces: [value.hole] } : value;
  addBlocks(list, text, spot, dialect === 'converse' || dialect === 'nova' ? converseBlock : messagesBlock);
};

const readTools = (draft: Draft, { value, spot }: Slot): void => {
  const { dialect } = draft.sent;
  const list = { draft, dialect, field: 'tools' as const, blocks: draft.tools, around: shown(draft, spot) };
  addBlocks(list, value, spot, dialect === 'converse' || dialect === 'nova' ? converseBlock : messagesTool);
};

/** What a call sends, as a prompt without a writer, and what was put together on the way. */
export const assemble = (
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
    partly: false,
  };
  if (sent.tools !== undefined) readTools(draft, sent.tools);
  if (sent.system !== undefined) readSystem(draft, sent.system);
  if (sent.messages !== undefined) readMessages(draft, sent.dialect, sent.messages.value, sent.messages.spot);
  openParts(draft);
  const header = headerOf(draft);
  return {
    draft,
    prompt: {
      format: 'code',
      api: sent.api,
      sources: sources.all,
      header,
      tools: draft.tools,
      toolChoice: undefined,
      system: draft.system,
      messages: draft.messages,
      written: [],
      files: [],
      open: { gaps: draft.gaps, model: header.modelId === undefined, partly: draft.partly || draft.gaps.length > 0 || hasSometimes(sent) },
    },
  };
};

const hasSometimes = ({ modelId, fields }: Sent): boolean =>
  holeOf(modelId?.value ?? { kind: 'text', pieces: [] }) !== undefined || fields.some(([, { value }]) => holeOf(value) !== undefined);

/** Parts that the whole of a request may have and that nobody has seen. */
const openParts = (draft: Draft): void => {
  const { sent, site } = draft;
  if (sent.isAgent && sent.messages === undefined) addGap(draft, 'messages', undefined, site);
  if (sent.open === undefined) return;
  const { open } = sent;
  const missing = (['tools', 'system', 'messages'] as const).filter((field) => sent[field] === undefined);
  missing.forEach((field, index) => addGap(draft, field, index === missing.length - 1 ? open : undefined, site));
};
