import { emptyHeader, type FormatId, type Prompt, type ReadPrompt, type RequestApi } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import type { PromptWriter } from '../prompt/writer';
import type { JsonAnswer } from '../text/jsonTree';
import { theDocument } from '../text/place';
import { span, type Located, type Span } from '../text/span';
import { member, stringValue, type Tree } from '../text/tree';
import type { Origin } from './converseBlocks';
import { converseWriter } from './converseWriter';
import type { FoundRequest } from './findRequest';
import { ignoresAmong } from './ignoreComment';
import { fromMessages } from './messagesTree';
import { messagesWriter, novaWriter } from './invokeWriter';
import { noWriter } from './noWriter';
import { fromNova } from './novaTree';
import { readRequest } from './readRequest';
import { apiOf, isClientForm } from './requestApi';
import { sourceList } from './sourceList';
import { promptFileWording } from '../wording/promptFile';

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
export const jsonProblems = ({ errors, tooDeep }: JsonAnswer, at: Span): readonly SyntaxProblem[] => [
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
  const problems = [...jsonProblems(answer, at), ...(inside === undefined ? [] : jsonProblems(inside, body?.span ?? at))];
  const ignores = ignoresAmong(text, answer.comments, '//');
  if (whole !== undefined && whole.kind !== 'object')
    problems.push({ code: 'syntax/not-converse', span: whole.span, data: { detail: promptFileWording.noRequest } });
  const api = apiOf(body) ?? otherwise;
  const { format, converse, writer } = kinds[api];
  const request = body?.kind === 'object' ? converse(body) : body;
  const sources = sourceList(text).all;
  const origin: Origin = { sources, source: theDocument, templated: false };
  const { fields, ...lists } = readRequest(request, origin);
  const isBody = api !== 'converse' && body?.kind === 'object';
  const prompt: ReadPrompt & { readonly api: RequestApi } = {
    format,
    api,
    ...(isBody ? { body: { tree: body, text: found.text ?? text.slice(body.span.start, body.span.end) } } : {}),
    ...(batch === undefined ? {} : { batch }),
    ...(head === undefined ? {} : { head }),
    sources,
    header: { ...emptyHeader, modelId: modelIdOf(body, whole, api), fields },
    ...lists,
    problems,
    written: request?.kind === 'object' ? [{ path: [], at: { source: theDocument, tree: request } }] : [],
    files: [],
    ...(ignores.length === 0 ? {} : { ignores }),
  };
  return { write: inside === undefined ? writer(text, prompt, whole) : noWriter, ...prompt };
};
