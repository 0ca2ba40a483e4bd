import { argumentAt, isNothing, spotAt } from '../evaluate/evaluator';
import type { CallExpr, Expr } from '../form';
import { lastName } from '../parts';
import { jsonOf } from '../evaluate/json';
import { knownText, type Frame, type SymbolValue, type Value } from '../values/value';
import { settingNames } from '../prompt/settings';
import { givenByName, givenByObject, type Given } from './arguments';
import { apiOfBody, bodyOf, chosenBody } from './body';
import type { Asked, LostMarker, Recognizer, Sent } from './sent';

/** Members of a request of Converse that are read into blocks, not passed through. */
const readMembers: ReadonlySet<string> = new Set(['modelId', 'system', 'messages', 'toolConfig']);

type Base = Pick<Sent, 'client' | 'site' | 'frame'>;

const toolsOf = (config: ReturnType<Given['get']>): Pick<Sent, 'tools'> & { readonly choice: ReturnType<Given['get']> } => {
  if (config === undefined) return { tools: undefined, choice: undefined };
  const inside = givenByObject(config.value, config.spot);
  const whole = config.value.kind === 'object' ? undefined : config;
  return {
    tools: inside.get('tools') ?? (whole !== undefined && isNothing(whole.value) ? undefined : (whole ?? (inside.open && config))),
    choice: inside.get('toolChoice'),
  };
};

export const converseSent = (base: Base, given: Given, modelId = given.get('modelId')): Sent => {
  const { tools, choice } = toolsOf(given.get('toolConfig'));
  const fields = given.names.flatMap((name) => {
    const slot = readMembers.has(name) ? undefined : given.get(name);
    return slot === undefined ? [] : [[name, slot] as const];
  });
  const part = {
    modelId,
    system: given.get('system'),
    messages: given.get('messages'),
    tools,
    toolChoice: choice,
    fields,
    open: given.open,
  };
  return { api: 'converse', dialect: 'converse', ...base, ...part, isAgent: false, lost: [], added: [] };
};

/** A body of InvokeModel, or a request of the Messages API. */
export const bodySent = (base: Base, value: Value, modelId: Sent['modelId'], refusesTop: boolean): Sent | undefined => {
  const id = knownText(modelId?.value);
  const { body, isSure } = chosenBody(value, id);
  const api = apiOfBody(body, id);
  if (api === undefined) return undefined;
  const members = givenByObject(body, spotAt(base.site.call, base.frame));
  const given: Given = isSure || value.kind !== 'unknown' ? members : { ...members, open: members.open ?? value.hole };
  if (api === 'nova') return { ...converseSent(base, given, modelId), api, dialect: 'nova' };
  return messagesSent(base, given, modelId, refusesTop, body);
};

export const messagesSent = (base: Base, given: Given, modelId: Sent['modelId'], refusesTop: boolean, body?: Value): Sent => {
  const top = given.get('cache_control');
  const spot = given.entry('cache_control');
  const lost: LostMarker[] =
    top === undefined || !refusesTop || spot === undefined
      ? []
      : [{ spot, found: 'cache_control', reason: 'wholeBody', client: base.client, refused: true }];
  const added: Sent['added'] =
    top === undefined || refusesTop || spot === undefined ? [] : [{ behind: 'lastMessage', ttl: ttlIn(top.value), spot }];
  const part = {
    modelId,
    system: given.get('system'),
    messages: given.get('messages'),
    tools: given.get('tools'),
    toolChoice: given.get('tool_choice'),
    fields: settingNames.flatMap((name) => {
      const slot = given.get(name);
      // What is not known of a setting says nothing about the prompt.
      return slot === undefined || jsonOf(slot.value) === undefined ? [] : [[name, slot] as const];
    }),
    open: given.open,
  };
  return { api: 'messages', dialect: 'messages', ...base, ...part, isAgent: false, lost, added, ...(body === undefined ? {} : { body }) };
};

export const ttlIn = (value: Value): string | undefined =>
  value.kind === 'object' ? knownText(value.entries.find(({ key }) => key === 'ttl')?.value()) : undefined;

const methods = new Set(['converse', 'converse_stream', 'invoke_model', 'invoke_model_with_response_stream', 'count_tokens']);

/** Is a receiver the client of Bedrock's runtime: surely, perhaps, or surely not? */
const clientKind = (receiver: Value, { ev }: Asked): 'yes' | 'maybe' | 'no' => {
  if (receiver.kind === 'unknown')
    return receiver.alternatives.some((one) => one.kind === 'symbol' && /client\(\)$/.test(one.name)) ? 'yes' : 'maybe';
  if (receiver.kind === 'constant') return receiver.value === null ? 'maybe' : 'no';
  if (receiver.kind !== 'symbol') return 'no';
  for (let at: SymbolValue | undefined = receiver; at !== undefined; at = at.object) {
    if (!/(?:^|\.)client\(\)$/.test(at.name) || at.call === undefined) continue;
    const { expr, frame } = at.call;
    const name = expr.args.find((one) => one.name === 'service_name')?.value ?? argumentAt(expr, 0);
    const service = name && knownText(ev.valueOf(name, frame));
    return service === undefined ? 'maybe' : service === 'bedrock-runtime' ? 'yes' : 'no';
  }
  return /^(?:boto3|aioboto3|aiobotocore)\b/.test(receiver.name)
    ? 'maybe'
    : /^(?:anthropic|openai|langchain|strands|litellm|unittest|mock|pytest_mock)/.test(receiver.name)
      ? 'no'
      : 'maybe';
};

