import { fixTitles } from '../messages/fixes';
import type { Rule } from './types';
import { writtenFaults } from './writtenFaults';

/** A cache point as another API writes it, or in a place where Converse has none: it is refused or lost. */
export const dialect: Rule<'cache/dialect'> = {
  severity: 'error',
  *check({ prompt, text }) {
    for (const { path, fault, span: at } of writtenFaults(prompt)) {
      if (fault.kind !== 'dialect' || (path.includes('toolResult') && path.at(-1) === 'cachePoint')) continue;
      const name = text.slice(at.start, at.end).replaceAll(/^["']|["']$/g, '');
      yield { code: 'cache/dialect', span: at, data: { found: name, reason: name === 'cachePoint' ? 'place' : 'name' } };
    }
  },
  *fixes({ span }, { prompt }) {
    const edits = prompt.write.markerFromDialect(span);
    if (edits !== undefined) yield { title: fixTitles.writeMarkerBlock, kind: 'moves', edits, preferred: true };
  },
};
