import { fixTitles } from '../../messages/fixes';
import { modelPlace } from '../lines';
import { anthropicCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/router': { readonly count: number; readonly mappedTo: string | undefined };
  }
}

/** A prompt router with markers: caches belong to one model, and the router may choose another. */
export const router: Rule<'cache/router'> = {
  code: 'cache/router',
  severity: 'warning',
  sources: ['AWS user guide, Intelligent prompt routing, 2026-10', `${anthropicCaching} (caches are kept per model)`],
  says: ({ count, mappedTo }) =>
    `This prompt router may choose another model for each call, and a cache belongs to one model: then ${count === 1 ? 'the prefix is' : `the prefixes of the ${count} cache points are`} written again instead of read. ${mappedTo === undefined ? 'Name one model to be sure of the cache.' : `Name one model, such as ${mappedTo}, to be sure of the cache.`}`,
  *check({ plan, prompt, text }) {
    const { resolution, checkpoints } = plan;
    if (resolution.kind !== 'opaque' || resolution.resource !== 'promptRouter' || checkpoints.length === 0) return;
    yield { code: 'cache/router', span: modelPlace(text, prompt), data: { count: checkpoints.length, mappedTo: resolution.mappedTo } };
  },
  *fixes({ data }, { prompt }) {
    const edits = data.mappedTo === undefined ? undefined : prompt.write.setModelId(data.mappedTo);
    if (edits !== undefined && data.mappedTo !== undefined)
      yield { title: fixTitles.useModel(data.mappedTo), kind: 'changes', edits, preferred: true };
  },
};
