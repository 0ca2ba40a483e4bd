import type { ModelEntry } from '../models/types';
import type { Prompt } from '../prompt/model';
import type { Door } from '../request/types';
import { levelOf } from '../service/refusals';

/**
 * What a person chooses among: answers as a stream or in one piece through Bedrock Runtime, or the Messages API of bedrock-mantle for prompts
 * that are Messages bodies.
 */
export type DoorChoice = 'stream' | 'whole' | 'mantle';

/** Is it served on bedrock-mantle and nowhere else? */
const isOnMantleOnly = (model: ModelEntry | undefined): boolean => model?.surfaces.every((surface) => surface === 'mantle') === true;

/** Does a model answer tools in one piece only, for sure or by some reports? Converse takes them in either case. */
const refusesToolStream = ({ tools }: Pick<Prompt, 'tools'>, model: ModelEntry | undefined): boolean =>
  model !== undefined && tools.length > 0 && levelOf('tool.stream', model.id) !== 'none';

/** The door by which a prompt is sent to a model: the one that was chosen, where prompt and model have it, else one that they have. */
export const doorFor = (prompt: Pick<Prompt, 'api' | 'tools'>, model: ModelEntry | undefined, choice: DoorChoice): Door => {
  if (prompt.api === 'messages' && (choice === 'mantle' || isOnMantleOnly(model))) return 'Messages';
  if (prompt.api === 'messages' || prompt.api === 'nova') return choice === 'whole' ? 'InvokeModel' : 'InvokeModelWithResponseStream';
  return choice === 'whole' || refusesToolStream(prompt, model) ? 'Converse' : 'ConverseStream';
};
