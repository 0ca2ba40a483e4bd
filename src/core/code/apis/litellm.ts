import { argumentNamed } from '../evaluate/evaluator';
import { cut, flat } from '../values/pieces';
import { knownText, memberOf, textValue, type Value } from '../values/value';
import { givenByName } from './arguments';
import type { AddedPoint, Recognizer, Slot } from './sent';

const callees = /(?:^|\.)(?:completion|acompletion|batch_completion)$/;
const route = /^bedrock\/(?:(?:converse|converse_like|invoke|claude3|llama)\/)?/;

/** The model behind the route of a name, as `bedrock/converse/…`; `undefined` where it is another provider's, or not known. */
const modelOf = (slot: Slot | undefined): Slot | undefined => {
  if (slot?.value.kind === 'unknown') {
    // One after another: all of them are Bedrock's.
    const { alternatives } = slot.value;
    const models = alternatives.flatMap((value) => modelOf({ ...slot, value })?.value ?? []);
    return models.length === 0 || models.length < alternatives.length
      ? undefined
      : { ...slot, value: { ...slot.value, alternatives: models } };
  }
  if (slot?.value.kind !== 'text') return undefined;
  const text = flat(slot.value.pieces);
  const found = route.exec(text);
  return found === null ? undefined : { ...slot, value: textValue(cut(slot.value.pieces, found[0].length, text.length)) };
};

/** Where the client puts points by itself. */
const injected = (value: Value | undefined): readonly AddedPoint[] => {
  if (value?.kind !== 'list') return [];
  return value.items.flatMap((item): readonly AddedPoint[] => {
    const object = item.gap === undefined ? item.value() : undefined;
    if (object?.kind !== 'object') return [];
    const text = (name: string): string | undefined => knownText(memberOf(object, name)?.value());
    const index = memberOf(object, 'index')?.value();
    const behind =
      text('location') === 'tool_config'
        ? 'tools'
        : text('role') === 'system'
          ? 'system'
          : index?.kind === 'constant' && index.value === -1
            ? 'lastMessage'
            : undefined;
    return behind === undefined ? [] : [{ behind, ttl: text('ttl'), spot: object.spot }];
  });
};

/** LiteLLM: `completion(model="bedrock/…", messages=[…])`. */
export const litellm: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  const { callee } = site.call;
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.name : '';
  if (
    !/completion$/.test(last) ||
    frame.module.language !== 'python' ||
    (argumentNamed(site.call, 'messages') === undefined && site.call.args.length < 1)
  )
    return undefined;
  const fn = ev.valueOf(callee, frame);
  const isKnown = fn.kind === 'symbol' && callees.test(fn.name) && /^litellm/.test(fn.name);
  const isPerhaps = fn.kind === 'unknown' && callees.test(last);
  if (!isKnown && !isPerhaps) return undefined;
  const given = givenByName(asked, ['model', 'messages']);
  const modelId = modelOf(given.get('model'));
  if (modelId === undefined) return undefined;
  return {
    api: 'converse',
    client: 'litellm',
    dialect: 'openai',
    site,
    frame,
    modelId,
    system: undefined,
    messages: given.get('messages'),
    tools: given.get('tools'),
    fields: [],
    open: given.open,
    isAgent: false,
    lost: [],
    added: injected(given.get('cache_control_injection_points')?.value),
  };
};
