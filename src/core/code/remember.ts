import { TreeFragment, type Tree } from '@lezer/common';
import { recent } from '../text/recent';
import { span } from '../text/span';
import type { LanguageId, Module, OpenScope } from './form';
import { withoutMergeMarks } from './mergeMarks';
import { movedPart, ownPart, readPart, type ReadPart } from './parts';
import { childrenOf, createReader, openScope, type Reader } from './reader';
import type { SyntaxNode } from '@lezer/common';

/** How a language is read: its parser, and what makes one statement at the top of a file part of its scope. */
export interface Front {
  readonly language: LanguageId;
  parse(text: string, fragments: readonly TreeFragment[] | undefined): Tree;
  statement(reader: Reader, node: SyntaxNode, scope: OpenScope): void;
}

/** A version of a file, for the next one. */
interface Version {
  readonly text: string;
  readonly tree: Tree;
  readonly parts: readonly ReadPart[];
}

/** Files whose last version is kept: those that somebody types in. */
const most = 4;
const versions = recent<string, Version>(most);

/** The stretch in which two texts differ. */
interface Change {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

const blockSize = 1024;

/** How many characters two texts begin with alike: in steps first, as comparing slices is quick. */
const commonStart = (a: string, b: string): number => {
  const least = Math.min(a.length, b.length);
  let at = 0;
  while (at + blockSize <= least && a.slice(at, at + blockSize) === b.slice(at, at + blockSize)) at += blockSize;
  while (at < least && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
};

const commonEnd = (a: string, b: string, most: number): number => {
  let at = 0;
  const same = (size: number): boolean => a.slice(a.length - at - size, a.length - at) === b.slice(b.length - at - size, b.length - at);
  while (at + blockSize <= most && same(blockSize)) at += blockSize;
  while (at < most && same(1)) at += 1;
  return at;
};

const changeOf = (a: string, b: string): Change => {
  const start = commonStart(a, b);
  const end = commonEnd(a, b, Math.min(a.length, b.length) - start);
  return { fromA: start, toA: a.length - end, fromB: start, toB: b.length - end };
};

/** How near to a change a statement may have been read in another way. */
const margin = 1;

/** What of an earlier version stands as it was: by where it stands now, with how far it went. */
const unchanged = (version: Version, change: Change): ReadonlyMap<number, ReadPart> => {
  const { fromA, toA, toB } = change;
  const by = toB - toA;
  return new Map(
    version.parts.flatMap((part): readonly (readonly [number, ReadPart])[] => {
      const { start, end } = part.at;
      if (end + margin <= fromA) return [[start, part]];
      return start - margin >= toA ? [[start + by, part]] : [];
    }),
  );
};

/**
 * Reads a file. With a `key` its last version is remembered, and of the next one only what changed is read; what comes out is the same. Total: what is
 * wrong with the text is left out.
 */
export const readTop = (front: Front, path: string, source: string, key: string | undefined): Module => {
  const plain = withoutMergeMarks(source);
  const text = plain.startsWith('\ufeff') ? `\n${plain.slice(1)}` : plain;
  const before = key === undefined ? undefined : versions.get(key);
  const change = before && changeOf(before.text, text);
  const fragments = before && change && TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change]);
  const tree = front.parse(text, fragments);
  const reader = createReader(source, front.language);
  const top = openScope(reader, { sort: 'module', name: '', at: span(0, source.length), parent: undefined });
  const kept = before && change ? unchanged(before, change) : undefined;
  const parts: ReadPart[] = [];
  const placed = childrenOf(tree.topNode).map((node) => {
    const { from, to, name } = node;
    const old = kept?.get(from);
    if (old !== undefined && old.node === name && old.at.end - old.at.start === to - from) {
      const moved = movedPart(old, from, top);
      parts.push({ ...old, at: moved.at, readAt: old.readAt });
      return moved;
    }
    const part = readPart(reader, span(from, to), name, top, () => front.statement(reader, node, top));
    parts.push(part);
    return ownPart(part);
  });
  if (key !== undefined) versions.set(key, { text, tree, parts });
  return {
    path,
    source: { path, text: source },
    language: front.language,
    scope: top,
    parts: placed,
    stars: placed.flatMap(({ stars }) => stars),
  };
};
