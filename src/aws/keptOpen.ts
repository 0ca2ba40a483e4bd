import { Agent as HttpAgent } from 'node:http';
import type { ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Trust } from './network';
import { TunnelAgent } from './tunnel';
import type { Proxy } from './tunnel';

/** Errors of connections that had served an earlier call and gave no byte of reply to this one. */
const unansweredThere = new WeakSet<object>();

let unsent = 0;

/** Is no request left of which something may still have to be handed to the system? */
export const allSent = (): boolean => unsent === 0;

/** What Node's agents have and their types do not. */
interface Adding {
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void;
}

/** Counts the requests that are not sent whole. */
const counting = <A extends HttpAgent>(agent: A): A => {
  const adding = agent as unknown as Adding;
  const add = adding.addRequest.bind(agent);
  adding.addRequest = (request, ...rest) => {
    let left = 1;
    const sent = (): void => {
      unsent -= left;
      left = 0;
    };
    unsent += 1;
    request.once('finish', sent);
    request.once('close', sent);
    add(request, ...rest);
  };
  return agent;
};

/** Notes for each call on a connection kept open whether the service closed it instead of replying. */
const noting = <A extends HttpAgent>(agent: A): A => {
  const reuse = agent.reuseSocket.bind(agent);
  agent.reuseSocket = (socket, request) => {
    let replied = false;
    socket.once('data', () => {
      replied = true;
    });
    request.once('error', (error) => {
      if (!replied) unansweredThere.add(error);
    });
    reuse(socket, request);
  };
  return agent;
};

/** As the SDK makes them. */
const options = { keepAlive: true, maxSockets: 50 };

/** The way that connections take: through a proxy, and with certificates of one's own. */
export interface Way {
  readonly proxy: Proxy | undefined;
  readonly trust: Trust | undefined;
}

/** Connection pools for one client. Plain http is for this machine, and takes no proxy. */
export const createAgents = ({ proxy, trust }: Way): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } => {
  const secure = trust === undefined ? options : { ...options, ca: [...trust.ca], secureContext: trust.secureContext };
  return {
    httpAgent: counting(noting(new HttpAgent(options))),
    httpsAgent: counting(noting<HttpsAgent>(proxy === undefined ? new HttpsAgent(secure) : new TunnelAgent(proxy, secure))),
  };
};

/**
 * Was the call sent on a connection from an earlier call, and closed before any byte of reply? Services close what was idle for a while; a call
 * that meets such a close was not read.
 */
export const metIdleClose = (thrown: unknown): boolean => typeof thrown === 'object' && thrown !== null && unansweredThere.has(thrown);
