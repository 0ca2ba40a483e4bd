import type { Json, JsonObject } from '../core/text/json';
import type { ParsedBody } from './body';
import { invalid } from './errors';
import { isObject, listOf, objectOf, stringOf } from './json';

/** Blocks that cannot carry a cache point of their own. */
const withoutPoint = new Set(['thinking', 'redacted_thinking']);

const canCarry = (block: Json): boolean =>
  isObject(block) && !withoutPoint.has(stringOf(block['type']) ?? '') && stringOf(block['text']) !== '';

/** A text is one block. */
const blocksOf = (content: Json | undefined): readonly Json[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);

const lifetimeOf = (control: Json | undefined): string => stringOf(objectOf(control)['ttl']) ?? '5m';

/** The list with the control on its last block that can carry one; undefined where none can. */
const marked = (blocks: readonly Json[], control: Json): readonly Json[] | 'otherTtl' | undefined => {
  const at = blocks.findLastIndex(canCarry);
  if (at < 0) return undefined;
  const block = objectOf(blocks[at]);
  const own = block['cache_control'];
  if (isObject(own)) return lifetimeOf(own) === lifetimeOf(control) ? blocks : 'otherTtl';
  return blocks.with(at, { ...block, cache_control: control });
};

const otherTtl: ParsedBody = {
  error: invalid('cache_control: the last block has a cache_control of another ttl than the request.'),
};

/**
 * The body with the cache point that a `cache_control` of the whole request puts on its last block that can carry one, the messages before the
 * system text before the tools. Source: Anthropic's documentation, Prompt caching, Automatic caching, read 2026-11; the texts of refusals are not known.
 */
export const withAutomaticPoint = ({ cache_control: control, ...body }: JsonObject): ParsedBody => {
  if (control === undefined || control === null) return { body };
  const messages = listOf(body['messages']);
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = objectOf(messages[at]);
    const content = marked(blocksOf(message['content']), control);
    if (content === undefined) continue;
    return content === 'otherTtl' ? otherTtl : { body: { ...body, messages: messages.with(at, { ...message, content }) } };
  }
  for (const name of ['system', 'tools']) {
    const list = marked(blocksOf(body[name]), control);
    if (list !== undefined) return list === 'otherTtl' ? otherTtl : { body: { ...body, [name]: list } };
  }
  return { body };
};
