import { placeholdersIn } from '../formats/stored/templateHoles';
import { isRecord, type Json, type JsonObject } from '../text/json';
import { placeholder } from '../text/templateTokens';
import { fieldOf } from '../tokens/json';
import { converseRequest } from './converseRequest';
import type { Draft } from './draft';
import { holesIn, tellUnknown } from './fill';
import type { Hole } from './marks';
import { fileBase, namesFor } from './names';
import { blocksAt, memberOf, messagesOf, optional } from './request';

/** A prompt of Prompt Management, as CreatePrompt takes it. Source: API reference of Amazon Bedrock Agents, CreatePrompt, read 2026-11. */

const mostVariables = 20;
const longestDescription = 200;
/** Characters of a template. Source: quotas of Amazon Bedrock, Prompt management, read 2026-11. */
const mostCharacters = 200_000;

/** A name as the service takes them: letters and digits, and single hyphens and underscores behind them. */
const serviceName = (text: string): string => {
  const name = text
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/([_-])[_-]+/g, '$1')
    .replace(/^[\d_-]+/, '')
    .slice(0, 100);
  return name === '' ? 'value' : name;
};

type Names = ReadonlyMap<Hole, string>;

/** A text with its variables. It has no escapes, so that nothing else in it may look like one. */
const textWith = ({ marks, refusals }: Draft, text: string, names: Names): string => {
  const parts = marks.parts(text);
  const written = parts.map((part) => (typeof part === 'string' ? part : placeholder(names.get(part) ?? ''))).join('');
  const found = placeholdersIn(written).map((hole) => (hole.kind === 'variable' ? hole.name : ''));
  const meant = parts.flatMap((part) => (typeof part === 'string' ? [] : (names.get(part) ?? '')));
  if (found.join(' ') !== meant.join(' ')) refusals.push({ code: 'text', text: written });
  return written;
};

const pointOf = ({ notes }: Draft, point: unknown): Json => {
  const ttl = fieldOf(point, 'ttl');
  // Five minutes is what a point has that says nothing.
  if (typeof ttl === 'string' && ttl !== '5m') notes.push({ code: 'lifetime', ttl });
  return { cachePoint: { type: 'default' } };
};

/** Texts and cache points are all that a template holds. */
const blocks = (draft: Draft, list: readonly unknown[], names: Names): readonly Json[] =>
  list.flatMap((block): readonly Json[] => {
    const { member, value } = memberOf(block, draft);
    if (member === 'cachePoint') return [pointOf(draft, value)];
    if (member === 'text' && typeof value === 'string') return [{ text: textWith(draft, value, names) }];
    draft.refusals.push({ code: 'noPlace', what: member });
    return [];
  });

const tools = (draft: Draft, list: readonly unknown[]): readonly Json[] =>
  list.flatMap((block): readonly Json[] => {
    const { member, value } = memberOf(block, draft);
    if (member === 'cachePoint') return [pointOf(draft, value)];
    if (member === 'toolSpec') return [{ toolSpec: value as Json }]; // read from JSON
    draft.refusals.push({ code: 'noPlace', what: member });
    return [];
  });

const written = new Set(['system', 'messages', 'toolConfig', 'inferenceConfig', 'additionalModelRequestFields']);

const namesOf = (draft: Draft, request: JsonObject): Names => {
  const holes = holesIn(draft, request);
  const names = namesFor(holes, serviceName);
  const declared = [...names].flatMap(([hole, to]) => (hole.kind === 'value' && !hole.isUnknown ? [{ hole, from: hole.name, to }] : []));
  const renamed = declared.filter(({ from, to }) => from !== to).map(({ from, to }) => ({ from, to }));
  if (renamed.length > 0) draft.notes.push({ code: 'renamed', pairs: renamed });
  const defaults = declared.filter(({ hole }) => hole.declaration?.fallback !== undefined).map(({ to }) => to);
  if (defaults.length > 0) draft.notes.push({ code: 'defaults', names: defaults });
  if (names.size > mostVariables) draft.refusals.push({ code: 'tooManyVariables', count: names.size, most: mostVariables });
  tellUnknown(draft, names);
  return names;
};

/** Characters of all texts in a part of a template. */
const charactersOf = (part: Json | undefined): number => {
  if (Array.isArray(part)) return part.reduce((sum: number, one) => sum + charactersOf(one), 0);
  if (!isRecord(part)) return 0;
  const { text, content } = part as JsonObject;
  return typeof text === 'string' ? text.length : charactersOf(content);
};

/** The prompt with one variant. */
export const storedPrompt = (draft: Draft): JsonObject => {
  const { options, prompt, notes } = draft;
  const request = converseRequest(draft);
  const names = namesOf(draft, request);
  const config = request['toolConfig'];
  const left = Object.keys(request).filter((name) => !written.has(name));
  const description = prompt.header.description?.trim() ?? '';
  const isDescribed = description !== '' && description.length <= longestDescription;
  if (description !== '' && !isDescribed) left.push('description');
  if (left.length > 0) notes.push({ code: 'leftOut', members: left });
  if (options.modelId === '') notes.push({ code: 'noModel' });
  const included = prompt.sources.slice(1).map(({ path }) => path);
  if (included.length > 0) notes.push({ code: 'included', paths: included });
  const system = blocks(draft, blocksAt(request, 'system', draft), names);
  const chat: JsonObject = {
    ...(system.length === 0 ? {} : { system }),
    messages: messagesOf(request, draft).map(({ role, content }) => ({ role, content: blocks(draft, content, names) })),
    ...(config === undefined
      ? {}
      : {
          toolConfiguration: {
            tools: tools(draft, blocksAt(config, 'tools', draft)),
            ...optional('toolChoice', fieldOf(config, 'toolChoice')),
          },
        }),
    ...(names.size === 0 ? {} : { inputVariables: [...names.values()].map((name) => ({ name })) }),
  };
  const characters = charactersOf(chat['system']) + charactersOf(chat['messages']);
  if (characters > mostCharacters) draft.refusals.push({ code: 'tooLong', count: characters, most: mostCharacters });
  const { inferenceConfig, additionalModelRequestFields } = request;
  return {
    name: serviceName(fileBase(options.name ?? prompt.header.name)),
    ...(isDescribed ? { description } : {}),
    defaultVariant: 'default',
    variants: [
      {
        name: 'default',
        templateType: 'CHAT',
        ...(options.modelId === '' ? {} : { modelId: options.modelId }),
        ...(isRecord(inferenceConfig) ? { inferenceConfiguration: { text: inferenceConfig as JsonObject } } : {}),
        ...optional('additionalModelRequestFields', additionalModelRequestFields),
        templateConfiguration: { chat },
      },
    ],
  };
};

/** Members whose values are JSON of somebody else: their names stay as they are. */
const foreign = new Set(['json', 'additionalModelRequestFields']);

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The same under the names that CloudFormation has for it. */
export const inTemplate = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(inTemplate);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [capital(name), foreign.has(name) ? (member as Json) : inTemplate(member as Json)]),
  );
};
