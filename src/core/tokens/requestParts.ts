import type { TokenFamily } from '../models/types';
import type { Place } from '../request/wirePlace';
import type { ConverseRequest } from '../request/types';
import { addContent, addTool } from './blockCosts';
import { fieldOf, isLoose, listOf, plainJson, textOf } from './json';
import { isCited } from './media';
import { overheadsOf } from './overheads';
import type { CostSink } from './wordCost';

/** What an estimate needs to know of a model; every `ModelEntry` will do. */
export interface TokenModel {
  readonly tokens: TokenFamily;
  readonly toolPrompt?: readonly [auto: number, forced: number];
  readonly id?: string;
}

/** Adds what a part of a request costs. */
export type Fill = (cost: CostSink) => void;

/** One block of a request. What the service adds is charged to the block it stands before. */
export interface RequestPart {
  readonly place: Place;
  /** `undefined` for a marker, which costs nothing. */
  readonly fill: Fill | undefined;
}

/** A request in parts, in the order tools, system, messages; nothing of it is counted yet. */
export interface RequestParts {
  readonly family: TokenFamily;
  readonly blocks: readonly RequestPart[];
  /** What stands behind the last block. */
  readonly closing: Fill;
}

/** How far off the hidden tool prompt is where the model's own is known: the service rewords it now and then. */
const knownToolPromptSpread = 10;

const isMarker = (block: unknown): boolean => isLoose(block) && 'cachePoint' in block && Object.keys(block).length === 1;
const isToolUse = (block: unknown): boolean => isLoose(block) && 'toolUse' in block;

/** Puts what waits for the next block that is no marker before it. */
class Collector {
  readonly blocks: RequestPart[] = [];
  #waiting: Fill[] = [];

  before(fill: Fill): void {
    this.#waiting.push(fill);
  }

  block(place: Place, block: unknown, own: Fill): void {
    this.blocks.push({ place, fill: isMarker(block) ? undefined : this.#taken(own) });
  }

  /** Whatever still waits, and this behind it. */
  closing(last: Fill): Fill {
    return this.#taken(last);
  }

  #taken(own: Fill): Fill {
    const fills = [...this.#waiting, own];
    this.#waiting = [];
    return fills.length === 1
      ? own
      : (cost) => {
          for (const fill of fills) fill(cost);
        };
  }
}

interface ToolPrompt {
  /** Stands before the tools. */
  readonly first: number;
  /** Stands behind the tools and before the system prompt. */
  readonly later: number;
  readonly spread: number;
}

/**
 * The part of the hidden tool prompt that a checkpoint among the tools does not cover: 137 of 313 tokens (Sonnet 4, recorded 2025) and
 * about 220 of 496 (Sonnet 4.6, measured 2026-09). A checkpoint after `system` covers all of it, and what a forced choice adds.
 */
const behindTools = 0.44;

const toolPromptOf = (toolConfig: unknown, model: TokenModel): ToolPrompt => {
  const overheads = overheadsOf(model.tokens);
  const [auto, forced] = model.toolPrompt ?? overheads.toolPrompt;
  const choice = fieldOf(toolConfig, 'toolChoice');
  const isForced = fieldOf(choice, 'any') !== undefined || fieldOf(choice, 'tool') !== undefined;
  const spread = model.toolPrompt === undefined ? overheads.toolPromptSpread * auto : knownToolPromptSpread;
  const whole = isForced ? forced : auto;
  const later = Math.min(whole, auto) * behindTools + Math.max(0, whole - auto);
  return { first: whole - later, later, spread };
};

const addOptions = (cost: CostSink, request: unknown): void => {
  const overheads = overheadsOf(cost.family);
  const extra = fieldOf(request, 'additionalModelRequestFields');
  if (fieldOf(fieldOf(extra, 'thinking'), 'type') === 'enabled') cost.addFixed(overheads.thinking, 3);
  const format = fieldOf(fieldOf(extra, 'output_config'), 'format') ?? fieldOf(extra, 'output_format');
  const structure = fieldOf(fieldOf(fieldOf(request, 'outputConfig'), 'textFormat'), 'structure');
  const schema = fieldOf(format, 'schema') ?? fieldOf(fieldOf(structure, 'jsonSchema'), 'schema');
  if (schema !== undefined) {
    cost.addFixed(overheads.structuredOutput, 15);
    cost.addText(typeof schema === 'string' ? schema : plainJson(schema, 2));
  }
  if (listOf(fieldOf(extra, 'tools')).length > 0) cost.addRange({ low: 100, likely: 2000, high: 10_000 });
};

const citesAnything = (messages: readonly unknown[]): boolean =>
  messages.some((message) => listOf(fieldOf(message, 'content')).some((block) => isCited(fieldOf(block, 'document'))));

/** A request in parts, each with what it costs on this model; takes any JSON in place of a request. */
export const partsOf = (request: ConverseRequest, model: TokenModel): RequestParts => {
  const overheads = overheadsOf(model.tokens);
  const all = new Collector();
  const toolConfig = fieldOf(request, 'toolConfig');
  const tools = listOf(fieldOf(toolConfig, 'tools'));
  const prompt = toolPromptOf(toolConfig, model);
  const hasTools = tools.some((tool) => !isMarker(tool));
  if (hasTools) all.before((cost) => cost.addFixed(prompt.first, prompt.spread));
  tools.forEach((tool, index) => all.block({ field: 'tools', index }, tool, (cost) => addTool(cost, tool)));
  if (hasTools) all.before((cost) => cost.addFixed(prompt.later, 5));
  if (hasTools) all.before((cost) => cost.addText(textOf(fieldOf(fieldOf(fieldOf(toolConfig, 'toolChoice'), 'tool'), 'name'))));
  all.before((cost) => addOptions(cost, request));
  const alone = { isFirstToolUse: true, withToolUse: false };
  const system = listOf(fieldOf(request, 'system'));
  system.forEach((block, index) => all.block({ field: 'system', index }, block, (cost) => addContent(cost, block, alone)));
  const messages = listOf(fieldOf(request, 'messages'));
  all.before((cost) => cost.addFixed(overheads.opening, 1));
  if (system.some((block) => !isMarker(block))) all.before((cost) => cost.addFixed(overheads.systemPresent, 0.5));
  if (citesAnything(messages)) all.before((cost) => cost.addFixed(overheads.citations, overheads.citations * 0.2));
  messages.forEach((message, at) => {
    const content = listOf(fieldOf(message, 'content'));
    if (at > 0) all.before((cost) => cost.addFixed(overheads.furtherMessage));
    const firstUse = content.findIndex(isToolUse);
    content.forEach((block, index) => {
      const context = { isFirstToolUse: index === firstUse, withToolUse: firstUse >= 0 };
      all.block({ field: 'messages', message: at, index }, block, (cost) => addContent(cost, block, context));
    });
  });
  return { family: model.tokens, blocks: all.blocks, closing: all.closing((cost) => cost.addFixed(overheads.closing)) };
};
