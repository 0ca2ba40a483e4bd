import type { FormatId } from '../prompt/model';

/** File names by which each format is known; small enough for activation, which loads no parser. */
const names: { readonly [F in FormatId]?: RegExp } = {
  'bedrock-prompt': /\.bedrock\.md$/i,
  'converse-json': /\.converse\.jsonc?$/i,
  messages: /\.messages\.jsonc?$/i,
  nova: /\.nova\.jsonc?$/i,
};

/** Is this file of the format by its name alone? */
export const isNamed = (format: FormatId, path: string): boolean => names[format]?.test(path) === true;

/** The format that a file's name alone tells. */
export const namedFormat = (path: string): FormatId | undefined =>
  (Object.keys(names) as readonly FormatId[]).find((format) => isNamed(format, path)); // the table has ids only

/** How a file of JSON is read by its ending. */
export const kindOfJson = (path: string): FormatId | undefined =>
  /\.jsonc?$/i.test(path) ? 'json' : /\.jsonl$/i.test(path) ? 'json-lines' : undefined;

/** Words of which every request has one, besides its messages or its system text. */
const signs = ['anthropic_version', 'schemaVersion', 'cachePoint', 'toolConfig', 'inferenceConfig', 'modelId', 'modelInput'];

/**
 * Could JSON hold a request? Words alone tell, so that of a file of other kind nothing is parsed. Bodies that are written as a string have
 * backslashes before their quotes.
 */
export const mayHoldRequest = (text: string): boolean =>
  (text.includes('messages') || text.includes('"system"')) && signs.some((sign) => text.includes(sign));
