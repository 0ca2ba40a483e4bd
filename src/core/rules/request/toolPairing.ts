import { shorten } from '../../messages/phrases';
import { describePairing } from '../../messages/requestText';
import type { PairingFault, Problem } from '../../prompt/problems';
import { type Json, type JsonObject, isRecord } from '../../text/json';
import { requestPlace } from '../requestPlace';
import { isOpen, itemsOf, recordOf, requestOf } from '../requestValues';
import { blocksOf, has } from '../specialRefusals';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `ids`: the tool calls or results meant, or the name of a tool. */
    'request/tool-pairing': { readonly reason: PairingFault; readonly ids: readonly string[] };
  }
}

type Code = 'request/tool-pairing';
type Path = readonly (string | number)[];

interface Fault {
  readonly reason: PairingFault;
  readonly path: Path;
  readonly ids: readonly string[];
}

/** A tool call or its result, and where it stands. */
interface Half {
  readonly id: string;
  readonly path: Path;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The id of a call or a result; where the whole of it is not known, its source is as good as one that is not known. */
const idOf = (half: Json | undefined): string => textOf(isOpen(half) ? half : recordOf(half)['toolUseId']);

const halvesOf = (message: JsonObject, at: number, kind: 'toolUse' | 'toolResult'): readonly Half[] =>
  blocksOf(message).flatMap((block, index) =>
    has(block, kind) ? [{ id: idOf(block[kind]), path: ['messages', at, 'content', index] }] : [],
  );

/** A call that the service answers itself: its result stands in the same message of the assistant. */
const isServerCall = (block: JsonObject): boolean => recordOf(block['toolUse'])['type'] === 'server_tool_use';

function* doubled(halves: readonly Half[]): Generator<Fault> {
  const seen = new Set<string>();
  for (const { id, path } of halves) {
    if (seen.has(id) && !isOpen(id)) yield { reason: 'duplicateId', path, ids: [id] };
    seen.add(id);
  }
}

/** May an id be one of others: is it, or is one of them not known? */
const mayBeIn = (id: string, others: readonly Half[]): boolean => others.some((other) => other.id === id || isOpen(other.id) || isOpen(id));

/** Calls and results of neighbors. A message with the role system stands outside the turns. */
function* inTurns(messages: readonly JsonObject[]): Generator<Fault> {
  const turns = messages.flatMap((message, at) => {
    if (message['role'] === 'system') return [];
    const blocks = blocksOf(message);
    const own = new Set(blocks.filter(isServerCall).map((block) => textOf(recordOf(block['toolUse'])['toolUseId'])));
    const calls = halvesOf(message, at, 'toolUse');
    const results = halvesOf(message, at, 'toolResult');
    return [{ calls, results, open: calls.filter(({ id }) => !own.has(id)), answers: results.filter(({ id }) => !own.has(id)) }];
  });
  for (const [at, { calls, results, open, answers }] of turns.entries()) {
    yield* doubled(calls);
    yield* doubled(results);
    const before = turns[at - 1]?.open ?? [];
    for (const { id, path } of answers) if (!mayBeIn(id, before)) yield { reason: 'surplus', path, ids: [id] };
    const answered = turns[at + 1]?.answers ?? [];
    const unanswered = open.filter(({ id }) => !mayBeIn(id, answered));
    const [first] = unanswered;
    if (first !== undefined) yield { reason: 'unanswered', path: first.path, ids: unanswered.map(({ id }) => id) };
  }
}

const mayBeObject = (value: Json | undefined): boolean => isRecord(value) || isOpen(value);

function* inBlocks(messages: readonly JsonObject[]): Generator<Fault> {
  for (const [at, message] of messages.entries())
    for (const [index, block] of blocksOf(message).entries())
      if (has(block, 'toolUse') && has(recordOf(block['toolUse']), 'input') && !mayBeObject(recordOf(block['toolUse'])['input']))
        yield { reason: 'inputNotObject', path: ['messages', at, 'content', index, 'toolUse', 'input'], ids: [] };
}

const saysObject = (type: Json | undefined): boolean => type === 'object' || isOpen(type);

function* inTools(toolConfig: JsonObject): Generator<Fault> {
  const names = new Set<string>();
  for (const [index, tool] of itemsOf(toolConfig['tools']).entries()) {
    const spec = recordOf(recordOf(tool)['toolSpec']);
    const path = ['toolConfig', 'tools', index, 'toolSpec'];
    const name = textOf(spec['name']);
    if (names.has(name) && !isOpen(name)) yield { reason: 'duplicateName', path: [...path, 'name'], ids: [name] };
    if (name !== '') names.add(name);
    const schema = recordOf(spec['inputSchema'])['json'];
    if (schema !== undefined && schema !== null && !isOpen(schema) && !saysObject(recordOf(schema)['type']))
      yield { reason: 'schemaNotObject', path: [...path, 'inputSchema', 'json', ...('type' in recordOf(schema) ? ['type'] : [])], ids: [] };
  }
  const chosen = recordOf(recordOf(toolConfig['toolChoice'])['tool'])['name'];
  if (typeof chosen === 'string' && ![...names, chosen].some(isOpen) && !names.has(chosen))
    yield { reason: 'noSuchTool', path: ['toolConfig', 'toolChoice', 'tool', 'name'], ids: [chosen] };
}

function* inRequest(request: JsonObject): Generator<Fault> {
  const messages = itemsOf(request['messages']).map(recordOf);
  const [first] = messages.flatMap((message, at) => [...halvesOf(message, at, 'toolUse'), ...halvesOf(message, at, 'toolResult')]);
  if (first !== undefined) {
    if (!has(request, 'toolConfig')) yield { reason: 'noConfig', path: first.path, ids: [] };
    yield* inTurns(messages);
    yield* inBlocks(messages);
  }
  yield* inTools(recordOf(request['toolConfig']));
}

/** Tool calls, their results, and the tools they name. */
export const toolPairing: Rule<Code> = {
  code: 'request/tool-pairing',
  severity: 'error',
  sources: ['Error reports of 2025 and 2026, read 2026-11: hermes-agent#108584, strands#1435, litellm#20047, zed#33174, Kiro#10270'],
  says: ({ reason, ids }) => describePairing(reason, shorten(ids.join(', '))),
  *check(input) {
    for (const { reason, path, ids } of inRequest(requestOf(input.prompt))) {
      // That results need the tools is Converse's own rule.
      if (reason === 'noConfig' && input.prompt.api !== 'converse') continue;
      const problem: Problem<Code> = { code: 'request/tool-pairing', span: requestPlace(input, path), data: { reason, ids } };
      yield problem;
    }
  },
};
