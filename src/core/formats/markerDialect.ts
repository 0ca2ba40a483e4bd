import type { ReadPrompt } from '../prompt/model';
import { insertAt, replaceSpan, type Edits } from '../text/edit';
import type { Span } from '../text/span';
import type { Tree, TreeEntry } from '../text/tree';
import { jsonStyleAt, withSeparator } from './listEdits';

/** How other APIs, and people in a hurry, write a cache point. */

const plain = (name: string): string => name.replaceAll(/[-_ ]/g, '').toLowerCase();

const names: ReadonlySet<string> = new Set(['cachepoint', 'cachepoints', 'cachecontrol', 'cachebreakpoint', 'promptcachebreakpoint']);

/** Does a member of this name stand for a cache point: `cache_control`, `cache_point`, `CachePoint`? */
export const isMarkerName = (name: string): boolean => names.has(plain(name));

/** `type: cachePoint`, the form of APIs whose blocks name their type. */
export const isMarkerBlock = ({ name, value }: TreeEntry): boolean =>
  name === 'type' && value.kind === 'scalar' && typeof value.value === 'string' && isMarkerName(value.value);

/** The lifetime that a cache point of another dialect asks for, where it is one that exists. */
export const lifetimeIn = (tree: Tree): '1h' | undefined =>
  tree.kind === 'object' && tree.entries.some(({ name, value }) => name === 'ttl' && value.kind === 'scalar' && value.value === '1h')
    ? '1h'
    : undefined;

/** The member whose name stands at a place, the object that holds it, and the list entry around both. */
export interface Found {
  readonly entry: TreeEntry;
  readonly owner: Extract<Tree, { readonly kind: 'object' }>;
  readonly item: Tree | undefined;
}

const isInside = (tree: Tree, at: Span): boolean => tree.span.start <= at.start && at.end <= tree.span.end;

export const findMember = (tree: Tree, at: Span, item?: Tree): Found | undefined => {
  if (tree.kind === 'array') {
    const next = tree.items.find((one) => isInside(one, at));
    return next && findMember(next, at, next);
  }
  if (tree.kind !== 'object') return undefined;
  const own = tree.entries.find(({ key }) => key.span.start === at.start);
  if (own !== undefined) return { entry: own, owner: tree, item };
  const next = tree.entries.find(({ value }) => isInside(value, at))?.value;
  return next && findMember(next, at, item);
};

/** A block of its own in the place of one that was meant so, or after the block that it was merged with. */
const asBlock = (text: string, { entry, owner, item }: Found): Edits | undefined => {
  // Only what is written as JSON: YAML has other separators.
  if (text[entry.key.span.start] !== '"' || item === undefined) return undefined;
  const style = jsonStyleAt(text, item.span.start);
  const point = style.point(lifetimeIn(entry.value));
  const alone = owner === item && (owner.entries.length === 1 || owner.entries.some(isMarkerBlock));
  if (alone) return [replaceSpan(item.span, point)];
  return [replaceSpan(withSeparator(text, entry.span), ''), insertAt(item.span.end, style.comma + point)];
};

/** What another API's marker, whose name stands at a place, says as a cache point of Converse. */
export const fromDialect = (text: string, prompt: ReadPrompt, at: Span): Edits | undefined => {
  for (const written of prompt.written) {
    const { tree } = written.at;
    if (written.via !== undefined || !isInside(tree, at)) continue;
    const found = findMember(tree, at, tree);
    const isRequest = found?.item === tree && written.path.length === 0;
    if (found !== undefined && !isRequest) return asBlock(text, found);
  }
  return undefined;
};
