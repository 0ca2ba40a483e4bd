import type { Span } from '../../text/span';
import { argumentAt, argumentNamed, holeAt, type Evaluator } from '../evaluate/evaluator';
import { piecesOf } from '../evaluate/pieces';
import { fillBraces } from '../values/templates';
import { templateHole } from '../values/pieces';
import {
  knownText,
  memberOf,
  textValue,
  type ListItem,
  type ObjectEntry,
  type Piece,
  type Spot,
  type SymbolValue,
  type Value,
} from '../values/value';
import { addBlocks, addMarker, addText, itemSpot, valueSpot, type BlockList } from './blocks';
import { addGap, shown, type Draft } from './draft';
import { addMessage } from './messages';
import { partBlock, pointsIn } from './parts';

/*
 * Messages in which the system text is one of them: of LangChain, LiteLLM and the AI SDK. Each client has its own ways of writing one; all come
 * down to a role, a content, and markers.
 */

interface RoleMessage {
  readonly role: string;
  readonly content: Value | undefined;
  readonly contentSpot: Spot;
  readonly spot: Spot;
  /** As an object it may carry a marker beside its content. */
  readonly object: Extract<Value, { kind: 'object' }> | undefined;
  /** Has it parts beside its content: calls of tools? */
  readonly more?: boolean;
  /** Are `{name}` in its texts places for values? */
  readonly isTemplate: boolean;
}

const roles: Readonly<Record<string, string>> = { human: 'user', ai: 'assistant', developer: 'system', function: 'tool' };

const byClass: Readonly<Record<string, string>> = {
  SystemMessage: 'system',
  HumanMessage: 'user',
  AIMessage: 'assistant',
  ToolMessage: 'tool',
};

const roleOf = (name: string): string => (Object.hasOwn(roles, name) ? (roles[name] ?? name) : name);

/** What a message or a template of one was made with. */
export const messageOfSymbol = (value: SymbolValue, ev: Evaluator): RoleMessage | undefined => {
  const found = /(?:^|\.)(SystemMessage|HumanMessage|AIMessage|ToolMessage)(PromptTemplate\.from_?[tT]emplate)?\(\)$/.exec(value.name);
  if (found === null || value.call === undefined) return undefined;
  const { expr, frame } = value.call;
  const given = argumentNamed(expr, 'content') ?? argumentNamed(expr, 'template') ?? argumentAt(expr, 0);
  const own = given && ev.valueOf(given, frame);
  const spot = given === undefined ? value.spot : { source: frame.module.source, at: given.at };
  // JavaScript takes the content in an object.
  const inside = memberOf(own, 'content');
  return {
    role: byClass[found[1] ?? ''] ?? 'user',
    content: inside === undefined ? own : inside.value(),
    contentSpot: inside === undefined ? spot : valueSpot(inside),
    spot: value.spot,
    object: undefined,
    more: argumentNamed(expr, 'tool_calls') !== undefined || memberOf(own, 'tool_calls') !== undefined,
    isTemplate: found[2] !== undefined,
  };
};

const ofTuple = (value: Extract<Value, { kind: 'list' }>, spot: Spot, isTemplate: boolean): RoleMessage | undefined => {
  const [role, content] = value.items;
  const name = role?.gap === undefined ? knownText(role?.value()) : undefined;
  if (name === undefined || content === undefined || content.gap !== undefined || value.items.length !== 2) return undefined;
  const inside = content.value();
  return { role: roleOf(name), content: inside, contentSpot: itemSpot(content, inside, spot), spot, object: undefined, isTemplate };
};

const ofObject = (value: Extract<Value, { kind: 'object' }>, spot: Spot): RoleMessage => {
  const content: ObjectEntry | undefined = memberOf(value, 'content') ?? memberOf(value, 'parts');
  const role = knownText(memberOf(value, 'role')?.value());
  return {
    role: role === undefined ? '' : roleOf(role),
    content: content?.value(),
    contentSpot: content === undefined ? spot : valueSpot(content),
    spot,
    object: value,
    more: memberOf(value, 'tool_calls') !== undefined || role === 'tool',
    isTemplate: false,
  };
};

const placeholderName = (value: SymbolValue, ev: Evaluator): string | undefined => {
  if (!/(?:^|\.)MessagesPlaceholder\(\)$/.test(value.name) || value.call === undefined) return undefined;
  const { expr, frame } = value.call;
  const name = argumentNamed(expr, 'variable_name') ?? argumentAt(expr, 0);
  return name && knownText(ev.valueOf(name, frame));
};

/** What a template was made of, and what has been filled in since. */
interface Template {
  readonly items: Value;
  readonly spot: Spot;
  readonly filled: ReadonlyMap<string, readonly Piece[]>;
}

