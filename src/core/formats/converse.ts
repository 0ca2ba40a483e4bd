import { emptyHeader, type Block, type Header, type Message, type Prompt, type ReadPrompt } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import type { Json, JsonObject } from '../text/json';
import { parseJsonTree, type JsonAnswer } from '../text/jsonTree';
import { theDocument } from '../text/place';
import { span, type Located } from '../text/span';
import { member, stringValue, toJson, type Tree } from '../text/tree';
import { contentMembers, readBlock, systemMembers, toolMembers, type Origin } from './converseBlocks';
import { checkKeys } from './unknownKeys';
import { converseWriter } from './converseWriter';
import type { Format } from './format';
import { ignoresAmong } from './ignoreComment';
import { isNamed } from './names';
import { sourceList } from './sourceList';
import { toolConfigKeys } from './toolConfig';
import { wholeDocument } from './wholeDocument';

/** Members of a Converse request. Source: service model bedrock-runtime/2023-09-30, ConverseRequest and ConverseStreamRequest. */
const requestKeys = [
  'modelId',
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'guardrailConfig',
  'additionalModelRequestFields',
  'promptVariables',
  'additionalModelResponseFieldPaths',
  'requestMetadata',
  'performanceConfig',
  'serviceTier',
  'outputConfig',
];

const readList = (tree: Tree | undefined, members: readonly string[], origin: Origin, problems: SyntaxProblem[]): readonly Block[] => {
  if (tree === undefined) return [];
  if (tree.kind !== 'array') {
    problems.push({ code: 'syntax/not-converse', span: tree.span, data: { detail: 'a list of blocks is expected here' } });
    return [];
  }
  return tree.items.flatMap((item) => {
    const { block, detail } = readBlock(item, members, origin);
    if (detail !== undefined) problems.push({ code: 'syntax/not-converse', span: item.span, data: { detail } });
    return block === undefined ? [] : [block];
  });
};

const readMessages = (tree: Tree | undefined, origin: Origin, problems: SyntaxProblem[]): readonly Message[] => {
  if (tree === undefined) return [];
  const odd = (at: Tree, detail: string) => problems.push({ code: 'syntax/not-converse', span: at.span, data: { detail } });
  if (tree.kind !== 'array') {
    odd(tree, 'messages is a list');
    return [];
  }
  return tree.items.flatMap((item): Message | readonly Message[] => {
    if (item.kind !== 'object') {
      odd(item, 'a message is an object with role and content');
      return [];
    }
    const role = stringValue(member(item, 'role'));
    const content = member(item, 'content');
    if (role !== 'user' && role !== 'assistant') odd(member(item, 'role') ?? item, 'a message has a role: user or assistant');
    else if (content === undefined) odd(item, 'a message has a list of content blocks');
    checkKeys(problems, item, ['role', 'content']);
    return { role: role ?? '', span: item.span, content: readList(content, contentMembers, origin, problems) };
  });
};

const readHeader = (request: Tree | undefined, whole: Tree | undefined): Header => {
  const id = member(request, 'modelId') ?? member(whole, 'modelId');
  const modelId = stringValue(id);
  const fields: [string, Located<Json>][] = [];
  if (request?.kind === 'object')
    for (const entry of request.entries)
      if (requestKeys.includes(entry.key.value) && !['modelId', 'messages', 'system', 'toolConfig'].includes(entry.key.value))
        fields.push([entry.key.value, { value: toJson(entry.value), span: entry.value.span }]);
  return {
    ...emptyHeader,
    modelId: id === undefined || modelId === undefined ? undefined : { value: modelId, span: id.span },
    fields: Object.fromEntries(fields),
  };
};

/** Some tools wrap the request as `{"modelId": …, "body": …}`. */
const requestIn = (whole: Tree | undefined): Tree | undefined => {
  const body = member(whole, 'body');
  return member(whole, 'messages') === undefined && body?.kind === 'object' ? body : whole;
};

const parseFile = (text: string): JsonAnswer => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return parseJsonTree(text.slice(start), start);
};

const writtenBody = (text: string): JsonObject | undefined => {
  const request = requestIn(parseFile(text).tree);
  if (request?.kind !== 'object') return undefined;
  return Object.fromEntries(request.entries.flatMap(({ key, value }) => (key.value === 'modelId' ? [] : [[key.value, toJson(value)]])));
};

const parse = (text: string): Prompt => {
  const answer = parseFile(text);
  const problems: SyntaxProblem[] = answer.errors.map((error) => ({
    code: 'syntax/json',
    span: span(error.start, error.end),
    data: { detail: error.detail },
  }));
  if (answer.tooDeep) problems.push({ code: 'syntax/too-deep', span: span(0, text.length), data: {} });
  const ignores = ignoresAmong(text, answer.comments, '//');
  const whole = answer.tree;
  const request = requestIn(whole);
  if (whole !== undefined && whole.kind !== 'object')
    problems.push({ code: 'syntax/not-converse', span: whole.span, data: { detail: 'a Converse request is an object with messages' } });
  checkKeys(problems, request, requestKeys);
  const toolConfig = member(request, 'toolConfig');
  if (toolConfig !== undefined && toolConfig.kind !== 'object')
    problems.push({ code: 'syntax/not-converse', span: toolConfig.span, data: { detail: 'toolConfig is an object with a list of tools' } });
  checkKeys(problems, toolConfig, toolConfigKeys);
  const sources = sourceList(text).all;
  const origin: Origin = { sources, source: theDocument, templated: false };
  const choice = member(toolConfig, 'toolChoice');
  const prompt: ReadPrompt = {
    format: 'converse-json',
    sources,
    header: readHeader(request, whole),
    tools: readList(member(toolConfig, 'tools'), toolMembers, origin, problems),
    toolChoice: choice === undefined ? undefined : toJson(choice),
    system: readList(member(request, 'system'), systemMembers, origin, problems),
    messages: readMessages(member(request, 'messages'), origin, problems),
    problems,
    files: [],
    ...(ignores.length === 0 ? {} : { ignores }),
  };
  return { ...prompt, write: converseWriter(text, prompt) };
};

/** The JSON body of a Converse or ConverseStream call, as the SDKs and the CLI take it. */
export const converse: Format = {
  id: 'converse-json',
  detects: (path, text) =>
    isNamed('converse-json', path) ||
    (/\.jsonc?$/i.test(path) && /"(?:messages|system)"/.test(text) && /"(?:cachePoint|toolConfig|inferenceConfig)"/.test(text)),
  read: (text) => wholeDocument(text, parse(text), 'Converse request'),
  writtenBody,
};
