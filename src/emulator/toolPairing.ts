import type { JsonObject } from '../core/text/json';
import { invalid } from './errors';
import { isObject, objectOf, objectsOf, stringOf } from './json';
import type { SentRequest } from './request';
import type { RequestRule } from './requestRule';

interface Turn {
  readonly index: number;
  readonly calls: ReadonlySet<string>;
  readonly results: ReadonlySet<string>;
}

const idsOf = (message: JsonObject, kind: 'toolUse' | 'toolResult'): readonly string[] =>
  objectsOf(message['content']).flatMap((block) => (isObject(block[kind]) ? [stringOf(objectOf(block[kind])['toolUseId']) ?? ''] : []));

/** Calls of tools that the service runs: their results stand in the same message, and nobody else answers them. */
const servedIds = (message: JsonObject): readonly string[] =>
  objectsOf(message['content']).flatMap((block) => {
    const { type, toolUseId } = objectOf(block['toolUse']);
    return type === 'server_tool_use' ? [stringOf(toolUseId) ?? ''] : [];
  });

const unserved = (ids: readonly string[], served: ReadonlySet<string>): ReadonlySet<string> => new Set(ids.filter((id) => !served.has(id)));

const turnsOf = (request: SentRequest): readonly Turn[] =>
  objectsOf(request.converse['messages'])
    .map((message, index) => ({ message, index, served: new Set(servedIds(message)) }))
    .filter(({ message }) => message['role'] !== 'system')
    .map(({ message, index, served }) => ({
      index,
      calls: unserved(idsOf(message, 'toolUse'), served),
      results: unserved(idsOf(message, 'toolResult'), served),
    }));

/** Those that stood before, in their order and as often as they do again. */
const repeated = (ids: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return ids.filter((id) => {
    const again = seen.has(id);
    seen.add(id);
    return again;
  });
};

const idsAreUnique: RequestRule = (request) => {
  for (const [index, message] of objectsOf(request.converse['messages']).entries()) {
    if (message['role'] === 'system') continue;
    for (const kind of ['toolUse', 'toolResult'] as const) {
      const ids = idsOf(message, kind);
      const twice = repeated(ids);
      if (twice.length > 0) return invalid(`The ${kind} blocks at messages.${index}.content contain duplicate Ids: ${twice.join(', ')}`);
    }
  }
  return undefined;
};

/** That they need the tools is Converse's own rule. */
const toolConfigIsPresent: RequestRule = (request) => {
  if (request.api !== 'converse') return undefined;
  const used = request.blocks.some(({ kind }) => kind === 'toolUse' || kind === 'toolResult');
  return used && !isObject(request.converse['toolConfig'])
    ? invalid('The toolConfig field must be defined when using toolUse and toolResult content blocks.')
    : undefined;
};

const inputIsAnObject: RequestRule = (request) => {
  for (const { kind, value, place } of request.blocks) {
    if (kind !== 'toolUse' || place.field !== 'messages' || isObject(objectOf(objectOf(value)['toolUse'])['input'])) continue;
    const at = `messages.${place.message}.content.${place.index}.toolUse.input`;
    return invalid(`The format of the value at ${at} is invalid. Provide a json object for the field and try again.`);
  }
  return undefined;
};

const resultsHaveCalls: RequestRule = (request) => {
  const turns = turnsOf(request);
  const orphan = turns.find(({ results }, at) => [...results].some((id) => turns[at - 1]?.calls.has(id) !== true));
  return orphan === undefined
    ? undefined
    : invalid(`The number of toolResult blocks at messages.${orphan.index}.content exceeds the number of toolUse blocks of previous turn.`);
};

const callsHaveResults: RequestRule = (request) => {
  const turns = turnsOf(request);
  for (const [at, { calls, index }] of turns.entries()) {
    const next = turns[at + 1];
    const missing = [...calls].filter((id) => next?.results.has(id) !== true);
    if (missing.length > 0)
      return invalid(
        `Expected toolResult blocks at messages.${next?.index ?? index + 1}.content for the following Ids: ${missing.join(', ')}`,
      );
  }
  return undefined;
};

/** Tool calls and their results: each needs the other in the neighboring turn, and a `toolConfig`. */
export const pairingRules: readonly RequestRule[] = [
  toolConfigIsPresent,
  inputIsAnObject,
  idsAreUnique,
  resultsHaveCalls,
  callsHaveResults,
];
