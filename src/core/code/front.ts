import { Tree, type SyntaxNode, type TreeFragment } from '@lezer/common';
import type { Span } from '../text/span';
import type { LanguageId, OpenScope } from './form';
import type { Reader } from './reader';

/** A function or class at the top of a file, as far as its outline tells. */
export interface Outline {
  readonly name: string;
  /** With everything that belongs to it: decorators, `export`. */
  readonly at: Span;
  /** Where it gives its name a value. */
  readonly namedAt: Span;
  /** Is it a `const`? */
  readonly isLocal: boolean;
}

/** How a language is read: its parser, what makes one statement at the top of a file part of its scope, and what can be read later. */
export interface Front {
  readonly language: LanguageId;
  parse(text: string, fragments: readonly TreeFragment[] | undefined): Tree;
  statement(reader: Reader, node: SyntaxNode, scope: OpenScope): void;
  /**
   * Functions and classes at the top of a file, in the order of the text, where their outlines are sure: from the beginning, or from one that is known
   * on, to the first that begins where `isKnown` says so.
   */
  outlines(text: string, from: number, isKnown: (start: number) => boolean): readonly Outline[];
}

/** A tree of a stretch of a file, with places in the file. */
export const treeAt = (tree: Tree, start: number): SyntaxNode => {
  const root = start === 0 ? tree : new Tree(tree.type, [tree], [start], start + tree.length);
  return (start === 0 ? undefined : root.topNode.firstChild) ?? root.topNode;
};
