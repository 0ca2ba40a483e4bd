import { parseJsonTree } from '../../text/jsonTree';
import { opaque } from '../../text/notation';
import type { Source } from '../../text/place';
import { span, type Span } from '../../text/span';
import type { Tree } from '../../text/tree';
import { parseYamlTree } from '../../text/yamlTree';
import { cut, flat, made } from '../values/pieces';
import { textValue, type KnownPiece, type Piece, type Spot, type Value } from '../values/value';

/*
 * Data that a program reads out of a text: JSON and YAML, in a file or in a literal. Few programs do, so that their readers are a bundle of their own.
 */

/** Where the parts of a text of data stand. */
interface Written {
  readonly spotOf: (at: Span) => Spot;
  /** Characters as they stand in a file; absent where the text itself is written in the notation of something else. */
  readonly source: Source | undefined;
}

const valueOfTree = (tree: Tree, written: Written): Value => {
  const spot = written.spotOf(tree.span);
  switch (tree.kind) {
    case 'array':
      return {
        kind: 'list',
        sort: 'list',
        spot,
        items: tree.items.map((item) => ({ value: () => valueOfTree(item, written), gap: undefined, item: undefined })),
      };
    case 'object':
      return {
        kind: 'object',
        spot,
        open: undefined,
        entries: tree.entries.map(({ name, value, span: at }) => ({
          key: name,
          value: () => valueOfTree(value, written),
          spot: written.spotOf(at),
          entry: undefined,
          maybe: false,
        })),
      };
    case 'scalar': {
      const { value, inner, notation } = tree;
      if (typeof value !== 'string') return { kind: 'constant', value, spot };
      if (value === '') return textValue([]);
      const { source } = written;
      const isExact = source !== undefined && notation !== opaque;
      return textValue([isExact ? { kind: 'known', text: value, source, at: inner, notation } : made(value, written.spotOf(inner))]);
    }
  }
};

const parse = (text: string, offset: number, isYaml: boolean): Tree | undefined => {
  const { tree, errors } = isYaml ? parseYamlTree(text, offset) : parseJsonTree(text, offset);
  return errors.length > 0 ? undefined : tree;
};

const inFile = ({ source, at }: KnownPiece, isYaml: boolean): Value | undefined => {
  const tree = parse(source.text.slice(at.start, at.end), at.start, isYaml);
  return tree && valueOfTree(tree, { source, spotOf: (place) => ({ source, at: place }) });
};

/** What a text of data says; each part knows where it stands. `undefined` for what is none. */
export const dataIn = (pieces: readonly Piece[], isYaml: boolean): Value | undefined => {
  const [first, ...others] = pieces;
  if (first === undefined || pieces.some(({ kind }) => kind === 'hole')) return undefined;
  if (first.kind === 'known' && others.length === 0 && /^(?:plain|crlf)$/.test(first.notation.name)) return inFile(first, isYaml);
  const tree = parse(flat(pieces), 0, isYaml);
  const spotOf = ({ start, end }: Span): Spot => {
    const [found] = cut(pieces, start, end);
    return found === undefined
      ? { source: first.source, at: span(first.at.start, first.at.start) }
      : { source: found.source, at: found.at };
  };
  return tree && valueOfTree(tree, { source: undefined, spotOf });
};
