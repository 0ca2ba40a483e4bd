import type { ConverseStreamCommand, ConverseStreamCommandInput, ConverseStreamCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { FinalizeRequestMiddleware, SdkError } from '@smithy/types';
import { readError } from './errors';

/** A try that failed and will be made again. */
export interface Retry {
  /** Number of the try that follows, from 2. */
  readonly attempt: number;
  readonly reason: string;
}

type AttemptMiddleware = FinalizeRequestMiddleware<ConverseStreamCommandInput, ConverseStreamCommandOutput>;

/** The same three questions that the SDK's own strategy asks. */
const willRetry = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  // An SdkError is an Error with optional members only; the type differs by `exactOptionalPropertyTypes` alone.
  const failed = error as SdkError;
  return isThrottlingError(failed) || isTransientError(failed) || isServerError(failed);
};

/** Reports each failed try of the command that the SDK is going to repeat, before it waits. */
export const watchAttempts = (command: ConverseStreamCommand, maxAttempts: number, report: (retry: Retry) => void): void => {
  let attempt = 0;
  const watch: AttemptMiddleware = (next) => async (args) => {
    attempt += 1;
    try {
      return await next(args);
    } catch (error) {
      const { code, name } = readError(error);
      if (attempt < maxAttempts && willRetry(error)) report({ attempt: attempt + 1, reason: code ?? name });
      throw error;
    }
  };
  command.middlewareStack.addRelativeTo(watch, { name: 'cachepointAttempts', relation: 'after', toMiddleware: 'retryMiddleware' });
};
