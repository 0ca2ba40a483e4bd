import { TreeFragment } from '@lezer/common';
import { recent } from '../text/recent';
import { span, type Span } from '../text/span';
import { DeferredPart, DeferredStep, type Deferred, type Within } from './deferred';
import type { Module, Part } from './form';
import { treeAt, type Front, type Outline } from './front';
import { withoutMergeMarks } from './mergeMarks';
import { movedPart, ownPart, readPart, typedPart, type ReadPart } from './parts';
import { childrenOf, createReader, openScope } from './reader';
import type { Typed } from './typed';

/** Statements that are read at once, from one function or class that is not to the next. */
interface Run {
  readonly at: Span;
  readonly fragments: readonly TreeFragment[];
  readonly parts: readonly ReadPart[];
}

/** A version of a file, for the next one. */
interface Version {
  readonly source: string;
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

/** Where a version of a file differs from the one before: a literal says what stands in the file, merge marks or not. */
const changeSince = (before: Version, { source, text }: Within): Change => {
  const seen = changeOf(before.text, text);
  if (source === text) return seen;
  const all = changeOf(before.source, source);
  const [from, toA, toB] = [Math.min(seen.fromA, all.fromA), Math.max(seen.toA, all.toA), Math.max(seen.toB, all.toB)];
  return { fromA: from, toA, fromB: from, toB };
};

/** How many signs beside a change may be joined by it, or parted. */
const joined = 2;

/** What was typed or taken out from one version of a file to the next. */
const typedOf = (a: string, b: string, source: string, { fromA, toA, fromB, toB }: Change): Typed | undefined => {
  const around = (text: string, from: number, to: number): string => text.slice(Math.max(0, from - joined), to + joined);
  if (fromA === toA && fromB === toB) return undefined;
  return { at: span(fromA, toA), by: toB - toA, texts: [around(a, fromA, toA), around(b, fromB, toB)], source };
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
  readonly #before: Version | undefined;
  readonly #change: Change | undefined;
  readonly #typed: Typed | undefined;
  readonly #runs: ReturnType<typeof stretches<Run>> | undefined;
  readonly runs: Run[] = [];

  constructor(within: Within, before: Version | undefined) {
    this.#within = within;
    this.#before = before;
    this.#change = before && changeSince(before, within);
    this.#typed = before && this.#change && typedOf(before.text, within.text, within.source, this.#change);
    this.#runs = before && this.#change && stretches(before.runs, ({ at }) => at, this.#change, 0);
  }

  /** What is known of what now stands somewhere from the one in which all of the change lies. */
  #fragments(start: number, length: number, fragments: readonly TreeFragment[] | undefined, at: Span) {
    if (fragments === undefined || this.#change === undefined || start !== at.start) return undefined;
    const { fromA, toA, toB } = this.#change;
    const isIn = start <= fromA && toA <= start + length && lengthOf(at) - length === toB - toA;
    return isIn ? TreeFragment.applyChanges(fragments, [inside(this.#change, start)]) : undefined;
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
    const fragments = changed && this.#fragments(changed.at.start, lengthOf(changed.at), changed.fragments, at);
    const typed = changed && fragments && this.#typedIn(changed, at, fragments);
    if (typed !== undefined) return typed;
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

  /** Statements of a stretch in which something was typed in a literal: nothing else of them is read again. */
  #typedIn(old: Run, at: Span, fragments: readonly TreeFragment[]): readonly Part[] | undefined {
    const { top } = this.#within;
    const typed = this.#typed;
    if (typed === undefined) return undefined;
    const around = old.parts.find((part) => part.at.start < typed.at.start && typed.at.end < part.at.end);
    const fresh = around && typedPart(around, around.at.start, top, typed);
    if (fresh === undefined) return undefined;
    const parts: ReadPart[] = [];
    const placed = old.parts.map((part) => {
      if (part === around) {
        parts.push(fresh);
        top.steps.push(...fresh.steps);
        top.arms.push(...fresh.arms);
        return ownPart(fresh);
      }
      const moved = movedPart(part, part.at.start + (part.at.start < typed.at.start ? 0 : typed.by), top);
      parts.push({ ...part, at: moved.at });
      return moved;
    });
    this.runs.push({ at, fragments, parts });
    return placed;
  }

  /** Functions and classes that are read when somebody asks for them, each with what is known of it. */
  deferred(): readonly Deferred[] {
    const { front, text } = this.#within;
    const found = (outline: Outline, fragments?: readonly TreeFragment[]): Deferred => ({
      outline,
      start: outline.at.start,
      fragments,
      said: new Map(),
      read: undefined,
    });
    if (this.#before === undefined || this.#change === undefined)
      return front.outlines(text, 0, () => false).map((outline) => found(outline));
    const { deferred } = this.#before;
    const { fromA, toA, toB } = this.#change;
    const by = toB - toA;
    // One that ends before the change ends there as long as another line begins behind it before the change: all but the last of them stay.
    let first = 0;
    while (first < deferred.length && endOf(deferred[first]) < fromA) first += 1;
    first = Math.max(0, first - 1);
    let last = deferred.findIndex(({ start }) => start > toA);
    if (last === -1) last = deferred.length;
    let isMet = false;
    const isKnown = (start: number): boolean => {
      while (last < deferred.length && (deferred[last]?.start ?? 0) + by < start) last += 1;
      isMet = deferred[last]?.start === start - by;
      return isMet;
    };
    const from = first === 0 ? 0 : (deferred[first]?.start ?? 0);
    const outlines = front.outlines(text, from, isKnown);
    if (!isMet) last = deferred.length;
    const between = deferred.slice(first, last);
    const fresh = outlines.map((outline): Deferred => {
      const { at, name } = outline;
      const same = between.find(
        (one) =>
          one.start === (at.end <= fromA ? at.start : at.start - by) &&
          (endOf(one) <= fromA || one.start >= toA) &&
          endOf(one) - one.start === lengthOf(at) &&
          one.outline.name === name,
      );
      if (same !== undefined) return same;
      const old = between.find(({ start }) => start === at.start);
      const fragments = old && this.#fragments(old.start, endOf(old) - old.start, old.fragments, at);
      const read = fragments && old.read && this.#typed && typedPart(old.read, old.start, this.#within.top, this.#typed);
      return { ...found(outline, fragments), read };
    });
    for (const [index, { at }] of outlines.entries()) Object.assign(fresh[index] ?? {}, { start: at.start });
    const rest = deferred.slice(last);
    if (by !== 0) for (const one of rest) one.start += by;
    return [...deferred.slice(0, first), ...fresh, ...rest];
  }
}

const endOf = (one: Deferred | undefined): number => (one === undefined ? 0 : one.start + lengthOf(one.outline.at));

/**
 * Reads a file. With a `key` its last version is remembered, and of the next one only what changed is read; what comes out is the same. Total: what is
 * wrong with the text is left out.
 */
export const readTop = (front: Front, path: string, source: string, key: string | undefined): Module => {
  const plain = withoutMergeMarks(source);
  const text = plain.startsWith('\ufeff') ? `\n${plain.slice(1)}` : plain;
  const top = openScope(createReader(source, front.language), { sort: 'module', name: '', at: span(0, source.length), parent: undefined });
  const within: Within = { front, source, text, top };
  const now = new Versions(within, key === undefined ? undefined : versions.get(key));
  const deferred = now.deferred();
  const parts: Part[] = [];
  let at = 0;
  const runTo = (end: number): void => {
    if (seen.test(text.slice(at, end))) parts.push(...now.run(span(at, end)));
  };
  for (const one of deferred) {
    runTo(one.start);
    at = endOf(one);
    const part = new DeferredPart(one, span(one.start, at), within);
    top.steps.push(new DeferredStep(one.outline, part));
    parts.push(part);
  }
  runTo(text.length);
  if (key !== undefined) versions.set(key, { source, text, runs: now.runs, deferred });
  return {
    path,
    source: { path, text: source },
    language: front.language,
    scope: top,
    parts,
    stars: parts.flatMap(({ stars }) => stars),
  };
};

const seen = /\S/;
