import type { Block, Message } from '../../prompt/model';
import type { Span } from '../../text/span';
import type { Dialect } from '../apis/sent';
import { piecesOf } from '../evaluate/pieces';
import { knownText, memberOf, type ListItem, type ObjectValue, type Spot, type Value } from '../values/value';
import { addBlocks, converseBlock, itemSpot, messagesBlock, valueSpot, type BlockList, type BlockReader } from './blocks';
import { addGap, shown, type Draft } from './draft';
import { noteWritten } from './written';

export const readerOf = (dialect: Dialect): BlockReader => (dialect === 'converse' || dialect === 'nova' ? converseBlock : messagesBlock);

/** A new message whose content is read by `fill`. */
export const addMessage = (draft: Draft, dialect: Dialect, role: string, span: Span, fill: (list: BlockList) => void): void => {
  const content: Block[] = [];
  const message: Message = { role, span, content };
  draft.messages.push(message);
  fill({ draft, dialect, field: 'messages', blocks: content, around: span, message: draft.messages.length - 1 });
};

/** A text may stand for its only block, but in Converse. */
const addContent = (list: BlockList, value: Value, spot: Spot, role: string | undefined): void => {
  // What a model has answered is blocks of any kind.
  const takesText = list.dialect !== 'converse' && list.dialect !== 'nova' && role !== 'assistant';
  const [hole] = takesText && (value.kind === 'unknown' || value.kind === 'symbol') ? piecesOf(value, spot) : [];
  addBlocks(list, hole === undefined ? value : { kind: 'text', pieces: [hole] }, spot, readerOf(list.dialect));
};

const readMessage = (draft: Draft, dialect: Dialect, value: ObjectValue, spot: Spot): void => {
  const span = shown(draft, spot);
  const named = memberOf(value, 'role');
  const role = knownText(named?.value());
  const content = memberOf(value, 'content');
  if (role === undefined) draft.partly = true;
  if (named !== undefined) noteWritten(draft, ['messages', '*', 'role'], named.value(), valueSpot(named), span);
  addMessage(draft, dialect, role ?? '', span, (list) => {
    if (content !== undefined) addContent(list, content.value(), valueSpot(content), role);
  });
};

const readItem = (draft: Draft, dialect: Dialect, item: ListItem, fallback: Spot): void => {
  const own = item.value();
  const spot = itemSpot(item, own, fallback);
  if (own.kind === 'object') return readMessage(draft, dialect, own, spot);
  draft.partly = true;
  addMessage(draft, dialect, '', shown(draft, spot), (list) =>
    addBlocks(list, { kind: 'list', sort: 'list', spot, items: [item] }, spot, readerOf(dialect)),
  );
};

/** The messages of Converse or of a Messages body. */
export const readMessages = (draft: Draft, dialect: Dialect, value: Value, spot: Spot): void => {
  if (value.kind !== 'list') {
    if (value.kind === 'constant' && value.value === null) return;
    const hole = value.kind === 'unknown' ? value.hole : undefined;
    return addGap(
      draft,
      'messages',
      hole ?? {
        kind: 'hole',
        name: spot.source.text.slice(spot.at.start, spot.at.end),
        ...spot,
        end: spot,
        cause: undefined,
        roots: [],
        isGiven: false,
      },
      shown(draft, spot),
    );
  }
  for (const item of value.items) {
    if (item.gap !== undefined) addGap(draft, 'messages', item.gap, shown(draft, spot));
    else readItem(draft, dialect, item, spot);
  }
};
