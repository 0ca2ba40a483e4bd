import type { Problem } from '../prompt/problems';
import { levelOf, type RefusalId } from '../service/refusals';
import { headPlace } from './lines';
import type { Rule, RuleInput } from './types';

type Code = 'request/roles';

const levelFor = (id: RefusalId, { plan }: RuleInput) => (plan.model === undefined ? 'warning' : levelOf(id, plan.model.id));

/** Of a prompt that the service keeps, the messages stand there. */
const mayBeEmpty = ({ plan: { resolution } }: RuleInput): boolean => resolution.kind === 'opaque' && resolution.resource === 'prompt';

function* inTurns(input: RuleInput): Generator<Problem<Code>> {
  const { messages } = input.prompt;
  const first = messages.find(({ role }) => role !== 'system');
  const beginning = levelFor('turns.userFirst', input);
  if (messages[0]?.role === 'system')
    yield { code: 'request/roles', span: messages[0].span, data: { reason: 'systemFirst', level: 'error' } };
  else if (first !== undefined && first.role === 'assistant' && beginning !== 'none')
    yield { code: 'request/roles', span: first.span, data: { reason: 'firstNotUser', level: beginning } };
  const turns = levelFor('turns.alternate', input);
  for (const [index, message] of messages.entries()) {
    if (message.content.length === 0) yield { code: 'request/roles', span: message.span, data: { reason: 'noContent', level: 'error' } };
    if (turns !== 'none' && index > 0 && messages[index - 1]?.role === message.role && message.role !== 'system')
      yield { code: 'request/roles', span: message.span, data: { reason: 'notAlternating', level: turns } };
  }
}

/** The order of roles that Converse and the model ask for. */
export const roles: Rule<Code> = {
  severity: 'error',
  rate: ({ data }) => data.level,
  *check(input) {
    const { prompt, text } = input;
    const broken = prompt.problems.some(({ code }) => code === 'syntax/json' || code === 'syntax/too-deep');
    if (prompt.messages.length > 0) yield* inTurns(input);
    else if (!broken && text.trim() !== '' && !mayBeEmpty(input))
      yield { code: 'request/roles', span: headPlace(text, prompt), data: { reason: 'empty', level: 'error' } };
  },
};
