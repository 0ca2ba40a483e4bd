import { argumentAt, argumentNamed, isNothing, spotAt } from '../evaluate/evaluator';
import type { Expr } from '../form';
import { cut, flat } from '../values/pieces';
import { knownText, textValue, type Frame, type SymbolValue, type Value } from '../values/value';
import { givenByName, givenTo, type Given } from './arguments';
import { ttlIn } from './aws';
import type { AddedPoint, Asked, Recognizer, Sent, Slot } from './sent';

/** A chat model of LangChain on Bedrock. */
interface Chat {
  readonly api: 'converse' | 'messages';
  readonly modelId: Slot | undefined;
  readonly tools: Slot | undefined;
  /** What it was made with, before all messages. */
  readonly system?: Slot | undefined;
}

const converseModel = /(?:^|\.)ChatBedrockConverse\(\)$/;
const invokeModel = /(?:^|\.)(?:ChatBedrock|BedrockChat)\(\)$/;
const anyModel = /(?:^|\.)(?:init_chat_model|initChatModel)\(\)$/;

const slotOf = (expr: Expr | undefined, ev: Asked['ev'], frame: Frame): Slot | undefined =>
  expr && { value: ev.valueOf(expr, frame), spot: spotAt(expr, frame) };

/** A model that is named together with its provider: `bedrock_converse:us.anthropic…`. */
const named = (slot: Slot | undefined, provider: string | undefined): Slot | undefined => {
  if (slot?.value.kind !== 'text') return undefined;
  const text = flat(slot.value.pieces);
  const prefix = /^bedrock(?:_converse)?:/.exec(text)?.[0];
  if (prefix !== undefined) return { ...slot, value: textValue(cut(slot.value.pieces, prefix.length, text.length)) };
  return provider !== undefined && /^bedrock/.test(provider) ? slot : undefined;
};

const chatMade = (symbol: SymbolValue, ev: Asked['ev']): Omit<Chat, 'tools'> | undefined => {
  const { name, call } = symbol;
  if (call === undefined) return undefined;
  const given = givenTo({ ev, frame: call.frame, site: { call: call.expr, scope: call.frame.scope } }, ['model']);
  const modelId = given.get('model') ?? given.get('model_id') ?? given.get('modelId');
  if (converseModel.test(name)) return { api: 'converse', modelId, system: given.get('system') };
  if (invokeModel.test(name)) {
    const converse = given.get('beta_use_converse_api')?.value;
    if (converse !== undefined && !isNothing(converse)) return { api: 'converse', modelId };
    const id = knownText(modelId?.value);
    // Nova is asked by Converse, whatever the class.
    if (converse === undefined && id !== undefined && /amazon\.nova/.test(id)) return { api: 'converse', modelId };
    // Models of others have bodies of their own.
    return id !== undefined && !/claude|anthropic|^arn:/.test(id) ? undefined : { api: 'messages', modelId };
  }
  const any = anyModel.test(name) ? named(modelId, knownText(given.get('model_provider')?.value)) : undefined;
  return any && { api: 'converse', modelId: any };
};

/** The chat model that a value is, through `bind_tools` and its kin. */
export const chatOf = (value: Value, ev: Asked['ev']): Chat | undefined => {
  if (value.kind === 'unknown') {
    // One that is named is ours, whatever else may take its place.
    return value.alternatives.flatMap((one) => chatOf(one, ev) ?? [])[0];
  }
  if (value.kind !== 'symbol') return undefined;
  let tools: Slot | undefined;
  for (let at: SymbolValue | undefined = value; at !== undefined; at = at.object) {
    if (/\.bind_?[tT]ools\(\)$/.test(at.name) && at.call !== undefined)
      tools ??= slotOf(argumentAt(at.call.expr, 0) ?? argumentNamed(at.call.expr, 'tools'), ev, at.call.frame);
    const made = chatMade(at, ev);
    if (made !== undefined) return { ...made, tools };
  }
  return undefined;
};

const sentWith = (asked: Pick<Asked, 'site' | 'frame'>, chat: Chat, messages: Slot | undefined, more: Partial<Sent> = {}): Sent => ({
  api: chat.api,
  client: 'langchain',
  dialect: 'langchain',
  site: asked.site,
  frame: asked.frame,
  modelId: chat.modelId,
  system: chat.system,
  messages,
  tools: chat.tools,
  fields: [],
  open: undefined,
  isAgent: false,
  lost: [],
  added: [],
  ...more,
});

