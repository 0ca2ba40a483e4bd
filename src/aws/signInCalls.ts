import type { HttpRequest } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Network } from '../core/runs/port';
import type { SignInReason } from '../core/runs/signIn';
import { createHandler } from './handler';
import { connectionReason, statusReason } from './signInError';

/** What became of the last request to a sign-in service. The SDK's providers put what they are told into one sentence; this keeps it apart. */
interface Seen {
  readonly host: string;
  readonly status: number | undefined;
  readonly error: unknown;
}

/** Sends the requests of sign-in services, and remembers how the last one ended. */
export interface SignInCalls {
  readonly requestHandler: Pick<NodeHttpHandler, 'handle' | 'metadata' | 'destroy' | 'updateHttpClientConfig' | 'httpHandlerConfigs'>;
  readonly last: Seen | undefined;
  /** Why the last request brought nothing, where that does not depend on the service. */
  reason(): SignInReason | undefined;
  /** What a sentence about such a reason is about: the host, or how long it was waited. */
  about(reason: SignInReason): string | undefined;
  end(): void;
}

export const createSignInCalls = (signal: AbortSignal, timeoutMs: number, network: Network | undefined): SignInCalls => {
  const handlers = new Map<string, NodeHttpHandler>();
  let last: Seen | undefined;
  const handlerOf = (host: string): NodeHttpHandler => {
    const handler = handlers.get(host) ?? createHandler(`https://${host}`, timeoutMs, network);
    handlers.set(host, handler);
    return handler;
  };
  const end = (): void => {
    for (const handler of handlers.values()) handler.destroy();
    handlers.clear();
  };
  return {
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      async handle(request: HttpRequest, options?: HttpHandlerOptions) {
        const host = request.hostname;
        try {
          const answer = await handlerOf(host).handle(request, { ...options, abortSignal: signal });
          last = { host, status: answer.response.statusCode, error: undefined };
          return answer;
        } catch (error) {
          last = { host, status: undefined, error };
          throw error;
        }
      },
      // The client keeps its handler for itself; what it would set is given above.
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: end,
    },
    get last() {
      return last;
    },
    reason() {
      if (last === undefined) return undefined;
      return last.status === undefined ? connectionReason(last.error) : statusReason(last.status);
    },
    about: (reason) => (reason === 'timeout' ? `${Math.round(timeoutMs / 1000)} s` : last?.host),
    end,
  };
};