const kwargs = /^(?:modelId|messages|system|toolConfig|inferenceConfig|body|input)$/;

/** The request that a method of boto3's client sends, given its name and what it is called with. */
const sentBy = (method: string, given: Given, base: Base): Sent | undefined => {
  if (method.startsWith('converse')) return converseSent(base, given);
  if (method === 'count_tokens') {
    const input = given.get('input');
    const inside = input && givenByObject(input.value, input.spot);
    const request = inside?.get('converse');
    if (request !== undefined) return converseSent(base, givenByObject(request.value, request.spot), given.get('modelId'));
    const invoked = inside?.get('invokeModel');
    const body = invoked && bodyOf(givenByObject(invoked.value, invoked.spot).get('body')?.value);
    return body && bodySent(base, body, given.get('modelId'), true);
  }
  const body = bodyOf(given.get('body')?.value);
  return body && bodySent(base, body, given.get('modelId'), true);
};

/** Functions that call another one with what they are given, and which argument that is. */
const passing: Readonly<Record<string, number>> = {
  to_thread: 0,
  partial: 0,
  run_in_executor: 1,
  submit: 0,
  run_sync: 0,
  run_in_threadpool: 0,
};

/** What is handed on together with its arguments. */
export interface HandedOn {
  readonly fn: Expr;
  /** The call that it becomes. */
  readonly call: CallExpr;
  /** Is it only prepared for a later call? */
  readonly isPrepared: boolean;
}

export const handedOn = (call: CallExpr): HandedOn | undefined => {
  const last = lastName(call);
  const at = Object.hasOwn(passing, last) ? passing[last] : undefined;
  const fn = at === undefined ? undefined : argumentAt(call, at);
  if (fn === undefined || at === undefined) return undefined;
  return { fn, call: { ...call, callee: fn, args: call.args.slice(at + 1) }, isPrepared: last === 'partial' };
};

/** boto3 and aioboto3: `converse`, `invoke_model` and their kin. */
export const boto3: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  if (frame.module.language !== 'python') return undefined;
  const handed = handedOn(site.call);
  const callee = handed?.fn ?? site.call.callee;
  if (callee.kind !== 'member' || !methods.has(callee.name)) return undefined;
  const kind = clientKind(ev.valueOf(callee.object, frame), asked);
  const given = givenByName(asked);
  // What is only prepared for a later call is none yet.
  if (handed?.isPrepared === true && !given.names.includes('messages') && !given.names.includes('body')) return undefined;
  const named = given.names.some((name) => kwargs.test(name));
  if (kind === 'no' || (kind === 'maybe' && !isLikely(callee.name, given, frame)) || (!named && given.open === undefined)) return undefined;
  return sentBy(callee.name, given, { client: 'boto3', site, frame });
};

/** Of a receiver that is not known, only the names of the arguments tell, or the file where all of them are handed on. */
const isLikely = (method: string, given: Given, { module }: Frame): boolean => {
  if (given.names.length === 0 && given.open !== undefined) return method.startsWith('converse') && /bedrock/i.test(module.source.text);
  const has = (name: string): boolean => given.names.includes(name);
  if (method.startsWith('converse'))
    return has('modelId') || (has('messages') && (has('inferenceConfig') || has('system') || has('toolConfig')));
  return method === 'count_tokens' ? has('input') && has('modelId') : has('body') && (has('modelId') || given.open !== undefined);
};

const commands: Readonly<Record<string, string>> = {
  ConverseCommand: 'converse',
  ConverseStreamCommand: 'converse_stream',
  InvokeModelCommand: 'invoke_model',
  InvokeModelWithResponseStreamCommand: 'invoke_model_with_response_stream',
  CountTokensCommand: 'count_tokens',
};
const clientMethods: Readonly<Record<string, string>> = {
  converse: 'converse',
  converseStream: 'converse_stream',
  invokeModel: 'invoke_model',
  invokeModelWithResponseStream: 'invoke_model_with_response_stream',
  countTokens: 'count_tokens',
};
const sdk = '@aws-sdk/client-bedrock-runtime';

const commandOf = ({ ev, frame, site: { call } }: Asked): string | undefined => {
  const { callee } = call;
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.name : '';
  if (call.isNew) {
    const value = ev.valueOf(callee, frame);
    // Loaded when it is needed, it may come in ways that are not followed.
    const isFollowed = value.kind !== 'unknown' && !(value.kind === 'symbol' && value.name.includes('()'));
    const isLate = !isFollowed && frame.module.source.text.includes(sdk);
    const name = isLate
      ? last
      : value.kind === 'symbol' && value.name.startsWith(`${sdk}.`)
        ? value.name.slice(value.name.lastIndexOf('.') + 1)
        : '';
    return Object.hasOwn(commands, name) ? commands[name] : undefined;
  }
  if (callee.kind !== 'member' || !Object.hasOwn(clientMethods, last)) return undefined;
  const receiver = ev.valueOf(callee.object, frame);
  return receiver.kind === 'symbol' && receiver.name.startsWith(`${sdk}.`) ? clientMethods[last] : undefined;
};

/** AWS SDK for JavaScript, version 3: commands, and the methods of the whole client. */
export const awsSdk: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  if (frame.module.language !== 'typescript') return undefined;
  const method = commandOf(asked);
  const input = method === undefined ? undefined : argumentAt(site.call, 0);
  if (method === undefined || input === undefined) return undefined;
  const given = givenByObject(ev.valueOf(input, frame), spotAt(input, frame));
  return sentBy(method, given, { client: 'aws-sdk-js', site, frame });
};
