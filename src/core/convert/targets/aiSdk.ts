import { isRecord, type Json, type JsonObject } from '../../text/json';
import { fieldOf } from '../../tokens/json';
import { converseRequest } from '../converseRequest';
import { modelMark, type Draft } from '../draft';
import { Call, type Expr, type ExprObject } from '../expr';
import { programText } from '../program';
import { blocksAt, memberOf, messagesOf, onlyMembers, optional, toolResultMembers, toolUseMembers } from '../request';
import { typescript } from '../typescript';
import { codeIn } from './target';
import { noPlaceWording } from '../../wording/noPlace';

const json = (value: unknown): Json => (value ?? null) as Json; // read from JSON

/** How a part of a message carries a cache point behind it. */
const options = (own: JsonObject): ExprObject => ({ providerOptions: { bedrock: own } });

const output = (draft: Draft, result: unknown): Expr => {
  const content = blocksAt(result, 'content', draft);
  const [only] = content;
  const text = fieldOf(only, 'text');
  if (fieldOf(result, 'status') === 'error') draft.refusals.push({ code: 'noPlace', what: 'toolResult.status' });
  if (content.length === 1 && typeof text === 'string') return { type: 'text', value: text };
  return {
    type: 'content',
    value: content.map((block): Expr => {
      const { member, value } = memberOf(block, draft);
      if (member !== 'text') draft.refusals.push({ code: 'noPlace', what: `toolResult.${member}` });
      return { type: 'text', text: json(value) };
    }),
  };
};

interface Turn {
  readonly draft: Draft;
  /** Names of tools by the ids of their uses, which results do not have. */
  readonly tools: Map<string, string>;
}

const reasoning = ({ draft }: Turn, value: unknown): ExprObject => {
  const text = fieldOf(value, 'reasoningText');
  const signature = fieldOf(text, 'signature');
  // Without one the provider leaves it out.
  if (!isRecord(text) || signature === undefined) draft.refusals.push({ code: 'noPlace', what: noPlaceWording.unsignedReasoning });
  return {
    type: 'reasoning',
    text: json(fieldOf(text, 'text') ?? ''),
    ...(signature === undefined ? {} : options({ signature: json(signature) })),
  };
};

const part = (turn: Turn, block: unknown): ExprObject => {
  const { draft, tools } = turn;
  const { member, value } = memberOf(block, draft);
  const id = String(fieldOf(value, 'toolUseId') ?? '');
  switch (member) {
    case 'text':
      // One without a character is left out.
      if (value === '') draft.refusals.push({ code: 'noPlace', what: noPlaceWording.emptyText });
      return { type: 'text', text: json(value) };
    case 'image': {
      const bytes = fieldOf(fieldOf(value, 'source'), 'bytes');
      if (typeof bytes !== 'string') draft.refusals.push({ code: 'noPlace', what: 'image.source' });
      return { type: 'file', mediaType: `image/${String(fieldOf(value, 'format'))}`, data: json(bytes) };
    }
    case 'toolUse':
      onlyMembers(value, toolUseMembers, 'toolUse', draft);
      tools.set(id, String(fieldOf(value, 'name')));
      return { type: 'tool-call', toolCallId: id, toolName: json(fieldOf(value, 'name')), input: json(fieldOf(value, 'input')) };
    case 'toolResult':
      onlyMembers(value, toolResultMembers, 'toolResult', draft);
      return { type: 'tool-result', toolCallId: id, toolName: tools.get(id) ?? 'tool', output: output(draft, value) };
    case 'reasoningContent':
      return reasoning(turn, value);
    default:
      // Documents get a name of the client's own, which the service would read as another text.
      draft.refusals.push({ code: 'noPlace', what: member });
      return { type: 'text', text: '' };
  }
};

const withPoints = (draft: Draft, blocks: readonly unknown[], convert: (block: unknown) => ExprObject): readonly ExprObject[] => {
  const made: ExprObject[] = [];
  for (const block of blocks) {
    const point = fieldOf(block, 'cachePoint');
    if (point === undefined) {
      made.push(convert(block));
      continue;
    }
    const last = made.pop();
    if (last === undefined) {
      draft.refusals.push({ code: 'pointFirst' });
      continue;
    }
    if (last['type'] === 'reasoning') draft.refusals.push({ code: 'noPlace', what: noPlaceWording.pointAfterReasoning });
    if (last['providerOptions'] !== undefined) {
      draft.notes.push({ code: 'pointLeftOut', why: 'twice' });
      made.push(last);
      continue;
    }
    made.push({ ...last, ...options({ cachePoint: json(point) }) });
  }
  return made;
};

const systemIn = (draft: Draft, request: JsonObject): readonly ExprObject[] =>
  withPoints(draft, blocksAt(request, 'system', draft), (block) => {
    const { member, value } = memberOf(block, draft);
    if (member !== 'text') draft.refusals.push({ code: 'noPlace', what: member });
    // One without a character is no system text.
    if (value === '') draft.refusals.push({ code: 'noPlace', what: noPlaceWording.emptyText });
    return { role: 'system', content: json(value) };
  });

