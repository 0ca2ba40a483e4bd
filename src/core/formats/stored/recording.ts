import type { RequestApi } from '../../prompt/model';
import { textOfBytes, firstBytes } from '../../tokens/bytes';
import type { Json } from '../../text/json';
import type { JsonAnswer } from '../../text/jsonTree';
import { parseNestedJson, parseStoodFor } from '../../text/nestedJson';
import { member, stringValue, toJson, type StringTree, type Tree } from '../../text/tree';
import { readJsonPrompt } from '../jsonPrompt';
import { noWriter } from '../noWriter';
import { surelyApi } from '../requestApi';
import type { Finder, StoredDocument } from './document';
import { entriesOf, type NamedPrompt } from './entries';
import { usageIn } from './recordedUsage';

/** A call of the runtime by its address: the model, and what is asked of it. */
const address = /\/\/bedrock-runtime[^/]*\/model\/([^/?]+)\/(converse|converse-stream|invoke|invoke-with-response-stream)(?:\?|$)/;

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const isString = (tree: Tree | undefined): tree is StringTree => stringValue(tree) !== undefined;

/** Longer bodies are no requests that the service would take. */
const mostBytes = 25_000_000;

const base64 = /^[A-Za-z0-9+/=\s]{16,}$/;

/** What a recorder kept of a body: JSON as an object, as a text, or that in base64. */
const bodyIn = (
  source: string,
  message: Tree | undefined,
): { readonly tree: Tree | undefined; readonly inside?: JsonAnswer; readonly text?: string } => {
  const body = member(message, 'parsed_body') ?? member(message, 'body');
  const text = body?.kind === 'object' ? (member(body, 'string') ?? member(body, 'base64_string')) : body;
  if (!isString(text)) return { tree: body };
  const value = String(text.value);
  const isEncoded = base64.test(value.slice(0, 1000)) && base64.test(value);
  const json = isEncoded ? textOfBytes(firstBytes(value, mostBytes)) : value;
  const inside = isEncoded ? parseStoodFor(json, text) : parseNestedJson(source, text);
  return { tree: inside.tree, inside, text: json };
};

const answerIn = (source: string, response: Tree | undefined): Json | undefined => {
  const { tree } = bodyIn(source, response);
  return tree && toJson(tree);
};

interface Call {
  readonly interaction: Tree;
  readonly body: Tree;
  readonly found: Pick<ReturnType<typeof bodyIn>, 'inside' | 'text'>;
  readonly api: RequestApi;
  readonly model: { readonly value: string; readonly span: Tree['span'] };
  readonly operation: string;
}

const callIn = (source: string, interaction: Tree): Call | undefined => {
  const request = member(interaction, 'request');
  const uri = member(request, 'uri') ?? member(request, 'url');
  const [, model = '', operation = ''] = address.exec(stringValue(uri) ?? '') ?? [];
  if (uri === undefined || model === '') return undefined;
  const { tree, ...found } = bodyIn(source, request);
  const api = operation.startsWith('converse') ? 'converse' : surelyApi(tree);
  if (tree?.kind !== 'object' || api === undefined) return undefined;
  return { interaction, body: tree, found, api, model: { value: decoded(model), span: uri.span }, operation };
};

const readCall = (document: StoredDocument, { interaction, body, found, api, model }: Call): ReturnType<NamedPrompt['read']> => {
  const { text, problems, ignores } = document;
  const { span } = interaction;
  const answer: JsonAnswer = { tree: body, errors: [], tooDeep: false, comments: [] };
  const prompt = readJsonPrompt({ text, at: span, answer, found: { body, whole: body, ...found }, head: model.span }, api);
  const recorded = usageIn(answerIn(text, member(interaction, 'response')));
  return {
    ...prompt,
    header: { ...prompt.header, modelId: model },
    problems: [...prompt.problems, ...problems],
    ...(ignores === undefined ? {} : { ignores }),
    ...(recorded === undefined ? {} : { recorded }),
    write: noWriter,
  };
};

/** Recordings of HTTP calls for tests, as VCR and its kin keep them: each call of the runtime with a prompt, and what it used. */
export const recording: Finder = (document) => {
  const list = member(document.tree, 'interactions') ?? member(document.tree, 'http_interactions');
  if (list?.kind !== 'array') return undefined;
  const prompts = list.items.flatMap((interaction, index): readonly NamedPrompt[] => {
    const call = callIn(document.text, interaction);
    if (call === undefined) return [];
    const { model, operation } = call;
    return [
      {
        name: `call-${index + 1}`,
        title: `Call ${index + 1}, ${operation}`,
        head: model.span,
        span: interaction.span,
        read: () => readCall(document, call),
      },
    ];
  });
  return entriesOf(prompts);
};