/** Points that the client adds for the argument `cache_control`. */
const addedBy = (given: Given): readonly AddedPoint[] => {
  const [control, spot] = [given.get('cache_control'), given.entry('cache_control')];
  if (control === undefined || spot === undefined || isNothing(control.value)) return [];
  const ttl = ttlIn(control.value);
  return [
    { behind: 'system', ttl, spot },
    { behind: 'tools', ttl, spot },
    { behind: 'lastMessage', ttl, spot },
  ];
};

/** Is it what a chain is given, and not messages: a mapping of values? */
const isInput = (value: Value): boolean => value.kind === 'object';

const invoked = (asked: Asked, receiver: Value): Sent | undefined => {
  const chat = chatOf(receiver, asked.ev);
  const given = givenByName(asked, ['input']);
  const input = given.get('input') ?? given.get('messages');
  if (chat === undefined || input === undefined || isInput(input.value)) return undefined;
  return sentWith(asked, chat, input, { added: addedBy(given).filter(({ behind }) => behind !== 'tools' || chat.tools !== undefined) });
};

const agentName = /(?:^|\.)(?:create_(?:react_|tool_calling_)?agent|create(?:React|ToolCalling)?Agent)$/;

const systemNames = ['system_prompt', 'systemPrompt', 'prompt', 'state_modifier', 'stateModifier', 'messages_modifier', 'messageModifier'];

const madeAgent = (asked: Asked, name: string): Sent | undefined => {
  const given = givenTo(asked, ['model', 'tools']);
  const model = given.get('model') ?? given.get('llm');
  if (model === undefined || !agentName.test(name)) return undefined;
  const byName = named(model, undefined);
  const chat: Chat | undefined =
    byName === undefined ? chatOf(model.value, asked.ev) : { api: 'converse', modelId: byName, tools: undefined };
  if (chat === undefined) return undefined;
  const system = systemNames.map((one) => given.get(one)).find((one) => one !== undefined);
  return sentWith(asked, chat, undefined, { isAgent: true, tools: given.get('tools') ?? chat.tools, system, open: given.open });
};

const invoking = /^a?(?:invoke|stream|batch)$/;

/** LangChain: a chat model that is invoked, and agents. */
export const langchain: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  const { callee } = site.call;
  if (callee.kind === 'member' && invoking.test(callee.name)) return invoked(asked, ev.valueOf(callee.object, frame));
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.name : '';
  if (!/[aA]gent$/.test(last)) return undefined;
  const fn = ev.valueOf(callee, frame);
  return fn.kind === 'symbol' && /^@?lang(?:chain|graph)/.test(fn.name) ? madeAgent(asked, fn.name) : undefined;
};

/** Does a library's thing make messages of a template? */
export const isTemplate = (value: Value): value is SymbolValue =>
  value.kind === 'symbol' && /(?:^|\.)(?:ChatPromptTemplate|PromptTemplate)(?:\.from_?\w+)?\(\)(?:\.partial\(\))?$/.test(value.name);

/** The steps of a chain, in their order: `a | b`, `a.pipe(b)`. */
const stepsOf = (ev: Asked['ev'], expr: Expr, frame: Frame): readonly Value[] => {
  if (expr.kind === 'call' && expr.callee.kind === 'member' && expr.callee.name === 'pipe') {
    const next = argumentAt(expr, 0);
    return [...stepsOf(ev, expr.callee.object, frame), ...(next === undefined ? [] : [ev.valueOf(next, frame)])];
  }
  const value = ev.valueOf(expr, frame);
  return value.kind === 'list' ? value.items.flatMap((item) => (item.gap === undefined ? [item.value()] : [])) : [value];
};

/** A chain: a template, a model on Bedrock, and what comes behind them. */
export const langchainChain = (asked: Asked, expr: Expr): Sent | undefined => {
  const { ev, frame } = asked;
  const values = stepsOf(ev, expr, frame);
  const at = values.findIndex((value) => chatOf(value, ev) !== undefined);
  const model = values[at];
  const template = values.slice(0, Math.max(0, at)).findLast((value) => isTemplate(value) || value.kind === 'text');
  const chat = model && chatOf(model, ev);
  if (chat === undefined || template === undefined) return undefined;
  const spot = template.kind === 'symbol' ? template.spot : spotAt(expr, frame);
  return sentWith(asked, chat, { value: template, spot });
};
