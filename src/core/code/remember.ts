import { TreeFragment } from '@lezer/common';
import { recent } from '../text/recent';
import { span, type Span } from '../text/span';
import { DeferredPart, DeferredStep, type Deferred, type Within } from './deferred';
import type { Module, Part } from './form';
import { treeAt, type Front, type Outline } from './front';
import { withoutMergeMarks } from './mergeMarks';
import { movedPart, ownPart, readPart, type ReadPart } from './parts';
import { childrenOf, createReader, openScope } from './reader';

/** Statements that are read at once, from one function or class that is not to the next. */
interface Run {
  readonly at: Span;
  readonly fragments: readonly TreeFragment[];
  readonly parts: readonly ReadPart[];
}

/** A version of a file, for the next one. */
interface Version {
  readonly text: string;
  readonly runs: readonly Run[];
  readonly deferred: readonly Deferred[];
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

/** How near to a change a statement may have been read in another way than it would be now. */
const margin = 1;

/** Stretches of an earlier version, by where they begin now: those that stand as they were, and the one in which all of the change lies. */
const stretches = <T>(all: readonly T[], atOf: (one: T) => Span, { fromA, toA, toB }: Change, near: number) => {
  const by = toB - toA;
  const unchanged = new Map<number, T>();
  let changed: T | undefined;
  for (const one of all) {
    const { start, end } = atOf(one);
    if (end + near <= fromA) unchanged.set(start, one);
    else if (start - near >= toA) unchanged.set(start + by, one);
    else if (start <= fromA && toA <= end) changed = one;
  }
  return { unchanged, changed };
};

const inside = ({ fromA, toA, fromB, toB }: Change, by: number): Change => ({
  fromA: fromA - by,
  toA: toA - by,
  fromB: fromB - by,
  toB: toB - by,
});

const lengthOf = ({ start, end }: Span): number => end - start;

/** Goes over a file from one version to the next. */
class Versions {
  readonly #within: Within;
  readonly #change: Change | undefined;
  readonly #runs: ReturnType<typeof stretches<Run>> | undefined;
  readonly #deferred: ReturnType<typeof stretches<Deferred>> | undefined;
  readonly runs: Run[] = [];
  readonly deferred: Deferred[] = [];

  constructor(within: Within, before: Version | undefined) {
    this.#within = within;
    this.#change = before && changeOf(before.text, within.text);
    if (before === undefined || this.#change === undefined) return;
    this.#runs = stretches(before.runs, ({ at }) => at, this.#change, 0);
    this.#deferred = stretches(before.deferred, ({ outline }) => outline.at, this.#change, 0);
  }

  /** What is known of what now stands somewhere from the one in which all of the change lies. */
  #fragments(old: { readonly at: Span; readonly fragments: readonly TreeFragment[] | undefined } | undefined, at: Span) {
    if (old?.fragments === undefined || this.#change === undefined || old.at.start !== at.start) return undefined;
    const isSame = lengthOf(at) - lengthOf(old.at) === this.#change.toB - this.#change.toA;
    return isSame ? TreeFragment.applyChanges(old.fragments, [inside(this.#change, at.start)]) : undefined;
  }

  /** Statements that are read at once. */
  run(at: Span): readonly Part[] {
    const { front, source, text, top } = this.#within;
    const same = this.#runs?.unchanged.get(at.start);
    if (same !== undefined && lengthOf(same.at) === lengthOf(at)) {
      const placed = same.parts.map((old) => ({ old, moved: movedPart(old, old.at.start + at.start - same.at.start, top) }));
      this.runs.push({ at, fragments: same.fragments, parts: placed.map(({ old, moved }) => ({ ...old, at: moved.at })) });
      return placed.map(({ moved }) => moved);
    }
    const changed = this.#runs?.changed;
    const fragments = this.#fragments(changed, at);
    const tree = front.parse(text.slice(at.start, at.end), fragments);
    const reader = createReader(source, front.language);
    const kept = changed && this.#change && stretches(changed.parts, (part) => part.at, this.#change, margin).unchanged;
    const parts: ReadPart[] = [];
    const placed = childrenOf(treeAt(tree, at.start)).map((node) => {
      const { from, to, name } = node;
      const old = kept?.get(from);
      if (old !== undefined && old.node === name && lengthOf(old.at) === to - from) {
        const moved = movedPart(old, from, top);
        parts.push({ ...old, at: moved.at });
        return moved;
      }
      const part = readPart(reader, span(from, to), name, top, () => front.statement(reader, node, top));
      parts.push(part);
      return ownPart(part);
    });
    this.runs.push({ at, fragments: TreeFragment.addTree(tree), parts });
    return placed;
  }

  /** A function or class that is read when somebody asks for it. */
  later(outline: Outline): Part {
    const { at, name } = outline;
    const same = this.#deferred?.unchanged.get(at.start);
    const changed = this.#deferred?.changed;
    const one: Deferred =
      same !== undefined && lengthOf(same.outline.at) === lengthOf(at) && same.outline.name === name
        ? Object.assign(same, { outline })
        : {
            outline,
            fragments: this.#fragments(changed && { at: changed.outline.at, fragments: changed.fragments }, at),
            said: new Map(),
            read: undefined,
          };
    this.deferred.push(one);
    const part = new DeferredPart(one, at, this.#within);
    this.#within.top.steps.push(new DeferredStep(outline, part));
    return part;
  }
}

/**
 * Reads a file. With a `key` its last version is remembered, and of the next one only what changed is read; what comes out is the same. Total: what is
 * wrong with the text is left out.
 */
export const readTop = (front: Front, path: string, source: string, key: string | undefined): Module => {
  const plain = withoutMergeMarks(source);
  const text = plain.startsWith('\ufeff') ? `\n${plain.slice(1)}` : plain;
  const top = openScope(createReader(source, front.language), { sort: 'module', name: '', at: span(0, source.length), parent: undefined });
  const now = new Versions({ front, source, text, top }, key === undefined ? undefined : versions.get(key));
  const parts: Part[] = [];
  let at = 0;
  const runTo = (end: number): void => {
    if (/\S/.test(text.slice(at, end))) parts.push(...now.run(span(at, end)));
  };
  for (const outline of front.outlines(text)) {
    runTo(outline.at.start);
    parts.push(now.later(outline));
    at = outline.at.end;
  }
  runTo(text.length);
  if (key !== undefined) versions.set(key, { text, runs: now.runs, deferred: now.deferred });
  return {
    path,
    source: { path, text: source },
    language: front.language,
    scope: top,
    parts,
    stars: parts.flatMap(({ stars }) => stars),
  };
};
