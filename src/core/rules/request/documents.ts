import { shorten } from '../../messages/phrases';
import { describeDocument } from '../../messages/requestText';
import type { DocumentFault } from '../../prompt/problems';
import { fileLimits } from '../../service/fileRefusals';
import type { JsonObject } from '../../text/json';
import { documentRulesOf, holdsPdfAlone } from '../../tokens/documentCosts';
import { requestPlace } from '../requestPlace';
import { isOpen, itemsOf, recordOf, requestOf } from '../requestValues';
import { type SentFile, filesIn } from '../sentFiles';
import { blocksOf, has } from '../specialRefusals';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/documents': { readonly reason: DocumentFault; readonly name: string };
  }
}

type Code = 'request/documents';
type Path = readonly (string | number)[];

interface Fault {
  readonly reason: DocumentFault;
  readonly path: Path;
  readonly name?: string;
}

/** Source: measured names (gen-ai-use-cases#1671), which take an underscore besides what the documentation lists; read 2026-11. */
const goodName = /^[A-Za-z0-9_\-()[\] ]*$/;

function* inNames(documents: readonly SentFile[]): Generator<Fault> {
  const seen = new Set<string>();
  const folded = new Set<string>();
  for (const { file, path } of documents) {
    const { name } = file;
    if (typeof name !== 'string' || isOpen(name)) continue;
    const at = [...path, 'name'];
    if (!goodName.test(name) || name.includes('  ')) yield { reason: 'name', path: at, name };
    if (seen.has(name)) yield { reason: 'duplicate', path: at, name };
    else if (folded.has(name.toLowerCase())) yield { reason: 'similar', path: at, name };
    seen.add(name);
    folded.add(name.toLowerCase());
  }
}

function* inMessages(messages: readonly JsonObject[]): Generator<Fault> {
  for (const [at, message] of messages.entries()) {
    const blocks = blocksOf(message);
    const own = blocks.findIndex((block) => has(block, 'document'));
    if (own !== -1 && !blocks.some((block) => has(block, 'text'))) yield { reason: 'noText', path: ['messages', at, 'content', own] };
    const seen = blocks.findIndex((block) => has(block, 'document') || has(block, 'image'));
    if (seen !== -1 && message['role'] === 'assistant') yield { reason: 'role', path: ['messages', at, 'content', seen] };
  }
}

function* inRequest(request: JsonObject): Generator<Fault> {
  const messages = itemsOf(request['messages']).map(recordOf);
  const documents = filesIn(messages, 'document');
  yield* inNames(documents);
  const surplus = documents[fileLimits.documents];
  if (surplus !== undefined) yield { reason: 'count', path: surplus.path };
  yield* inMessages(messages);
}

/** Tool results whose PDF the model is not shown; other models read it. */
function* unread({ plan: { model } }: RuleInput, messages: readonly JsonObject[]): Generator<Fault> {
  if (model === undefined || !documentRulesOf(model).needsCompany) return;
  for (const [at, message] of messages.entries())
    for (const [index, block] of blocksOf(message).entries())
      if (has(block, 'toolResult') && holdsPdfAlone(itemsOf(recordOf(block['toolResult'])['content'])))
        yield { reason: 'unread', path: ['messages', at, 'content', index, 'toolResult', 'content', 0, 'document'] };
}

/** Names, number and places of documents, which Converse is particular about. */
export const documents: Rule<Code> = {
  code: 'request/documents',
  severity: 'error',
  sources: [
    'AWS API reference, DocumentBlock, 2026-10',
    'Names as measured in gen-ai-use-cases#1671, read 2026-11. Error reports opencode#48756 and bifrost#7003. PDFs alone in tool results: four recorded calls with two files, charged as if there were none (Sonnet 4.5, 2026)',
  ],
  says: ({ reason, name }) => describeDocument(reason, shorten(name.replaceAll(/\s+/g, ' '))),
  rate: ({ data }) => (data.reason === 'similar' || data.reason === 'unread' ? 'warning' : 'error'),
  *check(input) {
    if (input.prompt.api !== 'converse') return;
    const request = requestOf(input.prompt);
    const faults = [...inRequest(request), ...unread(input, itemsOf(request['messages']).map(recordOf))];
    for (const { reason, path, name = '' } of faults)
      yield { code: 'request/documents', span: requestPlace(input, path), data: { reason, name } };
  },
};
