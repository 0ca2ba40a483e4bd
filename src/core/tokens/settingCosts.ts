import { fieldOf, listOf, plainJson, textOf } from './json';
import { overheadsOf, type Overheads, type Share } from './overheads';
import type { TokenModel } from './tokenModel';
import type { CostSink } from './wordCost';

/** What settings of a request add to its tokens: the hidden tool prompt, an output schema, thinking. */

/** A stretch of tokens that is not in the request; `spread` less than nothing takes back doubt about where the stretch before it ends. */
interface Stretch {
  readonly likely: number;
  readonly spread: number;
}

/** The hidden tool prompt: a checkpoint after tools or system prompt covers the first part alone. */
interface ToolPrompt {
  readonly first: Stretch;
  /** Stands before the first message. */
  readonly later: Stretch;
}

/** How far off the hidden tool prompt is where the model's own is known: the service rewords it now and then. */
const knownToolPromptSpread = 10;

const sizeOf = (share: Share, whole: number): Stretch =>
  'tokens' in share
    ? { likely: Math.min(whole, share.tokens), spread: share.spread }
    : { likely: whole * share.part, spread: whole * share.spread };

const toolPromptOf = (toolConfig: unknown, model: TokenModel, overheads: Overheads, tools: number): ToolPrompt => {
  const [auto, forced] = model.toolPrompt ?? overheads.toolPrompt;
  const choice = fieldOf(toolConfig, 'toolChoice');
  const isAny = fieldOf(choice, 'any') !== undefined;
  const isForced = isAny || fieldOf(choice, 'tool') !== undefined;
  const spread = model.toolPrompt === undefined ? overheads.toolPromptSpread * auto : knownToolPromptSpread;
  const first = sizeOf(overheads.toolPromptFirst, Math.min(auto, forced));
  const stated = choice === undefined ? 0 : overheads.statedChoice + (isAny && tools > 1 ? overheads.anyOfSeveral : 0);
  return { first, later: { likely: (isForced ? forced : auto) - first.likely + stated, spread: spread + 5 - first.spread } };
};

/** The hidden tool prompt before the tools, and what stands of it before the first message, a forced tool's name with it. */
export const toolPromptFills = (
  request: unknown,
  model: TokenModel,
  tools: number,
): { readonly first: (cost: CostSink) => void; readonly later: (cost: CostSink) => void } => {
  const toolConfig = fieldOf(request, 'toolConfig');
  const { first, later } = toolPromptOf(toolConfig, model, overheadsOf(model.tokens), tools);
  return {
    first: (cost) => cost.addFixed(first.likely, first.spread),
    later: (cost) => {
      cost.addFixed(later.likely, later.spread);
      cost.addText(textOf(fieldOf(fieldOf(fieldOf(toolConfig, 'toolChoice'), 'tool'), 'name')));
    },
  };
};

/** Converse takes a schema as text, and Claude is shown it in lines, as it is over the Messages API. */
const shownSchema = (schema: unknown): string => {
  if (typeof schema !== 'string') return plainJson(schema, 2);
  try {
    return plainJson(JSON.parse(schema), 2);
  } catch {
    return schema; // half-typed
  }
};

/** The schema that an answer has to fit. */
export const addOutputSchema = (cost: CostSink, request: unknown, model: TokenModel): void => {
  const { structuredOutput } = overheadsOf(cost.family);
  if (structuredOutput === undefined || model.hidesOutputSchema === true) return;
  const extra = fieldOf(request, 'additionalModelRequestFields');
  const format = fieldOf(fieldOf(extra, 'output_config'), 'format') ?? fieldOf(extra, 'output_format');
  const structure = fieldOf(fieldOf(fieldOf(request, 'outputConfig'), 'textFormat'), 'structure');
  const schema = fieldOf(format, 'schema') ?? fieldOf(fieldOf(structure, 'jsonSchema'), 'schema');
  if (schema === undefined) return;
  cost.addFixed(structuredOutput, 15);
  cost.addText(shownSchema(schema));
};

/** Anthropic's name for thinking, an older one of the same, and Nova's. */
const thinkingNames = ['thinking', 'reasoning_config', 'reasoningConfig'];

/** Thinking, a budget for a task, and tools that only the additional fields name. */
export const addModes = (cost: CostSink, request: unknown): void => {
  const overheads = overheadsOf(cost.family);
  const extra = fieldOf(request, 'additionalModelRequestFields');
  const kinds = thinkingNames.map((name) => fieldOf(fieldOf(extra, name), 'type'));
  if (kinds.includes('enabled')) cost.addFixed(overheads.thinking, 3);
  else if (kinds.includes('adaptive')) cost.addFixed(overheads.adaptiveThinking, overheads.adaptiveThinking);
  if (fieldOf(fieldOf(extra, 'output_config'), 'task_budget') !== undefined) cost.addFixed(overheads.taskBudget, overheads.taskBudget / 4);
  if (listOf(fieldOf(extra, 'tools')).length > 0) cost.addRange({ low: 100, likely: 2000, high: 10_000 });
};
