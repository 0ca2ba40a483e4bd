import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Errors of connections that had served an earlier call and gave no byte of reply to this one. */
const unansweredThere = new WeakSet<object>();

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

/** Connection pools for one client. */
export const createAgents = (): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } => ({
  httpAgent: noting(new HttpAgent(options)),
  httpsAgent: noting(new HttpsAgent(options)),
});

/**
 * Was the call sent on a connection from an earlier call, and closed before any byte of reply? Services close what was idle for a while; a call
 * that meets such a close was not read.
 */
export const metIdleClose = (thrown: unknown): boolean => typeof thrown === 'object' && thrown !== null && unansweredThere.has(thrown);
