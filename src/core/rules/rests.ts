import type { Prompt } from '../prompt/model';
import type { RuleCode } from '../prompt/problems';

/** What is told of the whole of a request; of one that is known in part nothing can be said there. */
const ofTheWhole: ReadonlySet<RuleCode> = new Set<RuleCode>([
  'request/roles',
  'request/tool-pairing',
  'request/documents',
  'request/output-schema',
  'cache/look-back',
  'cache/spent-early',
  'cache/never-pays',
  'cache/ttl-choice',
]);

/** Does what a rule says rest on a part of the prompt that is not known? */
export const restsOnUnknown = ({ open }: Prompt, code: RuleCode): boolean => {
  if (open === undefined) return false;
  if (code === 'request/inference-profile') return open.bareIds === true;
  return (open.partly && ofTheWhole.has(code)) || (open.model && code === 'request/model-missing');
};

/** Is it a recorded call that was answered? Then the service refused nothing of it, whatever it would do today. */
export const wasAnswered = ({ recorded }: Prompt): boolean => recorded !== undefined;
