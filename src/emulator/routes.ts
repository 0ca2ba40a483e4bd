import type { ServiceError } from './errors';
import { invalid, serviceError } from './errors';
import type { StopReason } from './answer';
import type { Exchange } from './exchange';
import type { Fault } from './faults';
import { faultAt, parseFault } from './faults';
import { headerOf, readBody, sendText } from './http';
import { isObject, objectOf, parseJson, stringOf } from './json';
import { runMessages } from './messagesOperation';
import type { Outcome } from './operation';
import { runOperation } from './operation';
import type { OperationName } from './operationName';
import { isStream } from './operationName';
import type { Call } from './respond';
import { respondStream, respondWhole, sendWhole } from './respond';
import type { Route } from './route';
import { operationOf } from './route';
import type { EmulatorState } from './state';
import { mantleVoice, runtimeVoice } from './voice';

/** Any signature or key will do, but there must be one; the Messages API also takes a key in a header of its own. */
const isSigned = (exchange: Exchange, { endpoint }: Route): boolean =>
  /^(AWS4-|Bearer\s+\S)/.test(headerOf(exchange, 'authorization') ?? '') ||
  (endpoint === 'mantle' && (headerOf(exchange, 'x-api-key') ?? '') !== '');

/** Which attempt of one call this is, as the SDK and Anthropic's clients say it; 1 for clients that do not. */
const attemptOf = (exchange: Exchange): number => {
  const retries = /^\d{1,4}$/.exec(headerOf(exchange, 'x-stainless-retry-count') ?? '')?.[0];
  const attempt = /attempt=(\d{1,4})/.exec(headerOf(exchange, 'amz-sdk-request') ?? '')?.[1];
  return retries === undefined ? Number(attempt ?? 1) : Number(retries) + 1;
};

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
const refuseSkewed = ({ exchange, voice, requestId }: Call, skewMs: number): boolean => {
  const signed = signedAt(exchange);
  const skewedNow = Date.now() + skewMs;
  if (signed === undefined || Math.abs(skewedNow - signed) <= fiveMinutesMs) return false;
  const error = serviceError(
    'InvalidSignatureException',
    'Signature expired: the time of the request is too far from the time of the server.',
  );
  voice.refuse(exchange, error, requestId, { date: new Date(skewedNow).toUTCString() });
  return true;
};

/** Plays the part of a fault that comes before the answer; true when there will be no answer. */
const playFault = async (fault: Fault | undefined, call: Call): Promise<boolean> => {
  const { exchange, state, requestId, voice } = call;
  switch (fault?.kind) {
    case 'refuse':
      voice.refuse(exchange, fault.error, requestId);
      return true;
    case 'reset':
      exchange.reset();
      return true;
    case 'hang':
      await exchange.closed();
      return true;
    case 'page':
      sendText(exchange, fault.status, fault.text, fault.headers);
      return true;
    case 'clockSkew':
      return refuseSkewed(call, fault.skewMs);
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

const outcomeOf = (route: Route, operation: OperationName, bytes: Buffer, call: Call): Outcome => {
  const { exchange, state, startedAt } = call;
  if (route.endpoint === 'mantle') return runMessages(operation, headerOf(exchange, 'anthropic-version'), bytes, startedAt, state);
  return takesType(call) ? runOperation(operation, route.modelId, bytes, startedAt, state) : wrongType;
};

const answer = async (outcome: Outcome, operation: OperationName, call: Call, stopReason: StopReason | undefined): Promise<string> => {
  const { exchange, voice, requestId } = call;
  switch (outcome.kind) {
    case 'error':
      voice.refuse(exchange, outcome.error, requestId);
      return outcome.error.name;
    case 'count':
      await sendWhole(outcome.body, { [voice.idHeader]: requestId }, call);
      return 'counted';
    case 'answer': {
      const ended = stopReason === undefined ? outcome : { ...outcome, answer: { ...outcome.answer, stopReason } };
      await (isStream(operation) ? respondStream(ended, call) : respondWhole(ended, call));
      const { read, written, input } = outcome.cache;
      return `read ${read}, wrote ${written}, uncached ${input}`;
    }
  }
};

const tooLarge: ServiceError = { ...invalid('The request body is larger than 25 MB.'), status: 413 };
const unsigned = serviceError('MissingAuthenticationTokenException', 'Missing Authentication Token');

/** Answers one model call from first check to last byte; never rejects for anything the client sent. */
export const handleModelCall = async (route: Route, exchange: Exchange, state: EmulatorState): Promise<void> => {
  const startedAt = state.now();
  const requestId = state.newId();
  const voice = route.endpoint === 'mantle' ? mantleVoice : runtimeVoice;
  const bytes = await readBody(exchange);
  state.served.requests += 1;
  if ('failed' in bytes) {
    if (bytes.failed === 'tooLarge') voice.refuse(exchange, tooLarge, requestId, { connection: 'close' });
    return;
  }
  if (!isSigned(exchange, route)) return voice.refuse(exchange, unsigned, requestId);
  const operation = operationOf(route, bytes);
  const fault = faultOf(operation, exchange, bytes, state);
  const breaks = fault?.kind === 'break' ? fault.break : undefined;
  const call: Call = { exchange, requestId, startedAt, state, voice, invoke: operation.startsWith('invoke'), breaks };
  const ended = await playFault(fault, call);
  const stopReason = fault?.kind === 'stop' ? fault.reason : undefined;
  const result = ended
    ? `fault: ${fault?.kind ?? ''}`
    : await answer(outcomeOf(route, operation, bytes, call), operation, call, stopReason);
  state.log(`${operation} ${route.endpoint === 'runtime' ? route.modelId : ''}: ${result}`);
};
