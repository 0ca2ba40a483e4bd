import type { Place } from '../core/request/wirePlace';
import type { Json, JsonObject } from '../core/text/json';
import { isObject, listOf, objectOf, objectsOf, stringOf } from './json';

/** The bodies the emulator understands: Converse, Anthropic Messages (InvokeModel), Nova (InvokeModel). */
export type Api = 'converse' | 'messages' | 'nova';

/** One content block, tool or system block, in the order the service reads them: tools, system, messages. Markers are not blocks. */
export interface SentBlock {
  /** Where it stands in the Converse form of the request, markers counted. */
  readonly place: Place;
  /** Where it stands when markers are not counted, as model errors name it: `messages.0.content.1`. */
  readonly path: string;
  /** The name of its union member, such as `text` or `toolUse`. */
  readonly kind: string;
  readonly value: Json;
  /** The JSON text as it was sent, key order included: equal texts are equal blocks to the cache. */
  readonly identity: string;
  /** Role of its message; undefined outside messages. */
  readonly role: string | undefined;
}

/** One cache point. */
export interface Marker {
  readonly place: Place;
  /** How many blocks of the request stand before it. */
  readonly after: number;
  /** Path of the block that carries it, markers not counted; of the place itself when nothing stands before it in its list. */
  readonly path: string;
  /** The block just before it in its list; undefined when it is the first. */
  readonly carrier: SentBlock | undefined;
  readonly ttl: '5m' | '1h' | undefined;
}

/** A request read into one view that validation, cache and reply share, whatever API it came through. */
export interface SentRequest {
  readonly api: Api;
  /** The request in Converse form, without the model id. */
  readonly converse: JsonObject;
  readonly blocks: readonly SentBlock[];
  readonly markers: readonly Marker[];
}

/** Texts of blocks as another API sent them, by their Converse form; blocks that are missing are their own text. */
export type Identities = ReadonlyMap<Json, string>;

interface ListAt {
  readonly items: readonly Json[];
  readonly path: string;
  readonly placeOf: (index: number) => Place;
  readonly role?: string;
}

const listsOf = (converse: JsonObject): readonly ListAt[] => [
  { items: listOf(objectOf(converse['toolConfig'])['tools']), path: 'tools', placeOf: (index) => ({ field: 'tools', index }) },
  { items: listOf(converse['system']), path: 'system', placeOf: (index) => ({ field: 'system', index }) },
  ...listOf(converse['messages']).map((message, at): ListAt => {
    const { role, content } = objectOf(message);
    return {
      items: listOf(content),
      path: `messages.${at}.content`,
      placeOf: (index) => ({ field: 'messages', message: at, index }),
      role: stringOf(role) ?? '',
    };
  }),
];

const kindOf = (block: Json): string => (isObject(block) ? (Object.keys(block).find((key) => block[key] !== null) ?? '') : '');
const isMarker = (block: Json): block is JsonObject => isObject(block) && isObject(block['cachePoint']);
const ttlOf = (block: JsonObject): Marker['ttl'] => {
  const ttl = objectOf(block['cachePoint'])['ttl'];
  return ttl === '5m' || ttl === '1h' ? ttl : undefined;
};

/** A document that is told not to be cited is the same to the cache as one that is told nothing: inferred, as for other defaults. */
const uncited = (kind: string, identity: string): string =>
  kind === 'document' ? identity.replace(/,"citations":\{"enabled":false\}|"citations":\{"enabled":false\},/, '') : identity;

/** Reads the Converse form of a request into blocks and markers; takes any JSON, and passes over what is no list or no block. */
export const readRequest = (api: Api, converse: JsonObject, identities: Identities = new Map()): SentRequest => {
  const blocks: SentBlock[] = [];
  const markers: Marker[] = [];
  for (const list of listsOf(converse)) {
    let inList = 0;
    list.items.forEach((item, index) => {
      const place = list.placeOf(index);
      if (isMarker(item)) {
        const carrier = inList === 0 ? undefined : blocks.at(-1);
        markers.push({ place, after: blocks.length, path: carrier?.path ?? `${list.path}.${inList}`, carrier, ttl: ttlOf(item) });
        return;
      }
      const kind = kindOf(item);
      const identity = uncited(kind, identities.get(item) ?? JSON.stringify(item));
      blocks.push({ place, path: `${list.path}.${inList}`, kind, value: item, identity, role: list.role });
      inList += 1;
    });
  }
  return { api, converse, blocks, markers };
};

/** The text of the last user message that has any, all its text blocks joined. */
export const lastUserText = (request: SentRequest): string => {
  const users = objectsOf(request.converse['messages']).filter(({ role }) => role === 'user');
  for (const message of users.toReversed()) {
    const text = objectsOf(message['content']).flatMap((block) => stringOf(block['text']) ?? []);
    if (text.length > 0) return text.join('\n');
  }
  return '';
};

/** Names of the tools offered, in order. */
export const toolNames = (request: SentRequest): readonly string[] =>
  objectsOf(objectOf(request.converse['toolConfig'])['tools']).flatMap((tool) => stringOf(objectOf(tool['toolSpec'])['name']) ?? []);
