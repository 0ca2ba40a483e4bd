import { argumentAt, spotAt, type Evaluator } from '../evaluate/evaluator';
import { made } from '../values/pieces';
import { memberOf, textValue, valueAt, type Spot, type SymbolValue, type Value } from '../values/value';
import { givenByObject, type Given } from './arguments';
import type { LostMarker, Recognizer, Sent, Slot } from './sent';

const calls = /^(?:generateText|streamText|generateObject|streamObject)$/;
const agents = /^(?:ToolLoopAgent|Experimental_Agent|Agent)$/;
const provider =
  /^@ai-sdk\/amazon-bedrock(\/anthropic)?\.(?:(?:amazonBedrock|bedrock)(?:Anthropic)?|create(?:Amazon)?(?:Anthropic)?Bedrock(?:Anthropic)?\(\))(?:\.\w+)?\(\)$/;

interface Model {
  readonly modelId: Slot | undefined;
  /** Its provider sends Messages bodies, and reads the markers of Anthropic's provider. */
  readonly isAnthropic: boolean;
}

/** The model on Bedrock that a value is; `undefined` where it is none. */
const modelOf = (value: Value, ev: Evaluator, depth = 0): Model | undefined => {
  if (value.kind === 'unknown') return depth > 4 ? undefined : value.alternatives.flatMap((one) => modelOf(one, ev, depth + 1) ?? [])[0];
  if (value.kind !== 'symbol' || value.call === undefined) return undefined;
  const found = provider.exec(value.name);
  const { expr, frame } = value.call;
  if (found !== null) {
    const id = argumentAt(expr, 0);
    return { modelId: id && { value: ev.valueOf(id, frame), spot: spotAt(id, frame) }, isAnthropic: found[1] !== undefined };
  }
  if (!/^ai\.wrapLanguageModel\(\)$/.test(value.name)) return undefined;
  const options = argumentAt(expr, 0);
  const inner = options && valueAt(ev.valueOf(options, frame), 'model');
  return inner && modelOf(inner, ev, depth + 1);
};

/** A marker on the call itself becomes a member of the body that the service does not know. */
const onCall = (given: Given): readonly LostMarker[] => {
  const options = given.get('providerOptions')?.value;
  const own = valueAt(options, 'bedrock') ?? valueAt(options, 'amazonBedrock');
  const entry = memberOf(own, 'cachePoint') ?? memberOf(own, 'cacheControl') ?? memberOf(valueAt(options, 'anthropic'), 'cacheControl');
  return entry === undefined
    ? []
    : [{ spot: entry.spot, found: entry.key, reason: 'onCall', client: 'ai-sdk', refused: entry.key === 'cachePoint' }];
};

/** Markers on tools are dropped. */
const onTools = (tools: Slot | undefined, ev: Evaluator): readonly LostMarker[] => {
  if (tools?.value.kind !== 'object') return [];
  return tools.value.entries.flatMap((entry): readonly LostMarker[] => {
    const value = entry.value();
    const given = value.kind === 'symbol' && value.call !== undefined ? argumentAt(value.call.expr, 0) : undefined;
    const made = value.kind === 'symbol' ? given && value.call && ev.valueOf(given, value.call.frame) : value;
    const options = valueAt(made, 'providerOptions');
    const marker = memberOf(valueAt(options, 'bedrock'), 'cachePoint') ?? memberOf(valueAt(options, 'anthropic'), 'cacheControl');
    return marker === undefined ? [] : [{ spot: marker.spot, found: marker.key, reason: 'onTool', client: 'ai-sdk', refused: false }];
  });
};

const asUser = ({ value, spot }: Slot): Slot => {
  const entry = (key: string, own: Value, at: Spot) => ({ key, value: () => own, spot: at, entry: undefined, maybe: false });
  const message: Value = {
    kind: 'object',
    open: undefined,
    spot,
    entries: [entry('role', textValue([made('user', spot)]), spot), entry('content', value, spot)],
  };
  return { spot, value: { kind: 'list', sort: 'list', spot, items: [{ value: () => message, gap: undefined, item: undefined }] } };
};

const isMessages = ({ value }: Slot): boolean => value.kind === 'list';

const isImported = (value: Value): value is SymbolValue => value.kind === 'symbol' && /^ai\./.test(value.name);

/** Vercel's AI SDK: `generateText({ model: bedrock(…), … })` and its kin. */
export const aiSdk: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  const { callee } = site.call;
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.name : '';
  const isAgent = agents.test(last);
  if (frame.module.language !== 'typescript' || !(isAgent || calls.test(last)) || !isImported(ev.valueOf(callee, frame))) return undefined;
  const input = argumentAt(site.call, 0);
  if (input === undefined) return undefined;
  const given = givenByObject(ev.valueOf(input, frame), spotAt(input, frame));
  const chosen = given.get('model');
  const model = chosen && modelOf(chosen.value, ev);
  if (model === undefined) return undefined;
  const [prompt, tools] = [given.get('prompt'), given.get('tools')];
  const messages = given.get('messages') ?? (prompt && (isMessages(prompt) ? prompt : asUser(prompt)));
  return {
    api: model.isAnthropic ? 'messages' : 'converse',
    client: 'ai-sdk',
    dialect: 'ai-sdk',
    site,
    frame,
    modelId: model.modelId,
    system: given.get('system') ?? given.get('instructions'),
    messages,
    tools,
    fields: [],
    open: given.open,
    isAgent,
    lost: [...onCall(given), ...onTools(tools, ev)],
    added: [],
  } satisfies Sent;
};
