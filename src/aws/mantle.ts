import { serviceText } from '../core/messages/serviceText';
import { SignatureV4 } from '@smithy/signature-v4';
import { HttpRequest } from '@smithy/core/protocols';
import type { HttpResponse } from '@smithy/core/protocols';
import type { Door } from '../core/request/types';
import type { Target } from '../core/runs/port';
import { untilAborted } from './abort';
import type { Lease } from './clients';
import { addressOf } from './region';
import { mantleError, readAll } from './mantleErrors';
import { OtherAnswerError } from './replyCheck';

/**
 * The Messages API of the endpoint bedrock-mantle, which no client of the SDK reaches. It shares limits, identity and the clock of
 * the client for Bedrock Runtime. Source: AWS user guide, count-tokens and API keys, 2026-10.
 */

const service = 'bedrock-mantle';
const anthropicVersion = '2023-06-01';

/** Where the API is: `https://bedrock-mantle.REGION.api.aws`, or the endpoint that was set. Without a slash at its end. */
export const mantleAddress = (target: Target, region: string | undefined): string =>
  target.endpoint?.replace(/\/+$/, '') ?? (region === undefined ? serviceText.bedrock : `https://${service}.${region}.api.aws`);

/** The address to which a call goes by a door, as shown to a person: scheme, host and port. */
export const addressAt = (door: Door | undefined, target: Target, region: string | undefined): string =>
  door === 'Messages' && target.endpoint === undefined ? mantleAddress(target, region) : addressOf(target, region);

/** One try of one request. */
export interface MantleCall {
  readonly path: 'messages' | 'messages/count_tokens';
  readonly body: string;
  readonly betas: readonly string[];
  /** The type of answer that is asked for; another one is none. */
  readonly accept: string;
  readonly target: Target;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly attempt: number;
}

const requestOf = ({ path, body, betas, accept, target, lease, attempt }: MantleCall): HttpRequest => {
  const url = new URL(`${mantleAddress(target, lease.region)}/anthropic/v1/${path}`);
  const bytes = Buffer.from(body, 'utf8');
  return new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: url.pathname,
    headers: {
      host: url.host,
      accept,
      'content-type': 'application/json',
      'content-length': String(bytes.length),
      'anthropic-version': anthropicVersion,
      ...(betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }),
      'amz-sdk-request': `attempt=${attempt}; max=${target.maxAttempts}`,
      'user-agent': 'cachepoint',
    },
    body: bytes,
  });
};

/** The request with who sends it: the API key where that is the identity, else a signature at the service's own time. */
const authorize = async (request: HttpRequest, { lease: { client, region, signed } }: MantleCall): Promise<HttpRequest> => {
  if (signed.kind === 'token') {
    request.headers['x-api-key'] = signed.token;
    return request;
  }
  const { sha256, systemClockOffset } = client.config;
  const signer = new SignatureV4({ service, region, credentials: signed.keys, sha256 });
  return new HttpRequest(await signer.sign(request, { signingDate: new Date(Date.now() + systemClockOffset) }));
};

/** Milliseconds beyond which the service refuses a signature. Source: AWS Signature Version 4. */
const tolerance = 300_000;

/** A refusal by the service's clock corrects ours, for the next try. */
const learnClock = (error: unknown, response: HttpResponse, { lease }: MantleCall): void => {
  const skew = Date.parse(response.headers['date'] ?? '') - Date.now();
  if (response.statusCode !== 403 || !(Math.abs(skew) > tolerance)) return;
  if (Math.abs(skew - lease.client.config.systemClockOffset) < tolerance) return;
  lease.client.config.systemClockOffset = skew;
  Object.assign((error as { readonly $metadata: object }).$metadata, { clockSkewCorrected: true });
};

/** Sends one request; resolves with a successful answer of the type asked for, and throws every other as an error with its status. */
export const askMantle = async (call: MantleCall): Promise<HttpResponse> => {
  const { lease, target, signal, accept } = call;
  const handler = lease.handlerFor(mantleAddress(target, lease.region));
  const send = async (): Promise<HttpResponse> => {
    const request = await authorize(requestOf(call), call);
    const { response } = await handler.handle(request, { abortSignal: signal });
    return response;
  };
  const response = await untilAborted(send(), signal);
  if (response.statusCode !== 200) {
    const error = mantleError(response, await untilAborted(readAll(response), signal));
    learnClock(error, response, call);
    throw error;
  }
  const type = response.headers['content-type'];
  if (type?.startsWith(accept) !== true) throw new OtherAnswerError(type === undefined ? 'empty' : 'otherType', type, accept);
  return response;
};

/** The id by which the service knows a call. */
export const requestIdOf = ({ headers }: HttpResponse): string | undefined => headers['request-id'] ?? headers['x-amzn-requestid'];
