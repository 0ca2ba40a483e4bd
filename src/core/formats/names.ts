import type { FormatId } from '../prompt/model';

/** File names by which each format is known; small enough for activation, which loads no parser. */
const names: { readonly [F in FormatId]: RegExp } = {
  'bedrock-prompt': /\.bedrock\.md$/i,
  messages: /\.messages\.jsonc?$/i,
  nova: /\.nova\.jsonc?$/i,
  'converse-json': /\.converse\.jsonc?$/i,
};

/** Is this file of the format by its name alone? */
export const isNamed = (format: FormatId, path: string): boolean => names[format].test(path);
