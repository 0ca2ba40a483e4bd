import { argumentAt, spotAt } from '../evaluate/evaluator';
import { knownText, type SymbolValue, type Value } from '../values/value';
import { givenByName, givenByObject } from './arguments';
import { messagesSent } from './aws';
import type { Recognizer } from './sent';

const methods = /^(?:create|stream|parse|countTokens|count_tokens)$/;
const bedrockClient = /(?:^|\.)(?:Async)?AnthropicBedrock(Mantle)?\(\)$|^@anthropic-ai\/bedrock-sdk\.default\(\)$/;

interface Client {
  /** `maybe`: nothing but the model's id tells. */
  readonly kind: 'yes' | 'maybe' | 'no';
  readonly isMantle: boolean;
}

/** What `messages` is a member of. */
const clientOf = (receiver: Value): Client => {
  if (receiver.kind === 'unknown')
    return receiver.alternatives.map(clientOf).find(({ kind }) => kind !== 'maybe') ?? { kind: 'maybe', isMantle: false };
  if (receiver.kind !== 'symbol') return { kind: 'no', isMantle: false };
  for (let at: SymbolValue | undefined = receiver; at !== undefined; at = at.object) {
    const found = bedrockClient.exec(at.name);
    if (found !== null) return { kind: 'yes', isMantle: found[1] !== undefined };
  }
  return { kind: /^(?:anthropic|@anthropic-ai|openai)\b/.test(receiver.name) ? 'no' : 'maybe', isMantle: false };
};

/** Anthropic's own clients for Bedrock, in Python and in TypeScript: `client.messages.create(…)`. */
export const anthropic: Recognizer = (asked) => {
  const { ev, frame, site } = asked;
  const { callee } = site.call;
  if (callee.kind !== 'member' || !methods.test(callee.name) || callee.object.kind !== 'member' || callee.object.name !== 'messages')
    return undefined;
  const { kind, isMantle } = clientOf(ev.valueOf(callee.object.object, frame));
  if (kind === 'no') return undefined;
  const input = argumentAt(site.call, 0);
  const given =
    frame.module.language === 'python' ? givenByName(asked) : input && givenByObject(ev.valueOf(input, frame), spotAt(input, frame));
  if (given === undefined) return undefined;
  const modelId = given.get('model');
  if (kind === 'maybe' && !/(?:^|\.)anthropic\.claude/.test(knownText(modelId?.value) ?? '')) return undefined;
  const sent = messagesSent({ client: 'anthropic', site, frame }, given, modelId, !isMantle);
  return isMantle ? { ...sent, isMantle } : sent;
};
