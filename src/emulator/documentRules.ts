import { fileLimits } from '../core/service/fileRefusals';
import type { JsonObject } from '../core/text/json';
import { invalid } from './errors';
import { isObject, objectsOf, stringOf } from './json';
import type { RequestRule } from './requestRule';
import type { SentRequest } from './request';

/** What Converse itself asks of documents. Sources: `docs/emulator.md`. */

const messagesOf = ({ converse }: SentRequest): readonly JsonObject[] => objectsOf(converse['messages']);

const documentsOf = (blocks: readonly JsonObject[]): readonly JsonObject[] =>
  blocks.flatMap((block): readonly JsonObject[] => {
    if (isObject(block['document'])) return [block['document']];
    return isObject(block['toolResult']) ? documentsOf(objectsOf(block['toolResult']['content'])) : [];
  });

const allDocuments = (request: SentRequest): readonly JsonObject[] =>
  messagesOf(request).flatMap(({ content }) => documentsOf(objectsOf(content)));

const namesAreGood: RequestRule = (request) => {
  const bad = allDocuments(request).some(({ name }) => !/^(?:[A-Za-z0-9_\-()[\]]| (?! ))*$/.test(stringOf(name) ?? ''));
  return bad
    ? invalid(
        'The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. ' +
          "The name can't contain more than one consecutive whitespace character.",
      )
    : undefined;
};

const namesDiffer: RequestRule = (request) => {
  const names = allDocuments(request).map(({ name }) => name);
  return new Set(names).size < names.length
    ? invalid("Messages can't contain duplicate document names. Rename the duplicate document names and try again.")
    : undefined;
};

const fiveAtMost: RequestRule = (request) =>
  allDocuments(request).length > fileLimits.documents
    ? invalid(`You can't include more than ${fileLimits.documents} documents in a request.`)
    : undefined;

const haveText: RequestRule = (request) =>
  messagesOf(request).some(({ content }) => {
    const blocks = objectsOf(content);
    return blocks.some((block) => isObject(block['document'])) && !blocks.some((block) => typeof block['text'] === 'string');
  })
    ? invalid('A text content block is required in a message that has a document.')
    : undefined;

const fromUserOnly: RequestRule = (request) =>
  messagesOf(request).some(
    ({ role, content }) =>
      role === 'assistant' && objectsOf(content).some((block) => isObject(block['document']) || isObject(block['image'])),
  )
    ? invalid('Images and documents can be included in messages with the role user only.')
    : undefined;

const converseOnly =
  (rule: RequestRule): RequestRule =>
  (request, context) =>
    request.api === 'converse' ? rule(request, context) : undefined;

export const documentRules: readonly RequestRule[] = [namesAreGood, namesDiffer, fiveAtMost, haveText, fromUserOnly].map(converseOnly);
