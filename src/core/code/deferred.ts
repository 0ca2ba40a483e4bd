import { TreeFragment } from '@lezer/common';
import { span, type Span } from '../text/span';
import type { Expr, OpenScope, Part, PartContent, PathKey, Step } from './form';
import { movePart, type Moved } from './move';
import { readPart, type ReadPart } from './parts';
import { childrenOf, createReader } from './reader';
import { treeAt, type Front, type Outline } from './front';

/*
 * Most functions of a file have nothing to do with prompts. A front end says where the functions and classes at the top of a file are by their
 * outlines alone; one is parsed and read when a name leads to it, and by itself: nothing outside of it changes what is read.
 */

/** What is known of a function or class, in all versions of a file in which it stays as it is. */
export interface Deferred {
  /** As it was found. */
  readonly outline: Outline;
  /** Where it stands in the last version. */
  start: number;
  /** What an earlier version of it was parsed to, for the next one. */
  fragments: readonly TreeFragment[] | undefined;
  readonly said: Map<RegExp, boolean>;
  read: ReadPart | undefined;
}

/** The file in which it stands. */
export interface Within {
  readonly front: Front;
  readonly source: string;
  /** The source as it is parsed. */
  readonly text: string;
  readonly top: OpenScope;
}

const readDeferred = (one: Deferred, { front, source, text, top }: Within, at: Span): ReadPart => {
  const tree = front.parse(text.slice(at.start, at.end), one.fragments);
  one.fragments = TreeFragment.addTree(tree);
  const reader = createReader(source, front.language);
  const [steps, arms, returns] = [top.steps.length, top.arms.length, top.returns.length];
  const part = readPart(reader, at, '', top, () => {
    for (const node of childrenOf(treeAt(tree, at.start))) front.statement(reader, node, top);
  });
  // The file has what it gives a name by its outline.
  top.steps.length = steps;
  top.arms.length = arms;
  top.returns.length = returns;
  return part;
};

const isWord = (sign: string): boolean => /[\w$]/.test(sign);

/** Is there a place where a name ends in a text for which something holds? */
const someEnd = (text: string, name: string, holds: (end: number) => boolean): boolean => {
  for (let at = text.indexOf(name); at !== -1 && name !== ''; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (!isWord(text.charAt(at - 1)) && !isWord(text.charAt(end)) && holds(end)) return true;
  }
  return false;
};

/** Behind the name that a callee begins with. */
const called = /(?:\??\.\s*[\w$]+|\[[^\]\n]*\])*(?:<[^()\n]*>)?\(/y;

/** Before the name of a type, or of what a class is made of. */
const typing = /(?::\s*(?:\w+\[)?['"]?|\bextends\s+|\bclass \w+ *\([^)]*)$/;

/** Stands where it stands in one version of a file. */
export class DeferredPart implements Part {
  readonly at: Span;
  readonly isDeferred = true;
  readonly stars = [];
  readonly #one: Deferred;
  readonly #within: Within;
  #moved: Moved | undefined;
  #slice: string | undefined;

  constructor(one: Deferred, at: Span, within: Within) {
    this.#one = one;
    this.at = at;
    this.#within = within;
  }

  holds(words: string | RegExp): boolean {
    const { said } = this.#one;
    if (typeof words === 'string') return someEnd(this.#text, words, () => true);
    const known = said.get(words) ?? words.test(this.#text);
    said.set(words, known);
    return known;
  }

  calls(name: string): boolean {
    return someEnd(this.#text, name, (end) => this.#text.charAt(end) === '(');
  }

  leads(name: string): boolean {
    return someEnd(this.#text, name, (end) => {
      called.lastIndex = end;
      return called.test(this.#text) || typing.test(this.#text.slice(Math.max(0, end - name.length - 80), end - name.length));
    });
  }

  get #text(): string {
    return (this.#slice ??= this.#within.text.slice(this.at.start, this.at.end));
  }

  get names(): Part['names'] {
    return this.#read.names;
  }

  content(): PartContent {
    return this.#own ?? this.#placed.content();
  }

  /** What it gives the name of its outline. */
  valueOf(name: string): Expr | undefined {
    return (this.#own ?? this.#placed).steps.find(({ kind, root }) => kind === 'set' && root === name)?.value;
  }

  get #read(): ReadPart {
    return (this.#one.read ??= readDeferred(this.#one, this.#within, this.at));
  }

  /** What was read of it, where that was in this version of the file. */
  get #own(): ReadPart | undefined {
    const read = this.#read;
    return read.top === this.#within.top ? read : undefined;
  }

  get #placed(): Moved {
    const read = this.#read;
    return (this.#moved ??= movePart(read, this.at.start - read.readAt, this.#within.top));
  }
}

/** A function or class is given its name. */
export class DeferredStep implements Step {
  readonly kind = 'set';
  readonly path: readonly PathKey[] = [];
  readonly method = '';
  readonly keepsName = false;
  readonly at: Span;
  readonly root: string;
  readonly isLocal: boolean;
  readonly #part: DeferredPart;

  constructor({ name, namedAt, at, isLocal }: Outline, part: DeferredPart) {
    const by = part.at.start - at.start;
    this.at = span(namedAt.start + by, namedAt.end + by);
    this.root = name;
    this.isLocal = isLocal;
    this.#part = part;
  }

  get value(): Expr | undefined {
    return this.#part.valueOf(this.root);
  }
}
