import { isRecord, type Json } from '../text/json';
import type { ConverseRequest, WireCall } from './types';

/** Where the line went: the earliest part of the prefix that takes text. */
export type ColdPlace = 'tools' | 'system' | 'message';

interface Colder<T> {
  readonly value: T;
  readonly place: ColdPlace;
}

type Members = Readonly<Record<string, Json>>;

const membersOf = (value: Json | undefined): Members | undefined => (isRecord(value) ? (value as Members) : undefined);
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The first entry that a change fits, changed; `undefined` where it fits none. */
const firstChanged = (list: readonly Json[], change: (entry: Json) => Json | undefined): readonly Json[] | undefined => {
  for (const [at, entry] of list.entries()) {
    const changed = change(entry);
    if (changed !== undefined) return list.map((one, index) => (index === at ? changed : one));
  }
  return undefined;
};

const withText =
  (line: string) =>
  (entry: Json): Json | undefined => {
    const members = membersOf(entry);
    const text = textOf(members?.['text']);
    return members === undefined || text === undefined ? undefined : { ...members, text: `${line}\n${text}` };
  };

/** A tool of Converse, or one of a Messages body that the caller describes; those that the service has are not described by it. */
const withTool =
  (line: string) =>
  (entry: Json): Json | undefined => {
    const members = membersOf(entry);
    const described = (tool: Members): Members => ({ ...tool, description: `${line}\n${textOf(tool['description']) ?? ''}`.trim() });
    const spec = membersOf(members?.['toolSpec']);
    if (members !== undefined && spec !== undefined) return { ...members, toolSpec: described(spec) };
    return members !== undefined && 'input_schema' in members ? described(members) : undefined;
  };

/** A text, or the first text of a list. */
const inContent = (content: Json | undefined, line: string): Json | undefined => {
  const text = textOf(content);
  return text === undefined ? firstChanged(listOf(content), withText(line)) : `${line}\n${text}`;
};

const inMessage =
  (line: string) =>
  (entry: Json): Json | undefined => {
    const members = membersOf(entry);
    const content = members && inContent(members['content'], line);
    return members === undefined || content === undefined ? undefined : { ...members, content };
  };

/** The same for requests of Converse and for bodies of InvokeModel, whose members have the same names or their own. */
const colder = (request: Members, line: string): Colder<Members> | undefined => {
  const config = membersOf(request['toolConfig']);
  const [owned, bare] = [config?.['tools'], request['tools']].map((tools) => firstChanged(listOf(tools), withTool(line)));
  if (config !== undefined && owned !== undefined)
    return { value: { ...request, toolConfig: { ...config, tools: owned } }, place: 'tools' };
  if (bare !== undefined) return { value: { ...request, tools: bare }, place: 'tools' };
  const system = inContent(request['system'], line);
  if (system !== undefined) return { value: { ...request, system }, place: 'system' };
  const messages = firstChanged(listOf(request['messages']), inMessage(line));
  return messages && { value: { ...request, messages }, place: 'message' };
};

/** Where the line goes in a request, without making it; `undefined`: there is no text before which it could stand. */
export const coldPlaceOf = (request: ConverseRequest): ColdPlace | undefined => colder(request as unknown as Members, '')?.place;

/**
 * The request with a line at the beginning of its prefix that no other request has, so that nothing in the cache fits it: of the first tool's
 * description, since tools come first, or else of the system text or the first message. `undefined`: it has no text there.
 */
export const coldRequest = (request: ConverseRequest, line: string): ConverseRequest | undefined =>
  colder(request as unknown as Members, line)?.value as ConverseRequest | undefined;

/** The same for a call as it goes over the wire. The JSON of a body is written again, without its line breaks. */
export const coldCall = (call: WireCall, line: string): WireCall | undefined => {
  if (call.api === 'converse') {
    const body = coldRequest(call.body, line);
    return body && { ...call, body };
  }
  const body = membersOf(JSON.parse(call.body) as Json);
  const changed = body && colder(body, line);
  return changed && { ...call, body: JSON.stringify(changed.value) };
};
