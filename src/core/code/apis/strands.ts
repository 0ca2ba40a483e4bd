import { argumentNamed, spotAt } from '../evaluate/evaluator';
import type { Value } from '../values/value';
import { givenByName, type Given } from './arguments';
import { importsOther, namesOther } from './providers';
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

/** The model of an agent; `undefined` where it is none of Bedrock. */
const modelOf = (
  slot: Slot | undefined,
  ev: Parameters<Recognizer>[0]['ev'],
  frame: Parameters<Recognizer>[0]['frame'],
): Model | undefined => {
  if (slot === undefined) return importsOther(frame, /^strands\.models/) ? undefined : nothing;
  const { value } = slot;
  if (value.kind === 'text') return { ...nothing, id: slot };
  if (value.kind === 'symbol' && bedrockModel.test(value.name) && value.call !== undefined) {
    const { expr, frame: made } = value.call;
    const given = givenByName({ ev, frame: made, site: { call: expr, scope: made.scope } }, ['boto_session']);
    return { id: given.get('model_id'), ...pointsOf(given) };
  }
  if (value.kind === 'instance' && value.call !== undefined && value.of.scope.bases.length > 0) {
    const base = ev.valueOf(value.of.scope.bases[0] ?? value.call.expr, value.of.frame);
    const id = argumentNamed(value.call.expr, 'model_id');
    if (base.kind === 'symbol' && /BedrockModel$/.test(base.name))
      return { ...nothing, id: id && { value: ev.valueOf(id, value.call.frame), spot: spotAt(id, value.call.frame) } };
  }
  const likely =
    value.kind === 'unknown'
      ? value.alternatives.filter((one) => one.kind === 'text' || (one.kind === 'symbol' && bedrockModel.test(one.name)))
      : [];
  if (namesOther(value)) return undefined;
  const [only] = likely;
  if (only !== undefined && likely.length === 1) return modelOf({ value: only, spot: slot.spot }, ev, frame);
  return value.kind !== 'unknown' && value.kind !== 'constant' && value.kind !== 'symbol'
    ? undefined
    : importsOther(frame, /^strands\.models/)
      ? undefined
      : nothing;
};

/** Strands: `Agent(model=…, system_prompt=…, tools=…)`. */
export const strands: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  const { callee } = site.call;
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.name : '';
  if (last !== 'Agent' || frame.module.language !== 'python') return undefined;
  const agent = ev.valueOf(callee, frame);
  if (agent.kind !== 'symbol' || !/^strands(?:\.agent)?(?:\.agent)?\.Agent$/.test(agent.name)) return undefined;
  const given = givenByName(asked, ['model', 'messages', 'tools', 'system_prompt']);
  const model = modelOf(given.get('model'), ev, frame);
  if (model === undefined) return undefined;
  const tools = given.get('tools');
  const system = given.get('system_prompt');
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
