import type { TokenFamily } from '../models/types';
import type { Place } from '../request/wirePlace';
import type { ConverseRequest } from '../request/types';
import { addContent, addTool } from './blockCosts';
import { Cost } from './wordCost';
import { fieldOf, isLoose, listOf, plainJson, textOf } from './json';
import { isCited } from './media';
import { overheadsOf } from './overheads';
import type { TokenEstimate } from '../figures/band';

/** What one block of a request costs alone, and what a checkpoint standing right after it would cover; both in tokens. */
export interface BlockEstimate {
  readonly place: Place;
  readonly own: TokenEstimate;
  readonly prefix: TokenEstimate;
}

/** A request's blocks in the order tools, system, messages (markers included, with 0 tokens), and the whole. */
export interface RequestEstimate {
  readonly blocks: readonly BlockEstimate[];
  readonly total: TokenEstimate;
}

/** What an estimate needs to know of a model; every `ModelEntry` will do. */
export interface TokenModel {
  readonly tokens: TokenFamily;
  readonly toolPrompt?: readonly [auto: number, forced: number];
  readonly id?: string;
}

/** Tokens of one text alone, without any frame: finite, never negative; `likely` is additive over the pieces of `chunks`. */
export const estimateText = (text: string, family: TokenFamily): TokenEstimate => {
  const cost = new Cost(family);
  cost.addText(text);
  return cost.estimate();
};

/** How far off the hidden tool prompt is where the model's own is known: the service rewords it now and then. */
const knownToolPromptSpread = 10;

const isMarker = (block: unknown): boolean => isLoose(block) && 'cachePoint' in block && Object.keys(block).length === 1;
const isToolUse = (block: unknown): boolean => isLoose(block) && 'toolUse' in block;

const noTokens: TokenEstimate = { low: 0, likely: 0, high: 0, basis: 'estimated' };

/** Goes through a request in wire order; what the service adds is charged to the block it stands before. */
class Walk {
  readonly blocks: BlockEstimate[] = [];
  readonly #sum: Cost;
  readonly #waiting: Cost;
  /** What the sum is after the last block that is no marker. */
  #prefix = noTokens;

  constructor(family: TokenFamily) {
    this.#sum = new Cost(family);
    this.#waiting = new Cost(family);
  }

  /** Adds to what is charged to the next block that is no marker. */
  get before(): Cost {
    return this.#waiting;
  }

  block(place: Place, block: unknown, fill: (cost: Cost) => void): void {
    if (isMarker(block)) {
      this.blocks.push({ place, own: noTokens, prefix: this.#prefix });
      return;
    }
    fill(this.#waiting);
    this.#sum.add(this.#waiting);
    this.#prefix = this.#sum.estimate();
    this.blocks.push({ place, own: this.#waiting.estimate(), prefix: this.#prefix });
    this.#waiting.clear();
  }

  finish(closing: number): RequestEstimate {
    this.#sum.add(this.#waiting);
    this.#sum.addFixed(closing);
    return { blocks: this.blocks, total: this.#sum.estimate() };
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

const addOptions = (cost: Cost, request: unknown): void => {
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

/** Tokens of each block of a request and of the prefix up to it, for this model; takes any JSON in place of a request. */
export const estimateRequest = (request: ConverseRequest, model: TokenModel): RequestEstimate => {
  const overheads = overheadsOf(model.tokens);
  const walk = new Walk(model.tokens);
  const toolConfig = fieldOf(request, 'toolConfig');
  const tools = listOf(fieldOf(toolConfig, 'tools'));
  const prompt = toolPromptOf(toolConfig, model);
  const hasTools = tools.some((tool) => !isMarker(tool));
  if (hasTools) walk.before.addFixed(prompt.first, prompt.spread);
  tools.forEach((tool, index) => walk.block({ field: 'tools', index }, tool, (cost) => addTool(cost, tool)));
  if (hasTools) walk.before.addFixed(prompt.later, 5);
  if (hasTools) walk.before.addText(textOf(fieldOf(fieldOf(fieldOf(toolConfig, 'toolChoice'), 'tool'), 'name')));
  addOptions(walk.before, request);
  const alone = { isFirstToolUse: true, withToolUse: false };
  const system = listOf(fieldOf(request, 'system'));
  system.forEach((block, index) => walk.block({ field: 'system', index }, block, (cost) => addContent(cost, block, alone)));
  const messages = listOf(fieldOf(request, 'messages'));
  walk.before.addFixed(overheads.opening, 1);
  if (system.some((block) => !isMarker(block))) walk.before.addFixed(overheads.systemPresent, 0.5);
  if (citesAnything(messages)) walk.before.addFixed(overheads.citations, overheads.citations * 0.2);
  messages.forEach((message, at) => {
    const content = listOf(fieldOf(message, 'content'));
    if (at > 0) walk.before.addFixed(overheads.furtherMessage);
    const firstUse = content.findIndex(isToolUse);
    content.forEach((block, index) => {
      const context = { isFirstToolUse: index === firstUse, withToolUse: firstUse >= 0 };
      walk.block({ field: 'messages', message: at, index }, block, (cost) => addContent(cost, block, context));
    });
  });
  return walk.finish(overheads.closing);
};
