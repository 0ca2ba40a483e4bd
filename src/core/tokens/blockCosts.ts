import type { CostSink } from './wordCost';
import { fieldOf, isLoose, listOf, plainJson, pythonJson, textOf } from './json';
import { addDocument, holdsPdfAlone, type DocumentRules } from './documentCosts';
import { addImage, unseenFilm } from './media';
import { overheadsOf } from './overheads';
import type { Overheads } from './overheads';

/** A tool the service brings itself: its description is not in the request. */
const serverTool = { low: 100, likely: 2000, high: 8000 } as const;
const unknownBlock = { low: 0, likely: 0, high: 2000 } as const;

/** Towers of results within results end here. */
const deepest = 8;

export const addTool = (cost: CostSink, entry: unknown, isFirst: boolean): void => {
  const overheads = overheadsOf(cost.family);
  const spec = fieldOf(entry, 'toolSpec');
  if (!isLoose(spec)) {
    cost.addRange(isLoose(fieldOf(entry, 'systemTool')) ? serverTool : unknownBlock);
    return;
  }
  const shown = {
    description: spec['description'] ?? '',
    name: spec['name'] ?? '',
    parameters: fieldOf(spec['inputSchema'], 'json') ?? {},
  };
  const isClaude = cost.family.startsWith('claude');
  cost.addText(isClaude ? `<function>${pythonJson(shown)}</function>\n` : plainJson(shown), overheads.toolTextFactor);
  cost.addFixed(isFirst ? overheads.tool : overheads.furtherTool, 2);
};

const addToolUse = (cost: CostSink, use: unknown, overheads: Overheads, isFirst: boolean): void => {
  cost.addFixed(isFirst ? overheads.toolCall : overheads.parallelCall, isFirst ? 6 : 12);
  cost.addText(textOf(fieldOf(use, 'name')));
  const input = fieldOf(use, 'input');
  if (!isLoose(input)) {
    cost.addText(plainJson(input));
    return;
  }
  for (const [name, value] of Object.entries(input)) {
    cost.addFixed(overheads.callParameter, 3);
    cost.addText(name);
    cost.addText(typeof value === 'string' ? value : plainJson(value));
  }
};

/** Thinking of earlier turns is left out for older models, except where a tool call hangs on it; what is sent may be a summary. */
const addReasoning = (cost: CostSink, reasoning: unknown, kept: boolean): void => {
  const text = textOf(fieldOf(fieldOf(reasoning, 'reasoningText'), 'text'));
  cost.addDoubtful(text, ({ likely, high }) => (kept ? { low: likely * 0.5, likely, high: high * 2 } : { low: 0, likely: 0, high }));
};

/** What a content block's neighbors in its message decide, and the model. */
export interface BlockContext {
  readonly isFirstToolUse: boolean;
  readonly withToolUse: boolean;
  readonly rules: DocumentRules;
}

/** Adds one content block of a message, of `system`, or of a tool result. */
export const addContent = (cost: CostSink, block: unknown, context: BlockContext, depth = 0): void => {
  if (!isLoose(block) || depth > deepest) return;
  const overheads = overheadsOf(cost.family);
  for (const [kind, value] of Object.entries(block)) {
    if (kind === 'text') cost.addText(textOf(value));
    else if (kind === 'image') addImage(cost, value, overheads);
    else if (kind === 'document') addDocument(cost, value, context.rules);
    else if (kind === 'toolUse') addToolUse(cost, value, overheads, context.isFirstToolUse);
    else if (kind === 'toolResult') addToolResult(cost, listOf(fieldOf(value, 'content')), context, depth);
    else if (kind === 'json') cost.addText(plainJson(value));
    else if (kind === 'guardContent') cost.addText(textOf(fieldOf(fieldOf(value, 'text'), 'text')));
    else if (kind === 'reasoningContent') addReasoning(cost, value, context.withToolUse || overheads.keepsThinking);
    else if (kind === 'citationsContent') for (const part of listOf(fieldOf(value, 'content'))) addContent(cost, part, context, depth + 1);
    else if (kind === 'searchResult') addSearchResult(cost, value);
    else if (kind === 'video' || kind === 'audio') cost.addRange(unseenFilm);
    else if (kind !== 'cachePoint') cost.addRange(unknownBlock);
  }
};

const addToolResult = (cost: CostSink, content: readonly unknown[], context: BlockContext, depth: number): void => {
  if (context.rules.needsCompany && holdsPdfAlone(content)) return;
  for (const part of content) addContent(cost, part, context, depth + 1);
};

const addSearchResult = (cost: CostSink, result: unknown): void => {
  cost.addFixed(30, 20);
  cost.addText(textOf(fieldOf(result, 'title')));
  cost.addText(textOf(fieldOf(result, 'source')));
  for (const part of listOf(fieldOf(result, 'content'))) cost.addText(textOf(fieldOf(part, 'text')));
};
