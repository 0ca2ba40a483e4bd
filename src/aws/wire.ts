import { serviceText } from '../core/messages/serviceText';
import type { BuildHandler, DeserializeHandler, FinalizeHandler, MetadataBearer, MiddlewareStack } from '@smithy/types';
import { HttpRequest } from '@smithy/core/protocols';
import { bodyBytes } from './bodyMemory';

/** Thrown for a request that the engine's own writer of JSON cannot follow to its end. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

/** The body that `write` makes; JSON that is nested some thousand levels deep cannot be written. */
export const writeBody = (write: () => string): string => {
  try {
    return write();
  } catch (error) {
    throw error instanceof RangeError ? new TooDeepError(serviceText.tooDeep) : error;
  }
};

/** One try of one call: what it sends, and how often it was tried before. */
export interface Attempt {
  /** The body, already written. */
  readonly body: string;
  /** From 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
}

/**
 * Lets a command send exactly this body. The SDK writes bodies by the API's shapes, without what it does not know; this one takes the place of
 * what it wrote before the length is set and the call is signed. The service is told which try it is, as the SDK's own retries do.
 */
export const sendAsWritten = <Input extends object, Output extends MetadataBearer>(
  stack: MiddlewareStack<Input, Output>,
  { body, attempt, maxAttempts }: Attempt,
): void => {
  const { bytes, answered } = bodyBytes(body);
  stack.add(
    (next: BuildHandler<Input, Output>): BuildHandler<Input, Output> =>
      (args) => {
        const { request } = args;
        if (HttpRequest.isInstance(request)) {
          request.body = bytes;
          request.headers['content-length'] = String(bytes.length);
        }
        return next(args);
      },
    { name: 'cachepointBody', step: 'build', priority: 'high' },
  );
  stack.add(
    (next: DeserializeHandler<Input, Output>): DeserializeHandler<Input, Output> =>
      async (args) => {
        const result = await next(args);
        answered();
        return result;
      },
    { name: 'cachepointSent', step: 'deserialize', priority: 'low' },
  );
  stack.addRelativeTo(
    (next: FinalizeHandler<Input, Output>): FinalizeHandler<Input, Output> =>
      (args) => {
        const { request } = args;
        if (HttpRequest.isInstance(request)) request.headers['amz-sdk-request'] = `attempt=${attempt}; max=${maxAttempts}`;
        return next(args);
      },
    { name: 'cachepointAttempt', relation: 'after', toMiddleware: 'retryMiddleware' },
  );
};
