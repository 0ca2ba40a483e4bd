import { emptyHeader, type Block, type Gap, type MarkerBlock, type Message, type Prompt } from '../../prompt/model';
import type { Located, Span } from '../../text/span';
import { member, stringValue, type Tree } from '../../text/tree';
import { noWriter } from '../noWriter';
import { sourceList } from '../sourceList';
import { bedrockModel } from './bedrockModel';
import type { Finder, StoredDocument } from './document';
import { entriesOf, type NamedPrompt } from './entries';

type Field = Gap['field'];

/** Where the proxy puts a cache point: by the role of messages, by their index, or after the tools. */
const fieldOf = (point: Tree): Field => {
  if (stringValue(member(point, 'location')) === 'tool_config') return 'tools';
  return stringValue(member(point, 'role')) === 'system' ? 'system' : 'messages';
};

const ttlOf = (point: Tree): Located<string> | undefined => {
  const ttl = member(member(point, 'control'), 'ttl') ?? member(point, 'ttl');
  const value = stringValue(ttl);
  return ttl === undefined || value === undefined ? undefined : { value, span: ttl.span };
};

/** What a route of the proxy adds to each request of which nothing else is known. */
const readRoute = (
  { text, problems, isJson, ignores }: StoredDocument,
  modelId: Located<string>,
  points: readonly Tree[],
  head: Span,
): Prompt => {
  const lists: { readonly tools: Block[]; readonly system: Block[]; readonly messages: Message[] } = {
    tools: [],
    system: [],
    messages: [],
  };
  const gaps: Gap[] = (['tools', 'system', 'messages'] as const).map((field) => ({ field, index: 0, source: undefined, at: head }));
  for (const point of points) {
    const marker: MarkerBlock = { kind: 'cachePoint', ttl: ttlOf(point), span: point.span };
    const field = fieldOf(point);
    if (field !== 'messages') lists[field].push(marker);
    else {
      gaps.push({ field, index: 0, message: lists.messages.length, source: undefined, at: point.span });
      lists.messages.push({ role: 'user', span: point.span, content: [marker] });
    }
  }
  return {
    format: isJson ? 'json' : 'yaml',
    api: 'converse',
    head,
    sources: sourceList(text).all,
    header: { ...emptyHeader, modelId },
    ...lists,
    toolChoice: undefined,
    problems,
    written: [],
    files: [],
    ...(ignores === undefined ? {} : { ignores }),
    open: { gaps, model: false, partly: true, mayMark: false },
    write: noWriter,
  };
};

const routeOf = (document: StoredDocument, route: Tree): NamedPrompt | undefined => {
  const parameters = member(route, 'litellm_params');
  const model = member(parameters, 'model');
  const named = stringValue(model) ?? '';
  const id = named.startsWith('bedrock/') ? bedrockModel(named) : undefined;
  const points = member(parameters, 'cache_control_injection_points');
  if (model === undefined || id === undefined || points?.kind !== 'array' || points.items.length === 0) return undefined;
  const name = member(route, 'model_name');
  const head = name?.span ?? model.span;
  return {
    name: stringValue(name) ?? id,
    head,
    span: route.span,
    read: () => readRoute(document, { value: id, span: model.span }, points.items, head),
  };
};

/** The configuration of a LiteLLM proxy: each route to Bedrock that puts cache points into the requests that pass. */
export const liteLlm: Finder = (document) => {
  const list = member(document.tree, 'model_list');
  return list?.kind === 'array' ? entriesOf(list.items.flatMap((route) => routeOf(document, route) ?? [])) : undefined;
};
