import type { WireCall } from '../request/types';
import { isJson, isRecord } from '../text/json';
import { fieldOf, listOf } from '../tokens/json';

/** Why a row's call is not sent: what its values make of the request is none that a service could read. */
export type RowFault = 'bodyNotJson' | 'schemaNotJson' | 'blankText' | 'loneSurrogate';

/** Half of a character: UTF-8, which JSON is sent in, has no bytes for it. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const holdsLone = (value: unknown): boolean =>
  typeof value === 'string'
    ? loneSurrogate.test(value)
    : value instanceof Uint8Array
      ? false
      : Array.isArray(value)
        ? value.some(holdsLone)
        : isRecord(value) && Object.values(value).some(holdsLone);

/** Converse carries the schema of an output format as JSON in a string. Source: service model bedrock-runtime/2023-09-30, JsonSchemaDefinition. */
const schemaOf = (body: unknown): unknown =>
  ['outputConfig', 'textFormat', 'structure', 'jsonSchema', 'schema'].reduce<unknown>((value, name) => fieldOf(value, name), body);

/** Blocks that values may have left without any text, in `system` and in messages. Bedrock refuses them (service/refusals). */
const textBlocks = (body: unknown): readonly unknown[] => [
  ...listOf(fieldOf(body, 'system')),
  ...listOf(fieldOf(body, 'messages')).flatMap((message) => listOf(fieldOf(message, 'content'))),
];

/** Looks at a call with a row's values in place; `undefined`: it can be sent. */
export const rowFault = (call: WireCall): RowFault | undefined => {
  if (call.api !== 'converse') return isJson(call.body) ? undefined : 'bodyNotJson';
  const schema = schemaOf(call.body);
  if (typeof schema === 'string' && !isJson(schema)) return 'schemaNotJson';
  const isBlank = (block: unknown): boolean => {
    const text = fieldOf(block, 'text');
    return typeof text === 'string' && text.trim() === '';
  };
  if (textBlocks(call.body).some(isBlank)) return 'blankText';
  return holdsLone(call.body) ? 'loneSurrogate' : undefined;
};
