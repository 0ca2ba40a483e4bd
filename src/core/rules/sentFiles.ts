import type { Json, JsonObject } from '../text/json';
import { itemsOf, recordOf } from './requestValues';
import { blocksOf, has } from './specialRefusals';

/** An image or a document of a request, and where it stands. */
export interface SentFile {
  readonly file: JsonObject;
  readonly path: readonly (string | number)[];
}

const none: readonly SentFile[] = [];

/** All images or all documents of a request, those in tool results too, in order. */
export const filesIn = (messages: readonly JsonObject[], member: 'image' | 'document'): readonly SentFile[] =>
  messages.flatMap((message, at) =>
    blocksOf(message).flatMap((block, index): readonly SentFile[] => {
      if (!has(block, member) && !has(block, 'toolResult')) return none;
      const path = ['messages', at, 'content', index];
      if (has(block, member)) return [{ file: recordOf(block[member]), path: [...path, member] }];
      return itemsOf(recordOf(block['toolResult'])['content']).flatMap((item, inside) =>
        has(recordOf(item), member)
          ? [{ file: recordOf(recordOf(item)[member]), path: [...path, 'toolResult', 'content', inside, member] }]
          : [],
      );
    }),
  );

/** The bytes of a file, as base64 or as a file that was read; `undefined` where it is text, stands in S3, or was not read. */
export const sourceOf = ({ file }: SentFile): string | Uint8Array | undefined => {
  const bytes: Json | Uint8Array | undefined = recordOf(file['source'])['bytes'];
  const known = typeof bytes === 'string' || bytes instanceof Uint8Array ? bytes : undefined;
  return known === undefined || known.length === 0 ? undefined : known;
};

/** How many bytes that is. */
export const sizeOf = (source: string | Uint8Array): number => {
  if (typeof source !== 'string') return source.length;
  const padding = source.endsWith('==') ? 2 : source.endsWith('=') ? 1 : 0;
  return Math.floor(((source.length - padding) * 3) / 4);
};
