import type { Problem } from '../../prompt/problems';
import type { Level, RefusalId } from '../../service/refusals';
import { calledModel, levelFor } from '../calledModel';
import { headPlace } from '../lines';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/roles': {
      readonly reason: 'empty' | 'firstNotUser' | 'notAlternating' | 'noContent' | 'systemFirst';
      readonly level: 'error' | 'warning';
      /** Of no message: are messages sections of a text? */
      readonly isText?: true;
    };
  }
}

type Code = 'request/roles';

const levelOfRow = (id: RefusalId, input: RuleInput): Level => {
  const model = calledModel(input);
  if (model?.isKnown === true) return levelFor(id, model);
  // Claude alone reads Messages, and takes either. Any other model may refuse it, those for sure of which the table says so by name.
  if (input.prompt.api === 'messages') return 'none';
  return (model && levelFor(id, model)) === 'error' ? 'error' : 'warning';
};

/** Of a prompt that the service keeps, the messages stand there. */
const mayBeEmpty = ({ plan: { resolution } }: RuleInput): boolean => resolution.kind === 'opaque' && resolution.resource === 'prompt';

/** A last turn of the assistant may be there to be begun. */
const mayBeBlank = ({ prompt: { api, messages } }: RuleInput, index: number): boolean =>
  api === 'messages' && index === messages.length - 1 && messages[index]?.role === 'assistant';

function* inTurns(input: RuleInput): Generator<Problem<Code>> {
  const { messages } = input.prompt;
  const first = messages.find(({ role }) => role !== 'system');
  const beginning = levelOfRow('turns.userFirst', input);
  if (messages[0]?.role === 'system')
    yield { code: 'request/roles', span: messages[0].span, data: { reason: 'systemFirst', level: 'error' } };
  else if (first !== undefined && first.role === 'assistant' && beginning !== 'none')
    yield { code: 'request/roles', span: first.span, data: { reason: 'firstNotUser', level: beginning } };
  const turns = levelOfRow('turns.alternate', input);
  for (const [index, message] of messages.entries()) {
    if (message.content.length === 0 && !mayBeBlank(input, index))
      yield { code: 'request/roles', span: message.span, data: { reason: 'noContent', level: 'error' } };
    if (turns !== 'none' && index > 0 && messages[index - 1]?.role === message.role && message.role !== 'system')
      yield { code: 'request/roles', span: message.span, data: { reason: 'notAlternating', level: turns } };
  }
}

/** The order of roles that Converse and the model ask for. */
export const roles: Rule<Code> = {
  code: 'request/roles',
  severity: 'error',
  sources: [
    'AWS API reference, Converse, 2026-10: "A conversation must start with a user message", "must alternate between user and assistant roles"',
    'Recorded answers by model, pydantic-ai#6255, 2026-07',
  ],
  says: ({ reason, level, isText }) => {
    switch (reason) {
      case 'empty':
        return `There is no message, so the call fails (ValidationException). ${isText === true ? 'Begin one with a line "# user:".' : 'Put one into "messages".'}`;
      case 'firstNotUser':
        return level === 'error'
          ? 'The call fails, because the first message must be from the user (ValidationException). Begin with one.'
          : 'The call may fail: many models ask that the first message is from the user. Begin with one.';
      case 'notAlternating':
        return 'The call may fail: some models ask that user and assistant take turns, and two messages of one role follow each other. Put their blocks into one.';
      case 'systemFirst':
        return 'The call fails, because no model takes a system message first in messages (ValidationException). Put its text into system.';
      case 'noContent':
        return 'The call fails, because this message is empty (ValidationException). Fill it or remove it.';
    }
  },
  rate: ({ data }) => data.level,
  *check(input) {
    const { prompt, text } = input;
    const broken = prompt.problems.some(
      ({ code }) => code === 'syntax/json' || code === 'syntax/not-converse' || code === 'syntax/too-deep',
    );
    if (prompt.messages.length > 0) yield* inTurns(input);
    // A call of a program may be half typed.
    else if (!broken && prompt.open === undefined && text.trim() !== '' && !mayBeEmpty(input))
      yield {
        code: 'request/roles',
        span: headPlace(text, prompt),
        data: { reason: 'empty', level: 'error', ...(!/^\s*[[{]/.test(text) ? { isText: true as const } : {}) },
      };
  },
};
