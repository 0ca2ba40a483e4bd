import type { FormatId } from '../prompt/model';
import { bedrockPrompt } from './bedrockPrompt';
import type { Format } from './format';
import { converse, json, messages, nova } from './jsonFormats';
import { jsonLines } from './jsonLines';
import { yaml } from './yamlFormat';
import { plainText } from './plainText';

/** All formats, most particular first: a new format is one line here. */
export const formats: { readonly [F in FormatId]: Format } = {
  'bedrock-prompt': bedrockPrompt,
  messages,
  nova,
  'converse-json': converse,
  json,
  'json-lines': jsonLines,
  yaml,
  'plain-text': plainText,
};

/** The format a file of this name and text is in, if it is one of ours. */
export const detectFormat = (path: string, text: string): FormatId | undefined =>
  Object.values(formats).find((format) => format.detects(path, text))?.id;
