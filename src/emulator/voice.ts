import type { JsonObject } from '../core/text/json';
import type { ServiceError } from './errors';
import { encodeError, encodeEvent, encodeException } from './eventStream';
import type { Exchange } from './exchange';
import type { Break } from './faults';
import { sendError, sendJson } from './http';
import { mantleError } from './mantleErrors';
import type { WireEvent } from './wording';

/** How an endpoint says what is no answer of a model, and how its streams are written. */
export interface Voice {
  /** The header that holds the id of a request. */
  readonly idHeader: string;
  readonly streamType: string;
  refuse(exchange: Exchange, error: ServiceError, requestId: string, headers?: Readonly<Record<string, string>>): void;
  encode(event: WireEvent): Buffer;
  /** The last event of a stream that breaks in words. */
  encodeBreak(broken: Extract<Break, { how: 'exception' | 'error' }>, requestId: string): Buffer;
}

/** Bedrock Runtime: names of errors in headers, streams in frames of `application/vnd.amazon.eventstream`. */
export const runtimeVoice: Voice = {
  idHeader: 'x-amzn-requestid',
  streamType: 'application/vnd.amazon.eventstream',
  refuse: (exchange, error, requestId, headers = {}) => sendError(exchange, error, { 'x-amzn-requestid': requestId, ...headers }),
  encode: ({ type, body }) => encodeEvent(type, body),
  encodeBreak: (broken) =>
    broken.how === 'exception' ? encodeException(broken.type, broken.message) : encodeError(broken.code, broken.message),
};

const sentEvent = (type: string, body: JsonObject): Buffer => Buffer.from(`event: ${type}\ndata: ${JSON.stringify(body)}\n\n`);

/** bedrock-mantle: the Messages API's own errors and server-sent events. */
export const mantleVoice: Voice = {
  idHeader: 'request-id',
  streamType: 'text/event-stream',
  refuse(exchange, error, requestId, headers = {}) {
    const { status, body } = mantleError(error, requestId);
    sendJson(exchange, status, body, { 'request-id': requestId, ...headers });
  },
  encode: ({ type, body }) => sentEvent(type, body),
  encodeBreak({ message, ...broken }, requestId) {
    const isThrottle = broken.how === 'exception' && broken.type === 'throttlingException';
    return sentEvent('error', {
      type: 'error',
      error: { type: isThrottle ? 'overloaded_error' : 'api_error', message },
      request_id: requestId,
    });
  },
};
