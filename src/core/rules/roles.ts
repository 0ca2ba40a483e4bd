import { headPlace } from './lines';
import type { Rule } from './types';

/** The order of roles that Converse asks for. Source: AWS API reference, Converse, as of 2026-10. */
export const roles: Rule<'request/roles'> = {
  severity: 'error',
  *check({ prompt, text }) {
    const { messages } = prompt;
    const broken = prompt.problems.some(({ code }) => code === 'syntax/json' || code === 'syntax/too-deep');
    const [first] = messages;
    if (first === undefined) {
      if (!broken && text.trim() !== '') yield { code: 'request/roles', span: headPlace(text, prompt), data: { reason: 'empty' } };
      return;
    }
    const firstTurn = messages.find(({ role }) => role !== 'system');
    if (firstTurn !== undefined && firstTurn.role !== 'user')
      yield { code: 'request/roles', span: firstTurn.span, data: { reason: 'firstNotUser' } };
    for (const [index, message] of messages.entries()) {
      if (message.content.length === 0) yield { code: 'request/roles', span: message.span, data: { reason: 'noContent' } };
      if (index > 0 && messages[index - 1]?.role === message.role && message.role !== 'system')
        yield { code: 'request/roles', span: message.span, data: { reason: 'notAlternating' } };
    }
  },
};
