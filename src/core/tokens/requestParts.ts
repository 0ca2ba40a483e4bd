import type { TokenFamily } from '../models/types';
import type { Place } from '../request/wirePlace';
import type { ConverseRequest } from '../request/types';
import { addContent, addTool } from './blockCosts';
import { documentRulesOf, isCited } from './documentCosts';
import { fieldOf, isLoose, listOf } from './json';
import { overheadsOf } from './overheads';
import { addModes, addOutputSchema, toolPromptFills } from './settingCosts';
import type { TokenModel } from './tokenModel';
import type { CostSink } from './wordCost';

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

  /** Whatever still waits, and this after it. */
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

const citesAnything = (messages: readonly unknown[]): boolean =>
  messages.some((message) => listOf(fieldOf(message, 'content')).some((block) => isCited(fieldOf(block, 'document'))));

/** A request in parts, each with what it costs on this model; takes any JSON in place of a request. */
export const partsOf = (request: ConverseRequest, model: TokenModel): RequestParts => {
  const overheads = overheadsOf(model.tokens);
  const all = new Collector();
  const tools = listOf(fieldOf(fieldOf(request, 'toolConfig'), 'tools'));
  const system = listOf(fieldOf(request, 'system'));
  const messages = listOf(fieldOf(request, 'messages'));
  const named = tools.filter((tool) => !isMarker(tool)).length;
  const toolPrompt = toolPromptFills(request, model, named);
  const opening: Fill = (cost) => {
    addModes(cost, request);
    cost.addFixed(overheads.opening, 1);
  };
  if (named > 0) all.before(toolPrompt.first);
  const firstTool = tools.findIndex((tool) => !isMarker(tool));
  tools.forEach((tool, index) => all.block({ field: 'tools', index }, tool, (cost) => addTool(cost, tool, index === firstTool)));
  all.before((cost) => addOutputSchema(cost, request, model));
  if (overheads.opensBeforeSystem) all.before(opening);
  const rules = documentRulesOf(model);
  const alone = { isFirstToolUse: true, withToolUse: false, rules };
  system.forEach((block, index) => all.block({ field: 'system', index }, block, (cost) => addContent(cost, block, alone)));
  if (named > 0) all.before(toolPrompt.later);
  if (!overheads.opensBeforeSystem) all.before(opening);
  if (system.some((block) => !isMarker(block))) all.before((cost) => cost.addFixed(overheads.systemPresent, 0.5));
  if (fieldOf(messages[0], 'role') === 'assistant') all.before((cost) => cost.addFixed(overheads.assistantFirst, 4));
  if (citesAnything(messages)) all.before((cost) => cost.addFixed(overheads.citations, overheads.citations * 0.2));
  messages.forEach((message, at) => {
    const content = listOf(fieldOf(message, 'content'));
    if (at > 0) all.before((cost) => cost.addFixed(overheads.furtherMessage));
    const firstUse = content.findIndex(isToolUse);
    content.forEach((block, index) => {
      const context = { isFirstToolUse: index === firstUse, withToolUse: firstUse >= 0, rules };
      all.block({ field: 'messages', message: at, index }, block, (cost) => addContent(cost, block, context));
    });
  });
  return { family: model.tokens, blocks: all.blocks, closing: all.closing((cost) => cost.addFixed(overheads.closing)) };
};
