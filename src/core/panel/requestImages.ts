import type { WireCall } from '../request/types';
import { base64 } from '../text/base64';
import { isRecord } from '../text/json';
import type { RequestImage } from './picture';

/** Formats of Converse that a page can show, and their media types. */
const mediaTypes: Readonly<Record<string, string>> = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' };
const shown = new Set(Object.values(mediaTypes));

const member = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

const dataOf = (bytes: unknown): string | undefined =>
  bytes instanceof Uint8Array ? base64(bytes) : typeof bytes === 'string' && /^[\w+/=\s-]+$/.test(bytes) ? bytes : undefined;

/** A picture of Converse or Nova (`image`), or of a Messages body (`type: image`); one that lies elsewhere, as in S3, is not fetched. */
const imageOf = (block: unknown): RequestImage | undefined => {
  const image = member(block, 'image');
  const source = member(image ?? block, 'source');
  const type = image === undefined ? member(source, 'media_type') : mediaTypes[String(member(image, 'format'))];
  if (image === undefined && member(block, 'type') !== 'image') return undefined;
  const data = dataOf(image === undefined ? member(source, 'data') : member(source, 'bytes'));
  return typeof type === 'string' && shown.has(type) && data !== undefined ? { type, data } : undefined;
};

/** All blocks of content, those of tool results with them. */
const blocksOf = (content: unknown): readonly unknown[] =>
  !Array.isArray(content)
    ? []
    : content.flatMap((block) => [
        block,
        ...blocksOf(member(block, 'content')),
        ...blocksOf(member(member(block, 'toolResult'), 'content')),
      ]);

const bodyOf = (call: WireCall): unknown => {
  if (typeof call.body !== 'string') return call.body;
  try {
    return JSON.parse(call.body);
  } catch {
    // A body that is no JSON is sent all the same, and has no pictures.
    return undefined;
  }
};

/** The pictures that a call sends, in their order. */
export const requestImages = (call: WireCall): readonly RequestImage[] => {
  const messages = member(bodyOf(call), 'messages');
  return Array.isArray(messages)
    ? messages.flatMap((message) => blocksOf(member(message, 'content'))).flatMap((block) => imageOf(block) ?? [])
    : [];
};
