import type { ModelEntry } from './types';

/**
 * What a model does unasked. A setting at its default is the same to the cache as none. Sources: Anthropic documentation, Extended thinking,
 * Adaptive thinking and Effort, 2026-10; the effort of Haiku 5.5 by one recording.
 */

const thinksUnasked = /claude-(?:opus-5|sonnet-5|haiku-5|fable|mythos)/;

/** The `thinking` that stands for no `thinking`. */
export const usualThinking = ({ id }: Pick<ModelEntry, 'id'>): { readonly type: string } => ({
  type: thinksUnasked.test(id) ? 'adaptive' : 'disabled',
});

/** The `effort` that stands for no `effort`. */
export const usualEffort = ({ id }: Pick<ModelEntry, 'id'>): string => (/claude-(?:opus|haiku)-5-5/.test(id) ? 'medium' : 'high');
