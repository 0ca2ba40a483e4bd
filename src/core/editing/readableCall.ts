import { editingText } from '../messages/editingText';
import { isRecord } from '../text/json';
import { callBody } from '../request/json';
import type { WireCall } from '../request/types';

/** A request to be read by a person: each text with its own lines, cache points as lines between them. */

/** A longer value stands on lines of its own. */
const longestInLine = 100;
/** Base64 that is longer is told by its length. */
const longestData = 200;
const ruleLength = 78;

const rule = (title: string): string => `── ${title} ${'─'.repeat(Math.max(3, ruleLength - title.length))}`;

const isPoint = (value: unknown): boolean => isRecord(value) && 'cachePoint' in value;

const ttlOf = (point: unknown): string => (isRecord(point) && typeof point['ttl'] === 'string' ? `, ${point['ttl']}` : '');

const dataMembers = ['bytes', 'data'];

const isData = (path: string, text: string): boolean =>
  text.length > longestData && dataMembers.some((name) => path.endsWith(`.${name}`)) && /^[\w+/=-]+$/.test(text);

/** Role of a message beside its place, so that one need not look for it. */
const placeOf = (path: string, value: unknown): string =>
  isRecord(value) && typeof value['role'] === 'string' ? `${path} (${value['role']})` : path;

function* lines(value: unknown, path: string, shown: string): Generator<string> {
  if (isPoint(value)) yield rule(editingText.point(ttlOf((value as { readonly cachePoint: unknown }).cachePoint), shown));
  else if (Array.isArray(value)) {
    if (value.length === 0) yield `${shown}: []`;
    for (const [at, item] of value.entries()) yield* lines(item, `${path}[${at}]`, placeOf(`${shown}[${at}]`, item));
  } else if (isRecord(value)) {
    const names = Object.keys(value);
    if (names.length === 0) yield `${shown}: {}`;
    for (const name of names) {
      if (name === 'role') continue;
      // The marker of a Messages body stands in the block that it follows.
      if (name === 'cache_control') yield rule(editingText.pointAfter(ttlOf(value[name]), shown));
      else yield* lines(value[name], path === '' ? name : `${path}.${name}`, shown === '' ? name : `${shown}.${name}`);
    }
  } else if (typeof value === 'string' && isData(path, value)) yield editingText.base64(shown, value.length);
  else if (typeof value === 'string' && (value.includes('\n') || value.length > longestInLine)) {
    yield rule(shown);
    yield value;
    yield '';
  } else yield `${shown}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

/** What a call sends, as text with lines. The members stand in the order in which they are sent, and nothing but base64 is left out. */
export const readableCall = (call: WireCall): string => {
  let body: unknown;
  try {
    body = JSON.parse(callBody(call));
  } catch {
    // A body that is no JSON is sent, and shown, as it is.
    return call.api === 'converse' ? '' : call.body;
  }
  return [`modelId: ${call.modelId}`, ...lines(body, '', '')].join('\n');
};
