import { mayHoldPlaceholder, scanTemplate } from '../../text/templateTokens';
import type { StringTree } from '../../text/tree';
import type { Hole } from '../converseBlocks';

/** `{{name}}`, and nothing else: a backslash before it is a character, as everything else is. */
export const placeholdersIn = (text: string): readonly Hole[] =>
  mayHoldPlaceholder(text) ? [...scanTemplate(text)].filter(({ kind }) => kind === 'variable') : [];

const substitution = /\$\{(!?)([^}]*)\}/g;

/** The same, and `${Name}` as `Fn::Sub` fills it in; `${!Name}` says `${Name}`. */
const substitutionsIn = (text: string): readonly Hole[] => {
  const found = [...text.matchAll(substitution)].map(({ index, 0: whole, 1: literally, 2: name = '' }): Hole => {
    const [start, end] = [index, index + whole.length];
    return literally === '!' ? { kind: 'escape', start: start + 2, end: start + 3 } : { kind: 'unknown', source: name.trim(), start, end };
  });
  return [...placeholdersIn(text), ...found].sort((a, b) => a.start - b.start);
};

/** Strings of a CloudFormation template that another value is put into, or that stand for one that is not known. */
export interface FilledTexts {
  readonly substituted: Set<StringTree>;
  readonly unknown: Set<StringTree>;
}

/** What of the texts of a template is no text. */
export const holesIn =
  ({ substituted, unknown }: FilledTexts) =>
  (tree: StringTree): readonly Hole[] => {
    const text = String(tree.value);
    if (unknown.has(tree)) return [{ kind: 'unknown', source: text, start: 0, end: text.length }];
    return substituted.has(tree) ? substitutionsIn(text) : placeholdersIn(text);
  };