/** Results of tools are messages of a role of their own, which the provider joins with those of the user around them. */
const messagesIn = (draft: Draft, request: JsonObject): readonly Expr[] => {
  const turn: Turn = { draft, tools: new Map() };
  let before = '';
  return messagesOf(request, draft).flatMap(({ role, content }): readonly Expr[] => {
    if (role === before) draft.refusals.push({ code: 'sameRole', role });
    before = role;
    if (role !== 'user' && role !== 'assistant') draft.refusals.push({ code: 'noPlace', what: noPlaceWording.role(role) });
    const groups: { role: string; content: ExprObject[] }[] = [];
    for (const one of withPoints(draft, content, (block) => part(turn, block))) {
      const own = one['type'] === 'tool-result' ? 'tool' : role;
      const last = groups.at(-1);
      if (last?.role === own) last.content.push(one);
      else groups.push({ role: own, content: [one] });
    }
    return groups.length === 0 ? [{ role, content: [] }] : groups;
  });
};

/** The provider trims the text at the end of a conversation that the model is to go on with. */
const tellTrimmed = (draft: Draft, request: JsonObject): void => {
  const last = messagesOf(request, draft).at(-1);
  const text = fieldOf(
    last?.content.findLast((block) => fieldOf(block, 'cachePoint') === undefined),
    'text',
  );
  if (last?.role === 'assistant' && typeof text === 'string' && text.trim() !== text)
    draft.refusals.push({ code: 'noPlace', what: noPlaceWording.trailingBlanks });
};

const toolsIn = (draft: Draft, config: unknown): ExprObject => {
  const tools = blocksAt(config, 'tools', draft).flatMap((block): readonly (readonly [string, Expr])[] => {
    const { member, value } = memberOf(block, draft);
    if (member === 'cachePoint') draft.notes.push({ code: 'pointLeftOut', why: 'tools' });
    else if (member !== 'toolSpec') draft.refusals.push({ code: 'noPlace', what: member });
    if (member !== 'toolSpec') return [];
    onlyMembers(value, ['name', 'description', 'inputSchema'], 'toolSpec', draft);
    const schema = new Call('jsonSchema', [json(fieldOf(fieldOf(value, 'inputSchema'), 'json')) as Expr]);
    const spec = { ...optional('description', fieldOf(value, 'description')), inputSchema: schema };
    return [[String(fieldOf(value, 'name')), new Call('tool', [spec])]];
  });
  return Object.fromEntries(tools);
};

const choiceIn = (config: unknown): ExprObject => {
  const choice = fieldOf(config, 'toolChoice');
  const tool = fieldOf(fieldOf(choice, 'tool'), 'name');
  if (typeof tool === 'string') return { toolChoice: { type: 'tool', toolName: tool } };
  if (fieldOf(choice, 'any') !== undefined) return { toolChoice: 'required' };
  return fieldOf(choice, 'auto') === undefined ? {} : { toolChoice: 'auto' };
};

/** Settings of a request under the names of the client; others go into the body by way of the provider. */
const settings = (request: JsonObject): ExprObject => {
  const { system: _, messages: __, toolConfig: ___, inferenceConfig, ...others } = request;
  return {
    ...optional('maxOutputTokens', fieldOf(inferenceConfig, 'maxTokens')),
    ...optional('temperature', fieldOf(inferenceConfig, 'temperature')),
    ...optional('topP', fieldOf(inferenceConfig, 'topP')),
    ...optional('stopSequences', fieldOf(inferenceConfig, 'stopSequences')),
    ...(Object.keys(others).length === 0 ? {} : options(others)),
  };
};

/** TypeScript with Vercel's AI SDK, version 7, and its provider for Bedrock. */
export const aiSdk = codeIn('typescript', (draft) => {
  const request = converseRequest(draft);
  const config = request['toolConfig'];
  tellTrimmed(draft, request);
  const [system, messages, tools] = [systemIn(draft, request), messagesIn(draft, request), toolsIn(draft, config)];
  const hasTools = Object.keys(tools).length > 0;
  const input: ExprObject = {
    model: new Call('bedrock', [modelMark(draft)]),
    ...(system.length === 0 ? {} : { instructions: system }),
    messages,
    ...(hasTools ? { tools, ...choiceIn(config) } : {}),
    ...settings(request),
  };
  return programText(
    draft,
    {
      imports: [
        "import { bedrock } from '@ai-sdk/amazon-bedrock';",
        `import { generateText${hasTools ? ', jsonSchema, tool' : ''} } from 'ai';`,
      ],
      setup: [],
      result: new Call('generateText', [input]),
    },
    typescript,
  );
});
