import { shorten } from '../../messages/phrases';
import { describeBodyMarker } from '../../messages/requestText';
import type { InvokeApi } from '../../prompt/api';
import { invokeApiOf } from '../../prompt/model';
import type { Rule } from '../types';
import { writtenFaults } from '../writtenFaults';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `place`: the right name where Converse has no such member. */
    'cache/dialect': { readonly found: string; readonly reason: 'name' | 'place'; readonly api?: InvokeApi };
  }
}

/** The titles of its fixes. */
const titles = {
  writeMarkerBlock: 'Write it as a cache point of Converse',
  writeMarkerMember: 'Write it as a cache point of this body',
} as const;

/** A cache point as another API writes it, or in a place where this one has none: it is refused or lost. */
export const dialect: Rule<'cache/dialect'> = {
  code: 'cache/dialect',
  severity: 'error',
  sources: [
    'Runs of boto3 1.43.11 and the SDK for JavaScript 3.1164.0 against a recording server, 2026-11. Error reports cline/cline#12928 and litellm#26320',
  ],
  says: ({ found, reason, api }) =>
    api !== undefined
      ? describeBodyMarker(found, reason, api)
      : reason === 'place'
        ? 'This is not a cache point: in Converse it is a block of its own, { "cachePoint": { "type": "default" } }, right after what it closes. Here boto3 refuses the call, and the SDK for JavaScript drops it or sends it in vain. Move it there.'
        : `This is not a cache point: Converse writes one as a block of its own, { "cachePoint": { "type": "default" } }. boto3 refuses ${shorten(found)}, and the SDK for JavaScript leaves it out without a word.`,
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
        title: prompt.api === 'converse' ? titles.writeMarkerBlock : titles.writeMarkerMember,
        kind: 'moves',
        edits,
        preferred: true,
      };
  },
};
