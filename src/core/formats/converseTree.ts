import { opaque } from '../text/notation';
import type { Span } from '../text/span';
import { entryOf, withName, withValue, type Tree, type TreeEntry } from '../text/tree';

/** How bodies of other APIs are read as the Converse request that says the same: trees of Converse's names, made of parts that stand in the text. */

export type ObjectTree = Extract<Tree, { readonly kind: 'object' }>;

export const objectOf = (span: Span, entries: readonly (TreeEntry | undefined)[]): ObjectTree => ({
  kind: 'object',
  span,
  entries: entries.flatMap((entry) => entry ?? []),
});

export const arrayOf = (span: Span, items: readonly Tree[]): Tree => ({ kind: 'array', span, items });

/** A text that stands nowhere: what a place says in other words. */
export const wordAt = (span: Span, value: string): Tree => ({ kind: 'scalar', span, inner: span, value, notation: opaque });

/** A member that stands for a place as a whole. */
export const entryAt = (name: string, span: Span, value: Tree): TreeEntry => ({ name, key: { value: name, span }, value, span });

const isNull = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;

/** A member under its name in Converse; one that is null counts as absent. */
export const renamed = (owner: Tree | undefined, name: string, to: string = name): TreeEntry | undefined => {
  const entry = entryOf(owner, name);
  return entry === undefined || isNull(entry.value) ? undefined : withName(entry, to);
};

/** Several members as those of one object; none where there are none. */
export const grouped = (name: string, entries: readonly (TreeEntry | undefined)[]): TreeEntry | undefined => {
  const [first] = entries.flatMap((entry) => entry ?? []);
  return first && { name, key: { value: name, span: first.key.span }, value: objectOf(first.span, entries), span: first.span };
};

/** A list of objects as another one; what is no object is left out, as in the prompt that is made of it. */
export const eachObject = (list: Tree | undefined, toBlocks: (block: ObjectTree) => readonly Tree[]): readonly Tree[] =>
  list?.kind === 'array' ? list.items.flatMap((item) => (item.kind === 'object' ? toBlocks(item) : [])) : [];

/** A text that stands where a list of blocks could: the one text block that it says. */
export const textBlockOf = (text: Tree): ObjectTree => objectOf(text.span, [entryAt('text', text.span, text)]);

/** A cache point that a member inside its block asks for; it stands where the member does. */
export const pointOf = (marker: TreeEntry | undefined): readonly Tree[] => {
  if (marker === undefined) return [];
  const point = objectOf(marker.value.span, [
    entryAt('type', marker.value.span, wordAt(marker.value.span, 'default')),
    renamed(marker.value, 'ttl'),
  ]);
  return [objectOf(marker.span, [withName(withValue(marker, point), 'cachePoint')])];
};
