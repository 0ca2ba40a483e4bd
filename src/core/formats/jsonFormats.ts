import type { RequestApi, FormatId } from '../prompt/model';
import { parseJsonTree, type JsonAnswer } from '../text/jsonTree';
import { span } from '../text/span';
import { findRequest } from './findRequest';
import { noPrompts, type Format, type Reading } from './format';
import { ignoresAmong } from './ignoreComment';
import { jsonProblems, readJsonPrompt, type JsonPart } from './jsonPrompt';
import { isNamed, kindOf, mayHoldRequest, mayHoldStored } from './names';
import { surelyApi } from './requestApi';
import { readStored } from './stored/readStored';
import { wholeDocument } from './wholeDocument';
import { titleWording } from '../wording/promptFile';

const parseFile = (text: string): JsonAnswer => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return parseJsonTree(text.slice(start), start);
};

const partOf = (text: string): JsonPart => {
  const answer = parseFile(text);
  return { text, at: span(0, text.length), answer, found: findRequest(text, answer.tree) };
};

const readPart = (part: JsonPart, otherwise: RequestApi): Reading => {
  const prompt = readJsonPrompt(part, otherwise);
  return wholeDocument(part.text, prompt, titleWording[prompt.api]);
};

/** A document that its name or a person calls a request. What it is called says less than what it holds. */
const called = (id: FormatId, api: RequestApi): Format => ({
  id,
  detects: (path) => isNamed(id, path),
  read: (text) => readPart(partOf(text), api),
});

/** The JSON body of a Converse or ConverseStream call, as the SDKs and the CLI take it. */
export const converse = called('converse-json', 'converse');

/** The body of InvokeModel for Claude. */
export const messages = called('messages', 'messages');

/** The body of InvokeModel for Nova. */
export const nova = called('nova', 'nova');

/** JSON of any other name: a request where it surely holds one, else what keeps prompts for something else. */
export const json: Format = {
  id: 'json',
  detects: (path, text) => kindOf(path) === 'json' && (mayHoldRequest(text) || mayHoldStored(text)),
  read(text) {
    const part = partOf(text);
    const api = surelyApi(part.found.body);
    if (api !== undefined) return readPart(part, api);
    const { tree, comments } = part.answer;
    if (tree === undefined || !mayHoldStored(text)) return noPrompts;
    const ignores = ignoresAmong(text, comments, '//');
    return readStored({
      text,
      tree,
      isJson: true,
      problems: jsonProblems(part.answer, part.at),
      ignores: ignores.length === 0 ? undefined : ignores,
    });
  },
};
