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

/** How a file of JSON or YAML is read by its ending. */
export const kindOf = (path: string): FormatId | undefined => {
  if (/\.jsonc?$/i.test(path)) return 'json';
  if (/\.jsonl$/i.test(path)) return 'json-lines';
  return /\.ya?ml$/i.test(path) ? 'yaml' : undefined;
};

/** Words of which every request has one, besides its messages or its system text. */
const signs = ['anthropic_version', 'schemaVersion', 'cachePoint', 'toolConfig', 'inferenceConfig', 'modelId', 'modelInput'];

/**
 * Could JSON hold a request? Words alone tell, so that of a file of other kind nothing is parsed. Bodies that are written as a string have
 * backslashes before their quotes.
 */
export const mayHoldRequest = (text: string): boolean =>
  (text.includes('messages') || text.includes('"system"')) && signs.some((sign) => text.includes(sign));

/** Words of documents that keep prompts for a service or a tool: each tells one kind. */
const storedSigns = ['templateConfiguration', 'TemplateConfiguration', 'cache_control_injection_points', 'bedrock-runtime'];

/** Makers of models, as the ids of those on Bedrock begin. */
const makers = [
  'anthropic.',
  'amazon.nova',
  'meta.llama',
  'mistral.',
  'cohere.command',
  'deepseek.',
  'qwen.',
  'openai.gpt-oss',
  'ai21.',
  'writer.',
];

/** Could JSON or YAML keep prompts for something else? Words alone tell. */
export const mayHoldStored = (text: string): boolean => storedSigns.some((sign) => text.includes(sign));

/** Could YAML be a prompt file, one that names a model of Bedrock? */
export const mayBePromptFile = (text: string): boolean =>
  makers.some((maker) => text.includes(maker)) && /(?:system|prompt|messages|instructions)["']?[ \t]*:/i.test(text);
/** Instructions of coding agents, by the names that their programs look for. Sources: the pages of Claude Code, Codex, Gemini CLI, Cursor and GitHub Copilot, read 2026-11. */
const agentFiles = /^(?:CLAUDE(?:\.local)?\.md|AGENTS\.md|GEMINI\.md|\.cursorrules|copilot-instructions\.md)$/;

/** Files that stand in every folder and are for people. */
const forPeople = /^(?:readme|changelog|contributing|license|licence|index)\b/i;

/** Is a file without any form the text of a prompt, by its place and name? Documentation about prompts is none. */
export const isPlainPrompt = (path: string): boolean => {
  const parts = path.replaceAll('\\', '/').split('/');
  const name = parts.pop() ?? '';
  if (agentFiles.test(name)) return true;
  return (
    /\.(?:md|txt)$/i.test(name) &&
    !/\.bedrock\.md$/i.test(name) &&
    !forPeople.test(name) &&
    parts.includes('prompts') &&
    !parts.includes('docs')
  );
};
