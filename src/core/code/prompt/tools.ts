import { isRecord, type Json } from '../../text/json';
import type { Scope } from '../form';
import { memberOf, type FunctionValue, type ObjectValue, type Spot, type SymbolValue, type Value } from '../values/value';
import { addBlocks, addJson, addMarker, converseBlock, itemSpot, messagesTool, type BlockList } from './blocks';
import { pointsIn } from './parts';

const lastName = (name: string): string => name.replace(/\(\)$/, '').split('.').at(-1) ?? name;

const parametersOf = ({ parameters }: Scope): Json => ({
  type: 'object',
  properties: Object.fromEntries(parameters.filter(({ name }) => name !== 'self').map(({ name }) => [name, { type: 'string' }])),
});

const described = (value: FunctionValue): Json => {
  const { docAt, name } = value.scope;
  const text = docAt === undefined ? '' : value.frame.module.source.text.slice(docAt.start, docAt.end);
  return {
    name,
    description: text.replace(/^[rRuU]?("""|'''|"|')([^]*)\1$/, '$2').trim(),
    inputSchema: { json: parametersOf(value.scope) },
  };
};

const nameOfTool = (value: SymbolValue | FunctionValue | Extract<Value, { kind: 'class' | 'instance' | 'module' }>): string => {
  if (value.kind === 'symbol') return lastName(value.name);
  if (value.kind === 'instance') return value.of.scope.name;
  return value.kind === 'module' ? value.module.path : value.scope.name;
};

/** A tool that is a function or a thing of a library: its name, and what its documentation says. */
const asTool = (list: BlockList, value: Value, spot: Spot, item: Spot | undefined): boolean => {
  if (
    value.kind !== 'function' &&
    value.kind !== 'symbol' &&
    value.kind !== 'class' &&
    value.kind !== 'instance' &&
    value.kind !== 'module'
  )
    return false;
  const json: Json = value.kind === 'function' ? described(value) : { name: nameOfTool(value), inputSchema: { json: {} } };
  addJson(list, 'toolSpec', { kind: 'object', entries: [], open: undefined, spot }, spot, { item }, () => json);
  return true;
};

/** A tool as OpenAI's interface has it. */
const functionTool = (list: BlockList, value: ObjectValue, spot: Spot, item: Spot | undefined): void => {
  const convert = (json: Json): Json => {
    const inner = isRecord(json) && isRecord(json['function']) ? (json['function'] as Record<string, Json>) : undefined;
    if (inner === undefined) return json;
    const { name = '', description, parameters = {} } = inner;
    return { name, ...(description === undefined ? {} : { description }), inputSchema: { json: parameters } };
  };
  const without: ObjectValue = { ...value, entries: value.entries.filter(({ key }) => key !== 'cache_control') };
  const isPoint = memberOf(value, 'cachePoint');
  if (isPoint !== undefined && value.entries.length === 1) return addMarker(list, isPoint.value(), spot, { item, object: value.spot });
  addJson(list, 'toolSpec', without, spot, { item, object: value.spot }, convert);
  for (const point of pointsIn(list, value)) addMarker(list, point.value(), point.spot, { member: point.spot, object: value.spot });
};

/** The tools of a request, in whatever way its client takes them. */
export const addTools = (list: BlockList, value: Value, spot: Spot): void => {
  const { dialect } = list.draft.sent;
  const read = dialect === 'messages' ? messagesTool : dialect === 'converse' || dialect === 'nova' ? converseBlock : functionTool;
  if (dialect === 'ai-sdk' && value.kind === 'object') {
    // Each member is a tool; markers on them are dropped.
    const empty: ObjectValue = { ...value, entries: [], open: undefined };
    const named = (name: string): Json => ({ name, inputSchema: { json: { type: 'object' } } });
    for (const entry of value.entries) addJson(list, 'toolSpec', empty, entry.spot, {}, () => named(entry.key));
    if (value.open !== undefined) addBlocks(list, { kind: 'unknown', hole: value.open, alternatives: [], keepsName: false }, spot, read);
    return;
  }
  if (value.kind !== 'list') return addBlocks(list, value, spot, read);
  for (const item of value.items) {
    const own = item.gap === undefined ? item.value() : undefined;
    const at = own && itemSpot(item, own, spot);
    if (own === undefined || at === undefined || !asTool(list, own, at, item.item))
      addBlocks(list, { ...value, items: [item] }, spot, read);
  }
};
