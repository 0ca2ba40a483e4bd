import { emptyHeader, type Block, type Header, type Message, type Prompt, type ReadPrompt } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import { converseStreamRequest } from '../service/shapes';
import type { Json, JsonObject } from '../text/json';
import { parseJsonTree, type JsonAnswer } from '../text/jsonTree';
import { theDocument } from '../text/place';
import { span, type Located } from '../text/span';
import { member, stringValue, toJson, type Tree } from '../text/tree';
import { contentMembers, readBlock, systemMembers, toolMembers, type Origin } from './converseBlocks';
import { converseWriter } from './converseWriter';
import type { Format } from './format';
import { ignoresAmong } from './ignoreComment';
import { isNamed } from './names';
import { sourceList } from './sourceList';
import { wholeDocument } from './wholeDocument';

/** What is no block, or no list of them, is left out here; the rules on the service's shapes tell of it. */
const readList = (tree: Tree | undefined, members: readonly string[], origin: Origin): readonly Block[] =>
  tree?.kind === 'array' ? tree.items.flatMap((item) => readBlock(item, members, origin) ?? []) : [];

const readMessages = (tree: Tree | undefined, origin: Origin): readonly Message[] =>
  tree?.kind === 'array'
    ? tree.items.flatMap((item): Message | readonly Message[] =>
        item.kind === 'object'
          ? {
              role: stringValue(member(item, 'role')) ?? '',
              span: item.span,
              content: readList(member(item, 'content'), contentMembers, origin),
            }
          : [],
      )
    : [];

/** Members of a request that are read into blocks, not passed through. */
const readMembers = ['modelId', 'messages', 'system', 'toolConfig'];

const readHeader = (request: Tree | undefined, whole: Tree | undefined): Header => {
  const id = member(request, 'modelId') ?? member(whole, 'modelId');
  const modelId = stringValue(id);
  const fields: [string, Located<Json>][] = [];
  if (request?.kind === 'object')
    for (const entry of request.entries)
      if (Object.hasOwn(converseStreamRequest.members, entry.key.value) && !readMembers.includes(entry.key.value))
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
  const toolConfig = member(request, 'toolConfig');
  const sources = sourceList(text).all;
  const origin: Origin = { sources, source: theDocument, templated: false };
  const choice = member(toolConfig, 'toolChoice');
  const prompt: ReadPrompt = {
    format: 'converse-json',
    sources,
    header: readHeader(request, whole),
    tools: readList(member(toolConfig, 'tools'), toolMembers, origin),
    toolChoice: choice === undefined ? undefined : toJson(choice),
    system: readList(member(request, 'system'), systemMembers, origin),
    messages: readMessages(member(request, 'messages'), origin),
    problems,
    written: request?.kind === 'object' ? [{ path: [], at: { source: theDocument, tree: request } }] : [],
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
