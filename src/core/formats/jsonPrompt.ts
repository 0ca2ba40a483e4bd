import {
  emptyHeader,
  type RequestApi,
  type Block,
  type FormatId,
  type Header,
  type Message,
  type Prompt,
  type ReadPrompt,
} from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import type { PromptWriter } from '../prompt/writer';
import { converseStreamRequest } from '../service/shapes';
import type { Json } from '../text/json';
import type { JsonAnswer } from '../text/jsonTree';
import { theDocument } from '../text/place';
import { span, type Located, type Span } from '../text/span';
import { member, stringValue, toJson, type Tree } from '../text/tree';
import { contentMembers, readBlock, systemMembers, toolMembers, type Origin } from './converseBlocks';
import { converseWriter } from './converseWriter';
import type { FoundRequest } from './findRequest';
import { ignoresAmong } from './ignoreComment';
import { fromMessages } from './messagesTree';
import { messagesWriter, novaWriter } from './invokeWriter';
import { noWriter } from './noWriter';
import { fromNova } from './novaTree';
import { apiOf, isClientForm } from './requestApi';
import { sourceList } from './sourceList';

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

const readFields = (request: Tree | undefined): Header['fields'] => {
  const fields: [string, Located<Json>][] = [];
  if (request?.kind === 'object')
    for (const entry of request.entries)
      if (Object.hasOwn(converseStreamRequest.members, entry.key.value) && !readMembers.includes(entry.key.value))
        fields.push([entry.key.value, { value: toJson(entry.value), span: entry.value.span }]);
  return Object.fromEntries(fields);
};

const textOf = (tree: Tree | undefined): Located<string> | undefined => {
  const value = stringValue(tree);
  return tree === undefined || value === undefined ? undefined : { value, span: tree.span };
};

/** Where a request names its model: beside the body, or in it. Anthropic's own clients call it `model`, and send it in the address too. */
const modelIdOf = (request: Tree | undefined, whole: Tree | undefined, api: RequestApi): Located<string> | undefined =>
  textOf(
    member(request, 'modelId') ??
      member(whole, 'modelId') ??
      (api === 'messages' && request !== undefined && isClientForm(request) ? member(request, 'model') : undefined),
  );

interface Kind {
  readonly format: FormatId;
  /** The Converse request that says the same. */
  readonly converse: (body: Tree) => Tree;
  readonly writer: (text: string, prompt: ReadPrompt, whole: Tree | undefined) => PromptWriter;
}

const kinds: { readonly [A in RequestApi]: Kind } = {
  converse: { format: 'converse-json', converse: (body) => body, writer: converseWriter },
  messages: { format: 'messages', converse: fromMessages, writer: messagesWriter },
  nova: { format: 'nova', converse: fromNova, writer: novaWriter },
};

/** What is wrong with JSON as such; `at`: all of it. */
const problemsOf = ({ errors, tooDeep }: JsonAnswer, at: Span): readonly SyntaxProblem[] => [
  ...errors.map((error): SyntaxProblem => ({ code: 'syntax/json', span: span(error.start, error.end), data: { detail: error.detail } })),
  ...(tooDeep ? [{ code: 'syntax/too-deep', span: at, data: {} } as const] : []),
];

/** A stretch of a document that holds one request. */
export interface JsonPart {
  /** The document. */
  readonly text: string;
  readonly at: Span;
  readonly answer: JsonAnswer;
  readonly found: FoundRequest;
  /** For one of several: where what is said about it as a whole is shown. */
  readonly head?: Span;
}

/** Reads a request as what its members say it is; `otherwise` where they do not say. */
export const readJsonPrompt = (
  { text, at, answer, found, head }: JsonPart,
  otherwise: RequestApi,
): Prompt & { readonly api: RequestApi } => {
  const { body, whole, inside, batch } = found;
  const problems = [...problemsOf(answer, at), ...(inside === undefined ? [] : problemsOf(inside, body?.span ?? at))];
  const ignores = ignoresAmong(text, answer.comments, '//');
  if (whole !== undefined && whole.kind !== 'object')
    problems.push({ code: 'syntax/not-converse', span: whole.span, data: { detail: 'a Converse request is an object with messages' } });
  const api = apiOf(body) ?? otherwise;
  const { format, converse, writer } = kinds[api];
  const request = body?.kind === 'object' ? converse(body) : body;
  const toolConfig = member(request, 'toolConfig');
  const sources = sourceList(text).all;
  const origin: Origin = { sources, source: theDocument, templated: false };
  const choice = member(toolConfig, 'toolChoice');
  const isBody = api !== 'converse' && body?.kind === 'object';
  const prompt: ReadPrompt & { readonly api: RequestApi } = {
    format,
    api,
    ...(isBody ? { body: { tree: body, text: found.text ?? text.slice(body.span.start, body.span.end) } } : {}),
    ...(batch === undefined ? {} : { batch }),
    ...(head === undefined ? {} : { head }),
    sources,
    header: { ...emptyHeader, modelId: modelIdOf(body, whole, api), fields: readFields(request) },
    tools: readList(member(toolConfig, 'tools'), toolMembers, origin),
    toolChoice: choice === undefined ? undefined : toJson(choice),
    system: readList(member(request, 'system'), systemMembers, origin),
    messages: readMessages(member(request, 'messages'), origin),
    problems,
    written: request?.kind === 'object' ? [{ path: [], at: { source: theDocument, tree: request } }] : [],
    files: [],
    ...(ignores.length === 0 ? {} : { ignores }),
  };
  return { ...prompt, write: inside === undefined ? writer(text, prompt, whole) : noWriter };
};
