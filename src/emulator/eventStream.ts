import { EventStreamCodec } from '@smithy/core/event-streams';

import type { JsonObject } from '../core/text/json';

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
);

const frame = (headers: { readonly [name: string]: string }, body: JsonObject): Buffer => {
  const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]);
  return Buffer.from(codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(JSON.stringify(body)) }));
};

/** One event as a frame of `application/vnd.amazon.eventstream`. */
export const encodeEvent = (type: string, body: JsonObject): Buffer =>
  frame({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, body);

/** One exception inside a stream; `type` is the member name, such as `throttlingException`. */
export const encodeException = (type: string, message: string): Buffer =>
  frame({ ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' }, { message });

/** An error inside a stream that the service model does not name; it has no body. */
export const encodeError = (code: string, message: string): Buffer =>
  frame({ ':message-type': 'error', ':error-code': code, ':error-message': message }, {});
