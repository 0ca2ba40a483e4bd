import { profilePrefixes } from '../models/profiles';
import { entryOf, resolveModel, type Resolution, type ResolveOptions } from '../models/resolve';
import type { ModelEntry } from '../models/types';
import type { Block, MarkerBlock, Message, Prompt } from '../prompt/model';
import { addressOf } from '../request/address';
import type { Door, DoorChoice } from '../request/types';
import { calledBy } from '../service/called';
import { levelOf } from '../service/refusals';
import { entryOf as memberOf, member, stringValue } from '../text/tree';
import { cacheControl } from './messagesTree';

/** Is it served on bedrock-mantle and nowhere else? */
const isOnMantleOnly = (model: ModelEntry | undefined): boolean => model?.surfaces.every((surface) => surface === 'mantle') === true;

/** Does a model answer tools in one piece only, for sure or by some reports? Converse takes them in either case. */
const refusesToolStream = ({ tools }: Pick<Prompt, 'tools'>, resolution: Resolution): boolean => {
  const called = tools.length > 0 ? calledBy(resolution) : undefined;
  return called !== undefined && levelOf('tool.stream', called.id, called.isKnown) !== 'none';
};

/** The door by which a prompt is sent to a model: the one that was chosen, where prompt and model have it, else one that they have. */
export const doorFor = (prompt: Pick<Prompt, 'api' | 'tools'>, resolution: Resolution, choice: DoorChoice): Door => {
  if (prompt.api === 'messages' && (choice === 'mantle' || isOnMantleOnly(entryOf(resolution)))) return 'Messages';
  if (prompt.api === 'messages' || prompt.api === 'nova') return choice === 'whole' ? 'InvokeModel' : 'InvokeModelWithResponseStream';
  return choice === 'whole' || refusesToolStream(prompt, resolution) ? 'Converse' : 'ConverseStream';
};

/** The id by which bedrock-mantle knows a model: its own, without the prefix of an inference profile. An ARN stays, and is refused there. */
export const bareId = (modelId: string, model: ModelEntry | undefined): string => {
  if (model !== undefined) return model.id;
  const [prefix = '', ...rest] = modelId.split('.');
  return rest.length > 1 && profilePrefixes.includes(prefix) ? rest.join('.') : modelId;
};

/** The cache point that a `cache_control` of the whole body asks for. */
const automaticPoint = ({ body }: Prompt): MarkerBlock | undefined => {
  const entry = memberOf(body?.tree, cacheControl);
  if (entry?.value.kind !== 'object') return undefined;
  const ttl = member(entry.value, 'ttl');
  const written = stringValue(ttl);
  return { kind: 'cachePoint', span: entry.span, ttl: ttl && written !== undefined ? { value: written, span: ttl.span } : undefined };
};

const isBlank = (block: Block): boolean =>
  block.kind === 'text' && block.segments.every((segment) => segment.kind === 'text' && segment.text === '');

const canCarry = (block: Block): boolean => !isBlank(block) && !(block.kind === 'json' && block.member === 'reasoningContent');

/** The list with the point after its last block that can carry one, or as it is where that has the same point; `undefined` where none can. */
const withPoint = (blocks: readonly Block[], point: MarkerBlock): readonly Block[] | undefined => {
  const at = blocks.findLastIndex((block) => block.kind !== 'cachePoint' && canCarry(block));
  if (at < 0) return undefined;
  const next = blocks[at + 1];
  return next?.kind === 'cachePoint' && next.ttl?.value === point.ttl?.value ? blocks : blocks.toSpliced(at + 1, 0, point);
};

const inMessages = (messages: readonly Message[], point: MarkerBlock): readonly Message[] | undefined => {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = messages[at];
    const content = message && withPoint(message.content, point);
    if (message !== undefined && content !== undefined) return messages.with(at, { ...message, content });
  }
  return undefined;
};

/**
 * A Messages body as bedrock-mantle reads it: with the cache point that a `cache_control` of the whole body puts on its last block that can carry
 * one, of the messages before the system text before the tools. Source: Anthropic's documentation, Prompt caching, Automatic caching, read 2026-11.
 */
const onMantle = (prompt: Prompt): Prompt => {
  const read: Prompt = { ...prompt, onMantle: true };
  const point = automaticPoint(prompt);
  if (point === undefined) return read;
  const messages = inMessages(prompt.messages, point);
  if (messages !== undefined) return { ...read, messages };
  const system = withPoint(prompt.system, point);
  if (system !== undefined) return { ...read, system };
  const tools = withPoint(prompt.tools, point);
  return tools === undefined ? read : { ...read, tools };
};

/** What the door of a prompt rests on besides the prompt. */
export interface DoorOptions extends ResolveOptions {
  readonly defaultModelId?: string;
  readonly door?: DoorChoice;
}

/** The prompt as it is read after the door by which it goes. */
export const behindDoor = (prompt: Prompt, options: DoorOptions): Prompt => {
  if (prompt.api !== 'messages') return prompt;
  const resolution = resolveModel(addressOf(prompt, options), options);
  return doorFor(prompt, resolution, options.door ?? 'stream') === 'Messages' ? onMantle(prompt) : prompt;
};
