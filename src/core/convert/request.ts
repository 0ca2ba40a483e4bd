import type { Json, JsonObject } from '../text/json';
import { fieldOf, isLoose } from '../tokens/json';
import type { Losses } from './types';

/** How the parts of a request are looked at. What is not as its name says is told, so that nothing is lost in silence. */

/** A member that is there, and none where its value is not. */
export const optional = (name: string, value: unknown): JsonObject =>
  value === undefined || value === null ? {} : { [name]: value as Json }; // read from JSON

/** Settings of `inferenceConfig` by the names that frameworks of Python give them. */
export const pythonSettings = (inferenceConfig: unknown): JsonObject => ({
  ...optional('max_tokens', fieldOf(inferenceConfig, 'maxTokens')),
  ...optional('temperature', fieldOf(inferenceConfig, 'temperature')),
  ...optional('top_p', fieldOf(inferenceConfig, 'topP')),
  ...optional('stop_sequences', fieldOf(inferenceConfig, 'stopSequences')),
});

/** The entries of a list that may be left out. */
export const blocksAt = (owner: unknown, name: string, { refusals }: Losses): readonly unknown[] => {
  const list = fieldOf(owner, name);
  if (list === undefined || list === null) return [];
  if (Array.isArray(list)) return list;
  refusals.push({ code: 'malformed', what: name });
  return [];
};

/** The one member of a block of Converse. */
export const memberOf = (block: unknown, { refusals }: Losses): { readonly member: string; readonly value: unknown } => {
  const [first, ...others] = isLoose(block) ? Object.entries(block).filter(([, value]) => value !== null && value !== undefined) : [];
  if (first === undefined || others.length > 0)
    refusals.push({ code: 'malformed', what: first === undefined ? 'content' : [first, ...others].map(([name]) => name).join(', ') });
  return first === undefined ? { member: 'content', value: undefined } : { member: first[0], value: first[1] };
};

/** Tells of members that a part has besides those that are translated. */
export const onlyMembers = (value: unknown, names: readonly string[], part: string, { refusals }: Losses): void => {
  const other = isLoose(value) ? Object.keys(value).find((name) => !names.includes(name) && value[name] !== null) : undefined;
  if (other !== undefined) refusals.push({ code: 'noPlace', what: `${part}.${other}` });
};

/** The members of a use of a tool, and of its result. */
export const toolUseMembers = ['toolUseId', 'name', 'input'];
export const toolResultMembers = ['toolUseId', 'content', 'status'];

/** The messages of a request with their roles and blocks. */
export const messagesOf = (
  request: JsonObject,
  losses: Losses,
): readonly { readonly role: string; readonly content: readonly unknown[] }[] =>
  blocksAt(request, 'messages', losses).map((message) => ({
    role: String(fieldOf(message, 'role') ?? ''),
    content: blocksAt(message, 'content', losses),
  }));