const templateOf = (value: Value, ev: Evaluator): Template | undefined => {
  if (value.kind !== 'symbol') return undefined;
  const filled = new Map<string, readonly Piece[]>();
  for (let at: SymbolValue | undefined = value; at !== undefined; at = at.object) {
    if (at.call === undefined) continue;
    const { expr, frame } = at.call;
    if (/PromptTemplate(?:\.from_?[mM]essages|\.from_?[tT]emplate)?\(\)$/.test(at.name)) {
      const given = argumentAt(expr, 0) ?? argumentNamed(expr, 'messages') ?? argumentNamed(expr, 'template');
      return given && { items: ev.valueOf(given, frame), spot: { source: frame.module.source, at: given.at }, filled };
    }
    for (const { name, value: filling } of expr.args)
      if (name !== undefined) filled.set(name, piecesOf(ev.valueOf(filling, frame), { source: frame.module.source, at: filling.at }));
  }
  return undefined;
};

const filledIn = (value: Value, spot: Spot, filled: Template['filled']): Value =>
  value.kind === 'text' ? textValue(fillBraces(value.pieces, (name) => filled.get(name), spot)) : value;

const addContent = (list: BlockList, message: RoleMessage, filled: Template['filled']): void => {
  const { content, contentSpot, object } = message;
  if (content !== undefined) {
    const own = message.isTemplate ? filledIn(content, contentSpot, filled) : content;
    const [hole] = own.kind === 'unknown' || own.kind === 'symbol' ? piecesOf(own, contentSpot) : [];
    // A message that only calls tools has a text of no length, which is not sent.
    if (own.kind === 'text' && own.pieces.length === 0) list.draft.partly = true;
    else if (hole !== undefined) addText(list, [hole], contentSpot, { text: contentSpot });
    else addBlocks(list, own, contentSpot, partBlock);
  }
  for (const point of object === undefined ? [] : pointsIn(list, object))
    addMarker(list, point.value(), point.spot, { member: point.spot, object: object?.spot });
};

interface RoleList {
  readonly draft: Draft;
  readonly ev: Evaluator;
  readonly isTemplate: boolean;
  readonly filled: Template['filled'];
  readonly fallback: Spot;
}

const addOne = ({ draft, filled }: RoleList, message: RoleMessage): void => {
  const { dialect } = draft.sent;
  const span: Span = shown(draft, message.spot);
  if (message.role === 'system')
    return addContent({ draft, dialect, field: 'system', blocks: draft.system, around: span }, message, filled);
  if (message.role === '' || message.more) draft.partly = true;
  addMessage(draft, dialect, message.role === 'tool' ? 'user' : message.role, span, (list) => addContent(list, message, filled));
};

const addItem = (list: RoleList, item: ListItem): void => {
  const { draft, ev, fallback } = list;
  const around = shown(draft, fallback);
  if (item.gap !== undefined) return addGap(draft, 'messages', item.gap, around);
  const own = item.value();
  const spot = itemSpot(item, own, fallback);
  const placeholder = own.kind === 'symbol' ? placeholderName(own, ev) : undefined;
  if (placeholder !== undefined) return addGap(draft, 'messages', templateHole(placeholder, spot), around);
  const message =
    own.kind === 'object'
      ? ofObject(own, spot)
      : own.kind === 'symbol'
        ? messageOfSymbol(own, ev)
        : own.kind === 'list'
          ? ofTuple(own, spot, list.isTemplate)
          : undefined;
  if (message?.role === 'placeholder')
    return addGap(draft, 'messages', templateHole((knownText(message.content) ?? '').replace(/^\{(.*)\}$/, '$1'), spot), around);
  if (message !== undefined) return addOne(list, message);
  if (own.kind === 'text')
    return addOne(list, { role: 'user', content: own, contentSpot: spot, spot, object: undefined, isTemplate: list.isTemplate });
  const [hole] = piecesOf(own, spot);
  addGap(draft, 'messages', hole?.kind === 'hole' ? hole : holeAt(spot), around);
};

/** Reads messages of all roles: into the system text, and into messages. */
export const readRoleMessages = (draft: Draft, ev: Evaluator, value: Value, spot: Spot): void => {
  const template = templateOf(value, ev);
  const list: RoleList = {
    draft,
    ev,
    isTemplate: template !== undefined,
    filled: template?.filled ?? new Map(),
    fallback: template?.spot ?? spot,
  };
  const items = template?.items ?? value;
  if (items.kind === 'list') for (const item of items.items) addItem(list, item);
  else if (items.kind === 'object') addItem(list, { value: () => items, gap: undefined, item: undefined });
  else if (items.kind === 'constant' && items.value === null) return;
  else if (items.kind === 'text')
    addOne(list, {
      role: 'user',
      content: items,
      contentSpot: list.fallback,
      spot: list.fallback,
      object: undefined,
      isTemplate: list.isTemplate,
    });
  else {
    const [hole] = piecesOf(items, list.fallback);
    addGap(draft, 'messages', hole?.kind === 'hole' ? hole : holeAt(list.fallback), shown(draft, list.fallback));
  }
};
