import { invalid, serviceError } from './errors';
import type { Exchange } from './exchange';
import type { Fault } from './faults';
import { faultAt, parseFault } from './faults';
import { headerOf, readBody, sendError, sendJson, sendText } from './http';
import { isObject, objectOf, parseJson, stringOf } from './json';
import type { Outcome } from './operation';
import { runOperation } from './operation';
import type { OperationName } from './operationName';
import { isStream } from './operationName';
import type { Call } from './respond';
import { respondStream, respondWhole, sendWhole } from './respond';
import type { EmulatorState } from './state';

/** A model call as its path names it. */
export interface Route {
  readonly operation: OperationName;
  readonly modelId: string;
}

const pathPattern = /^\/model\/([^/]+)\/(converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)$/;
const operations: Readonly<Record<string, OperationName>> = {
  converse: 'converse',
  'converse-stream': 'converse-stream',
  invoke: 'invoke',
  'invoke-with-response-stream': 'invoke-with-response-stream',
  'count-tokens': 'count-tokens',
};

/** The model call that a method and a path name; undefined when Bedrock Runtime has no such operation, or the id is badly encoded. */
export const findRoute = (method: string, url: string): Route | undefined => {
  const match = pathPattern.exec(url.split('?', 1)[0] ?? '');
  const operation = operations[match?.[2] ?? ''];
  if (method !== 'POST' || operation === undefined) return undefined;
  try {
    return { operation, modelId: decodeURIComponent(match?.[1] ?? '') };
  } catch {
    return undefined;
  }
};

const isSigned = (exchange: Exchange): boolean => /^(AWS4-|Bearer\s+\S)/.test(headerOf(exchange, 'authorization') ?? '');

/** Which attempt of one call this is, as the SDK says it; 1 for clients that do not. */
const attemptOf = (exchange: Exchange): number => Number(/attempt=(\d{1,4})/.exec(headerOf(exchange, 'amz-sdk-request') ?? '')?.[1] ?? 1);

const cueOf = (bytes: Buffer): string | undefined => {
  if (!bytes.includes('cachepoint-fault')) return undefined;
  const body = parseJson(bytes.toString('utf8'));
  return isObject(body) ? stringOf(objectOf(body['requestMetadata'])['cachepoint-fault']) : undefined;
};

/** The fault this request meets: its header's, else its metadata's, else the next in the queue. */
const faultOf = (operation: OperationName, exchange: Exchange, bytes: Buffer, state: EmulatorState): Fault | undefined => {
  const cue = headerOf(exchange, 'x-cachepoint-fault') ?? cueOf(bytes);
  if (cue !== undefined) {
    const order = parseFault(cue);
    return order === undefined
      ? { kind: 'refuse', error: invalid(`The emulator knows no fault named: ${cue}`) }
      : faultAt(order, attemptOf(exchange), operation);
  }
  const queued = state.faults.shift();
  return queued === undefined ? undefined : faultAt(queued, 1, operation);
};

const fiveMinutesMs = 300_000;

/** The time of a SigV4 signature, in milliseconds; undefined when there is none. */
const signedAt = (exchange: Exchange): number | undefined => {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headerOf(exchange, 'x-amz-date') ?? '');
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/** Refuses a signature of another time than the skewed clock's; true when it did. A signer that corrects its clock gets through. */
const refuseSkewed = (exchange: Exchange, skewMs: number): boolean => {
  const signed = signedAt(exchange);
  const skewedNow = Date.now() + skewMs;
  if (signed === undefined || Math.abs(skewedNow - signed) <= fiveMinutesMs) return false;
  const error = serviceError(
    'InvalidSignatureException',
    'Signature expired: the time of the request is too far from the time of the server.',
  );
  sendError(exchange, error, { date: new Date(skewedNow).toUTCString() });
  return true;
};

/** Plays the part of a fault that comes before the answer; true when there will be no answer. */
const playFault = async (fault: Fault | undefined, { exchange, state, requestId }: Call): Promise<boolean> => {
  switch (fault?.kind) {
    case 'refuse':
      sendError(exchange, fault.error, { 'x-amzn-requestid': requestId });
      return true;
    case 'reset':
      exchange.reset();
      return true;
    case 'page':
      sendText(exchange, fault.status, fault.text, fault.headers);
      return true;
    case 'clockSkew':
      return refuseSkewed(exchange, fault.skewMs);
    case 'slowStart':
      await state.wait(fault.delayMs);
      return exchange.isGone();
    default:
      return false;
  }
};

/** InvokeModel says so of any type but JSON; clients that leave the type out, or say bytes, mean JSON. */
const takesType = ({ exchange, invoke }: Call): boolean =>
  !invoke || /^(?:application\/(?:json|octet-stream)\b|$)/i.test(headerOf(exchange, 'content-type') ?? '');

const wrongType: Outcome = { kind: 'error', error: invalid('The provided Content Type is invalid or not supported for this model') };

const answer = async ({ operation, modelId }: Route, bytes: Buffer, call: Call): Promise<string> => {
  const { exchange, state, requestId, startedAt } = call;
  const outcome = takesType(call) ? runOperation(operation, modelId, bytes, startedAt, state) : wrongType;
  switch (outcome.kind) {
    case 'error':
      sendError(exchange, outcome.error, { 'x-amzn-requestid': requestId });
      return outcome.error.name;
    case 'count':
      await sendWhole(outcome.body, { 'x-amzn-requestid': requestId }, call);
      return 'counted';
    case 'answer': {
      await (isStream(operation) ? respondStream(outcome, call) : respondWhole(outcome, call));
      const { read, written, input } = outcome.cache;
      return `read ${read}, wrote ${written}, uncached ${input}`;
    }
  }
};

/** Answers one model call from first check to last byte; never rejects for anything the client sent. */
export const handleModelCall = async (route: Route, exchange: Exchange, state: EmulatorState): Promise<void> => {
  const startedAt = state.now();
  const requestId = state.newId();
  const bytes = await readBody(exchange);
  state.served.requests += 1;
  if ('failed' in bytes) {
    if (bytes.failed === 'tooLarge')
      sendJson(
        exchange,
        413,
        { message: 'The request body is larger than 25 MB.' },
        { 'x-amzn-errortype': 'ValidationException', 'x-amzn-requestid': requestId, connection: 'close' },
      );
    return;
  }
  if (!isSigned(exchange))
    return sendError(exchange, serviceError('MissingAuthenticationTokenException', 'Missing Authentication Token'), {
      'x-amzn-requestid': requestId,
    });
  const fault = faultOf(route.operation, exchange, bytes, state);
  const breaks = fault?.kind === 'break' ? fault.break : undefined;
  const call: Call = { exchange, requestId, startedAt, state, invoke: route.operation.startsWith('invoke'), breaks };
  const ended = await playFault(fault, call);
  const result = ended ? `fault: ${fault?.kind ?? ''}` : await answer(route, bytes, call);
  state.log(`${route.operation} ${route.modelId}: ${result}`);
};
