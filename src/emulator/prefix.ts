import { createHash } from 'node:crypto';

import { prefixSettings } from './prefixSettings';
import type { SentBlock, SentRequest } from './request';
import type { Target } from './target';

/** A text that is equal for two prefixes exactly when the cache takes them for the same. */
export type PrefixKey = string;

const digest = (previous: string, part: string): string => createHash('sha256').update(previous).update('\n').update(part).digest('base64');

const sectionOf = (block: SentBlock): string =>
  block.place.field === 'messages' ? `message ${block.place.message} ${block.role ?? ''}` : block.place.field;

/** For each block, the key of the prefix that ends with it; the model's id is part of every key. */
export const prefixKeys = (request: SentRequest, target: Target): readonly PrefixKey[] => {
  const settings = prefixSettings(request, target);
  let field: string | undefined;
  // Whatever is not Claude's starts from all its settings, even without tools.
  let key = digest(target.entry.id, settings.tools);
  return request.blocks.map((block) => {
    if (block.place.field !== field) key = digest(key, settings[block.place.field]);
    field = block.place.field;
    return (key = digest(key, `${sectionOf(block)}\n${block.identity}`));
  });
};
