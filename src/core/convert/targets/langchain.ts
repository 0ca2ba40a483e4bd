import type { Json, JsonObject } from '../../text/json';
import { fieldOf } from '../../tokens/json';
import { bytesInPython } from '../bytes';
import { converseRequest } from '../converseRequest';
import { modelMark, type Draft } from '../draft';
import { Call, type Expr, type ExprObject } from '../expr';
import { programText } from '../program';
import { python } from '../python';
import { blocksAt, memberOf, messagesOf, onlyMembers, optional, toolResultMembers, toolUseMembers, pythonSettings } from '../request';
import { codeIn } from './target';
import { noPlaceWording } from '../../wording/noPlace';

/**
 * A block of a message as LangChain has it; what it has no form for is told. A block without a type goes to the service as it is: one of a type
 * would lose white space at its end. Source: langchain-aws, chat_models/bedrock_converse.py, read 2026-11.
 */
const part = (draft: Draft, block: unknown): readonly Expr[] => {
  const { member, value } = memberOf(block, draft);
  const json = value as Json; // read from JSON
  switch (member) {
    case 'text':
      // One without a character is left out.
      if (json === '') draft.refusals.push({ code: 'noPlace', what: noPlaceWording.emptyText });
      return [typeof json === 'string' && json.trimEnd() === json ? { type: 'text', text: json } : { text: json }];
    case 'cachePoint':
      return [{ cachePoint: json }];
    case 'reasoningContent':
      return [{ reasoningContent: bytesInPython(draft, json) }];
    case 'image':
    case 'document':
      return [{ type: member, [member]: bytesInPython(draft, json) }];
    case 'toolUse':
      onlyMembers(value, toolUseMembers, 'toolUse', draft);
      return [
        {
          type: 'tool_use',
          id: (fieldOf(value, 'toolUseId') ?? '') as Json,
          name: (fieldOf(value, 'name') ?? '') as Json,
          input: (fieldOf(value, 'input') ?? {}) as Json,
        },
      ];
    default:
      draft.refusals.push({ code: 'noPlace', what: member });
      return [];
  }
};

const toolMessage = (draft: Draft, result: unknown): Expr => {
  onlyMembers(result, toolResultMembers, 'toolResult', draft);
  const status = fieldOf(result, 'status');
  return new Call('ToolMessage', [], {
    content: blocksAt(result, 'content', draft).flatMap((block) => part(draft, block)),
    tool_call_id: (fieldOf(result, 'toolUseId') ?? '') as Json,
    ...(status === undefined ? {} : { status: status as Json }),
  });
};

/** Results of tools are messages of their own, which the client puts together again with those of the user around them. */
const userMessages = (draft: Draft, content: readonly unknown[]): readonly Expr[] => {
  const messages: Expr[] = [];
  let parts: Expr[] = [];
  const close = (): void => {
    if (parts.length > 0) messages.push(new Call('HumanMessage', [], { content: parts }));
    parts = [];
  };
  for (const block of content) {
    const result = fieldOf(block, 'toolResult');
    if (result === undefined) {
      parts.push(...part(draft, block));
      continue;
    }
    close();
    messages.push(toolMessage(draft, result));
  }
  close();
  return messages;
};

/** Uses of tools stand in an answer twice: names in their input stay as they are only in `tool_calls`. */
const assistantMessage = (draft: Draft, content: readonly unknown[]): Expr => {
  const calls = content.flatMap((block): readonly Expr[] => {
    const use = fieldOf(block, 'toolUse');
    if (use === undefined) return [];
    const member = (name: string, otherwise: Json): Json => (fieldOf(use, name) ?? otherwise) as Json; // read from JSON
    return [{ name: member('name', ''), args: member('input', {}), id: member('toolUseId', '') }];
  });
  return new Call('AIMessage', [], {
    content: content.flatMap((block) => part(draft, block)),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  });
};

const isToolBlock = (block: unknown): boolean => fieldOf(block, 'toolUse') !== undefined || fieldOf(block, 'toolResult') !== undefined;

/** What the client would write in another way. */
const tellChanged = (draft: Draft, request: JsonObject, tools: readonly unknown[]): void => {
  const refuse = (what: string): void => void draft.refusals.push({ code: 'noPlace', what });
  const turns = messagesOf(request, draft);
  if (turns.length === 0 || turns.some(({ content }) => content.length === 0)) refuse(noPlaceWording.emptyMessage);
  if (tools.length === 0 && turns.some(({ content }) => content.some(isToolBlock))) refuse(noPlaceWording.usesWithoutTools);
  // It gives the tool's name to one without a description.
  const specs = tools.flatMap((tool) => fieldOf(tool, 'toolSpec') ?? []);
  if (specs.some((spec) => (fieldOf(spec, 'description') ?? '') === '')) refuse(noPlaceWording.toolWithoutDescription);
};

const messagesIn = (draft: Draft, request: JsonObject): readonly Expr[] => {
  const system = blocksAt(request, 'system', draft).flatMap((block) => part(draft, block));
  let before = '';
  const turns = messagesOf(request, draft).flatMap(({ role, content }): readonly Expr[] => {
    // It puts messages of one role that follow each other together.
    if (role === before) draft.refusals.push({ code: 'sameRole', role });
    before = role;
    if (role === 'user') return userMessages(draft, content);
    if (role !== 'assistant') draft.refusals.push({ code: 'noPlace', what: noPlaceWording.role(role) });
    return [assistantMessage(draft, content)];
  });
  return [...(system.length === 0 ? [] : [new Call('SystemMessage', [], { content: system })]), ...turns];
};

const settings = (draft: Draft, request: JsonObject): ExprObject => {
  const { system: _, messages: __, toolConfig: ___, inferenceConfig, additionalModelRequestFields, ...others } = request;
  const { guardrailConfig, performanceConfig, requestMetadata, ...unknown } = others;
  const left = Object.keys(unknown);
  if (left.length > 0) draft.notes.push({ code: 'leftOut', members: left });
  return {
    ...pythonSettings(inferenceConfig),
    ...optional('additional_model_request_fields', additionalModelRequestFields),
    ...optional('guardrail_config', guardrailConfig),
    ...optional('performance_config', performanceConfig),
    ...optional('request_metadata', requestMetadata),
  };
};

const classes = ['AIMessage', 'HumanMessage', 'SystemMessage', 'ToolMessage'];

const calleesIn = (messages: readonly Expr[]): readonly string[] => {
  const used = new Set(messages.map((message) => (message instanceof Call ? message.callee : '')));
  return classes.filter((name) => used.has(name));
};

/** Python with LangChain: messages with cache points for `ChatBedrockConverse`. */
export const langchain = codeIn('python', (draft) => {
  const request = converseRequest(draft);
  const model = new Call('ChatBedrockConverse', [], { model: modelMark(draft), ...settings(draft, request) });
  const config = request['toolConfig'];
  const choice = fieldOf(config, 'toolChoice');
  const tools = blocksAt(config, 'tools', draft) as readonly Json[]; // read from JSON
  tellChanged(draft, request, tools);
  const chat =
    tools.length === 0 ? model : new Call('bind_tools', [tools], choice === undefined ? {} : { tool_choice: choice as Json }, model);
  const messages = messagesIn(draft, request);
  return programText(
    draft,
    {
      imports: [
        'from langchain_aws import ChatBedrockConverse',
        ...(messages.length === 0 ? [] : [`from langchain_core.messages import ${calleesIn(messages).join(', ')}`]),
      ],
      setup: [['chat', chat]],
      result: new Call('chat.invoke', [messages]),
    },
    python,
  );
});
