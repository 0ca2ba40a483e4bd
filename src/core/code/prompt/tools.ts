import { isRecord, type Json, type JsonObject } from '../../text/json';
import { argumentAt, type Evaluator } from '../evaluate/evaluator';
import { jsonOf } from '../evaluate/json';
import type { Scope } from '../form';
import { knownText, memberOf, type FunctionValue, type ObjectValue, type Spot, type SymbolValue, type Value } from '../values/value';
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

/** A schema that the library makes. */
const noSchema: JsonObject = { inputSchema: { json: { type: 'object' } } };

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
  const json: Json = value.kind === 'function' ? described(value) : { name: nameOfTool(value), ...noSchema };
  addJson(list, 'toolSpec', { kind: 'object', entries: [], open: undefined, spot }, spot, { item }, () => json);
  return true;
};

/** A tool that stands as a text: one that Nova has itself, or what its library finds a tool by, which is a path or a name. */
const namedTool = (list: BlockList, text: string, spot: Spot, item: Spot | undefined): void => {
  const empty: ObjectValue = { kind: 'object', entries: [], open: undefined, spot };
  if (text.startsWith('nova_')) addJson(list, 'systemTool', empty, spot, { item }, () => ({ name: text }));
  else addJson(list, 'toolSpec', empty, spot, { item }, () => ({ name: text.replace(/[^\w-]+/g, '_'), ...noSchema }));
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
  if (memberOf(value, 'toolSpec') !== undefined || memberOf(value, 'systemTool') !== undefined)
    return converseBlock(list, value, spot, item);
  const isPoint = memberOf(value, 'cachePoint');
  if (isPoint !== undefined && value.entries.length === 1) return addMarker(list, isPoint.value(), spot, { item, object: value.spot });
  addJson(list, 'toolSpec', without, spot, { item, object: value.spot }, convert);
  for (const point of pointsIn(list, value)) addMarker(list, point.value(), point.spot, { member: point.spot, object: value.spot });
};

/** What `tool({ … })` of the AI SDK says of a tool; a schema that is no JSON is not known. */
const madeTool = (ev: Evaluator, value: Value): JsonObject => {
  const given = value.kind === 'symbol' && value.call !== undefined ? argumentAt(value.call.expr, 0) : undefined;
  const own = value.kind === 'symbol' && given !== undefined && value.call !== undefined ? ev.valueOf(given, value.call.frame) : value;
  const description = knownText(memberOf(own, 'description')?.value());
  const schema = memberOf(own, 'inputSchema')?.value();
  const made = schema?.kind === 'symbol' && schema.call !== undefined && /^ai\.jsonSchema\(\)$/.test(schema.name) ? schema.call : undefined;
  const argument = made && argumentAt(made.expr, 0);
  const json = made && argument && jsonOf(ev.valueOf(argument, made.frame));
  return { ...(description === undefined ? {} : { description }), ...(json === undefined ? noSchema : { inputSchema: { json } }) };
};

/** The tools of a request, in whatever way its client takes them. */
export const addTools = (list: BlockList, ev: Evaluator, value: Value, spot: Spot): void => {
  const { dialect } = list.draft.sent;
  const read = dialect === 'messages' ? messagesTool : dialect === 'converse' || dialect === 'nova' ? converseBlock : functionTool;
  if (dialect === 'ai-sdk' && value.kind === 'object') {
    // Each member is a tool; markers on them are dropped.
    const empty: ObjectValue = { ...value, entries: [], open: undefined };
    for (const entry of value.entries) {
      const json: Json = { name: entry.key, ...madeTool(ev, entry.value()) };
      addJson(list, 'toolSpec', empty, entry.spot, {}, () => json);
    }
    if (value.open !== undefined) addBlocks(list, { kind: 'unknown', hole: value.open, alternatives: [], keepsName: false }, spot, read);
    return;
  }
  if (value.kind !== 'list') return addBlocks(list, value, spot, read);
  for (const item of value.items) {
    const own = item.gap === undefined ? item.value() : undefined;
    const at = own && itemSpot(item, own, spot);
    const text = own && knownText(own);
    if (text !== undefined && at !== undefined) namedTool(list, text, at, item.item);
    else if (own === undefined || at === undefined || !asTool(list, own, at, item.item))
      addBlocks(list, { ...value, items: [item] }, spot, read);
  }
};
