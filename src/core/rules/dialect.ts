import { fixTitles } from '../messages/fixes';
import { invokeApiOf } from '../prompt/model';
import type { Rule } from './types';
import { writtenFaults } from './writtenFaults';

/** A cache point as another API writes it, or in a place where this one has none: it is refused or lost. */
export const dialect: Rule<'cache/dialect'> = {
  severity: 'error',
  *check({ prompt, text }) {
    const { api } = prompt;
    for (const { path, fault, span: at } of writtenFaults(prompt)) {
      // Among the content of a tool result it has a rule of its own.
      const isInResult = path.at(-1) === 'cachePoint' && path.at(-3) === 'content' && path.at(-4) === 'toolResult';
      if (fault.kind !== 'dialect' || isInResult) continue;
      const name = text.slice(at.start, at.end).replaceAll(/^["']|["']$/g, '');
      // A body of InvokeModel has none of its own.
      const isOwn = api === 'converse' ? name === 'cachePoint' : path.length === 1;
      yield {
        code: 'cache/dialect',
        span: at,
        data: { found: name, reason: isOwn ? 'place' : 'name', ...invokeApiOf(api) },
      };
    }
  },
  *fixes({ span }, { prompt }) {
    const edits = prompt.write.markerFromDialect(span);
    if (edits !== undefined)
      yield {
        title: prompt.api === 'converse' ? fixTitles.writeMarkerBlock : fixTitles.writeMarkerMember,
        kind: 'moves',
        edits,
        preferred: true,
      };
  },
};
