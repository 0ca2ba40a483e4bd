import { argumentNamed, sourceAt, spotAt } from '../evaluate/evaluator';
import { knownText, type Value } from '../values/value';
import { givenTo, type Given } from './arguments';
import { importsOther, namesOther, otherProvider } from './providers';
import type { AddedPoint, LostMarker, Recognizer, Slot } from './sent';

/** What a model of the framework says of itself. */
interface Model {
  readonly id: Slot | undefined;
  readonly added: readonly AddedPoint[];
  readonly lost: readonly LostMarker[];
}

const nothing: Model = { id: undefined, added: [], lost: [] };

const isOn = (value: Value | undefined): boolean =>
  value !== undefined && !(value.kind === 'constant' && (value.value === null || value.value === false)) && value.kind !== 'unknown';

const pointsOf = (given: Given): Pick<Model, 'added' | 'lost'> => {
  const point = (name: string, behind: AddedPoint['behind']): readonly AddedPoint[] => {
    const [slot, spot] = [given.get(name), given.entry(name)];
    return spot !== undefined && isOn(slot?.value) ? [{ behind, ttl: undefined, spot }] : [];
  };
  const prompt = point('cache_prompt', 'system');
  const lost = prompt.map(({ spot }): LostMarker => ({
    spot,
    found: 'cache_prompt',
    reason: 'deprecated',
    client: 'strands',
    refused: false,
  }));
  return { added: [...point('cache_tools', 'tools'), ...prompt], lost };
};

const bedrockModel = /(?:^|\.)BedrockModel\(\)$/;
const modelModules = /^(?:strands\.models|@strands-agents\/sdk)/;
const agentClass = /^(?:strands(?:\.agent)?(?:\.agent)?|@strands-agents\/sdk)\.Agent$/;

/** Ids of Bedrock begin with a provider or are ARNs. */
const bedrockId = /^(?:arn:|[a-z-]+\.[a-z])/i;

/** Is a name no id of Bedrock, and called after another provider where it is given? */
const isOthersId = ({ value, spot }: Slot): boolean => {
  const id = knownText(value);
  return id !== undefined && !bedrockId.test(id) && otherProvider.test(sourceAt(spot));
};

/** The model of an agent; `undefined` where it is none of Bedrock. */
const modelOf = (
  slot: Slot | undefined,
  ev: Parameters<Recognizer>[0]['ev'],
  frame: Parameters<Recognizer>[0]['frame'],
): Model | undefined => {
  if (slot === undefined) return importsOther(frame, modelModules) ? undefined : nothing;
  const { value } = slot;
  if (value.kind === 'text') return isOthersId(slot) ? undefined : { ...nothing, id: slot };
  if (value.kind === 'symbol' && bedrockModel.test(value.name) && value.call !== undefined) {
    const { expr, frame: made } = value.call;
    const given = givenTo({ ev, frame: made, site: { call: expr, scope: made.scope } }, ['boto_session']);
    return { id: given.get('model_id') ?? given.get('modelId'), ...pointsOf(given) };
  }
  if (value.kind === 'instance' && value.call !== undefined && value.of.scope.bases.length > 0) {
    const base = ev.valueOf(value.of.scope.bases[0] ?? value.call.expr, value.of.frame);
    const id = argumentNamed(value.call.expr, 'model_id');
    if (base.kind === 'symbol' && /BedrockModel$/.test(base.name))
      return { ...nothing, id: id && { value: ev.valueOf(id, value.call.frame), spot: spotAt(id, value.call.frame) } };
  }
  const may = value.kind === 'unknown' ? value.alternatives : [];
  const named = may.filter((one) => one.kind === 'symbol' && bedrockModel.test(one.name));
  // One that is named is ours, whatever else may take its place.
  if (named.length === 0 && namesOther(value)) return undefined;
  const likely = named.length > 0 ? named : may.filter(({ kind }) => kind === 'text');
  const [only] = likely;
  if (only !== undefined && likely.length === 1) return modelOf({ value: only, spot: slot.spot }, ev, frame);
  if (named.length > 0) return nothing;
  return value.kind !== 'unknown' && value.kind !== 'constant' && value.kind !== 'symbol'
    ? undefined
    : importsOther(frame, modelModules)
      ? undefined
      : nothing;
};

/** Strands: `Agent(model=…, system_prompt=…, tools=…)`. */
export const strands: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  const { callee } = site.call;
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.name : '';
  if (last !== 'Agent') return undefined;
  const agent = ev.valueOf(callee, frame);
  if (agent.kind !== 'symbol' || !agentClass.test(agent.name)) return undefined;
  const given = givenTo(asked, ['model', 'messages', 'tools', 'system_prompt']);
  const model = modelOf(given.get('model'), ev, frame);
  if (model === undefined) return undefined;
  const tools = given.get('tools');
  const system = given.get('system_prompt') ?? given.get('systemPrompt');
  const behind: Record<AddedPoint['behind'], Slot | undefined> = { tools, system, lastMessage: undefined };
  return {
    api: 'converse',
    client: 'strands',
    dialect: 'converse',
    site,
    frame,
    modelId: model.id,
    system,
    messages: given.get('messages'),
    tools,
    fields: [],
    open: given.open,
    isAgent: true,
    lost: model.lost,
    added: model.added.filter((point) => behind[point.behind] !== undefined),
  };
};
