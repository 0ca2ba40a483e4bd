import { isRecord, type Json, type JsonObject } from '../text/json';
import type { ConverseRequest, WireCall } from './types';

/**
 * Parts of a request that can be counted. A prefix alone is no request: it gets the shortest end that makes it one, and what that end counts alone is
 * what has to be taken off.
 */

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []); // a Json list
const objectOf = (value: Json | undefined): JsonObject => (isRecord(value) ? (value as JsonObject) : {});

/** How an API writes what a cut needs. */
interface Form {
  readonly tools: (body: JsonObject) => readonly Json[];
  /** The body with these lists in the place of its own; empty ones are left out. */
  readonly put: (
    body: JsonObject,
    lists: { readonly [N in 'tools' | 'system' | 'messages']: readonly Json[] },
    allTools: boolean,
  ) => JsonObject;
  readonly end: Json;
  readonly isMarker: (block: Json) => boolean;
  readonly asksTool: (block: Json) => boolean;
}

const unless = (isEmpty: boolean, members: JsonObject): JsonObject => (isEmpty ? {} : members);

const converseForm: Form = {
  tools: (body) => listOf(objectOf(body['toolConfig'])['tools']),
  put: ({ toolConfig, system: _system, messages: _messages, ...rest }, { tools, system, messages }, allTools) => {
    const { tools: _tools, toolChoice, ...others } = objectOf(toolConfig);
    const choice = unless(!allTools || toolChoice === undefined, { toolChoice: toolChoice ?? null });
    return {
      ...rest,
      messages,
      ...unless(system.length === 0, { system }),
      ...unless(tools.length === 0, { toolConfig: { ...others, tools, ...choice } }),
    };
  },
  end: { text: 'x' },
  isMarker: (block) => 'cachePoint' in objectOf(block),
  asksTool: (block) => 'toolUse' in objectOf(block),
};

const messagesForm: Form = {
  tools: (body) => listOf(body['tools']),
  put: (
    { tools: _tools, tool_choice: choice, system: _system, messages: _messages, cache_control: _control, ...rest },
    lists,
    allTools,
  ) => ({
    ...rest,
    messages: lists.messages,
    ...unless(lists.system.length === 0, { system: lists.system }),
    ...unless(lists.tools.length === 0, { tools: lists.tools }),
    ...unless(lists.tools.length === 0 || !allTools || choice === undefined, { tool_choice: choice ?? null }),
  }),
  end: { type: 'text', text: 'x' },
  isMarker: () => false,
  asksTool: (block) => objectOf(block)['type'] === 'tool_use',
};

/** A text is one block. */
const blocksOf = (content: Json | undefined): readonly Json[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);

/** The first messages, with so many blocks, and an end of the user's; `undefined` where no end of a word would do. */
const cutMessages = (messages: readonly Json[], count: number, form: Form): readonly Json[] | undefined => {
  const made: JsonObject[] = [];
  let left = count;
  for (const message of messages) {
    if (left <= 0) break;
    const content = blocksOf(objectOf(message)['content']).filter((block) => !form.isMarker(block));
    made.push({ ...objectOf(message), content: content.slice(0, left) });
    left -= content.length;
  }
  const last = made.at(-1);
  if (last === undefined || last['role'] !== 'user') {
    const open = listOf(last?.['content']).some(form.asksTool);
    return open ? undefined : [...made, { role: 'user', content: [form.end] }];
  }
  return [...made.slice(0, -1), { ...last, content: [...listOf(last['content']), form.end] }];
};

const cutBody = (body: JsonObject, count: number, form: Form): JsonObject | undefined => {
  const without = (list: readonly Json[]): readonly Json[] => list.filter((block) => !form.isMarker(block));
  const [allTools, allSystem] = [without(form.tools(body)), without(blocksOf(body['system']))];
  const tools = allTools.slice(0, count);
  const system = allSystem.slice(0, Math.max(0, count - allTools.length));
  const messages = cutMessages(listOf(body['messages']), count - allTools.length - allSystem.length, form);
  return messages && form.put(body, { tools, system, messages }, tools.length === allTools.length);
};

const parsed = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The call with its first `count` blocks, cache points not counted, and the shortest end; with none it is that end alone. `undefined` where there is
 * no such call: before the result of a tool that was asked for, and for bodies that are not read here.
 */
export const cutCall = (call: WireCall, count: number): WireCall | undefined => {
  if (call.api === 'converse') {
    const body = cutBody(call.body as unknown as JsonObject, count, converseForm); // bytes of files aside, it is JSON
    return body && { ...call, body: body as unknown as ConverseRequest };
  }
  const own = call.api === 'messages' ? parsed(call.body) : undefined;
  const body = own && cutBody(own, count, messagesForm);
  return body && { ...call, body: JSON.stringify(body) };
};

/** Members of a Messages body that count. Source: Anthropic's API reference, Count tokens in a Message, read 2026-11. */
const counted = new Set(['messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config', 'output_format', 'cache_control']);

/** The body by which bedrock-mantle counts a call; `undefined` where the call's body is no object. */
export const mantleCountBody = (call: WireCall): string | undefined => {
  const body = call.api === 'messages' ? parsed(call.body) : undefined;
  const members = Object.entries(body ?? {}).filter(([name]) => counted.has(name));
  return body && JSON.stringify({ model: call.modelId, ...Object.fromEntries(members) });
};
