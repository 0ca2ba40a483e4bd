import type { JsonObject } from '../core/text/json';
import { settle } from './cachePlan';
import type { AnswerHeaders, Exchange } from './exchange';
import type { Break } from './faults';
import { sendJson } from './http';
import type { Prepared } from './operation';
import { firstWordMs, wordMs } from './pace';
import type { EmulatorState } from './state';
import { splitWords } from './answer';
import type { Latency } from './usage';
import { invocationHeaders } from './usage';
import type { Voice } from './voice';
import type { Finished, WireEvent } from './wording';

/** One call as it is being answered. */
export interface Call {
  readonly exchange: Exchange;
  readonly requestId: string;
  readonly startedAt: number;
  readonly state: EmulatorState;
  readonly voice: Voice;
  /** InvokeModel says its figures in headers; Converse does not. */
  readonly invoke: boolean;
  /** How the answer breaks after it has begun, if it is to. */
  readonly breaks: Break | undefined;
}

/** Words that are sent before a stream breaks. */
const wordsBeforeBreak = 5;

const elapsed = ({ state, startedAt }: Call): number => Math.max(0, Math.round(state.now() - startedAt));

const finishedOf = (prepared: Prepared, { requestId }: Call): Finished => ({
  answer: prepared.answer,
  cache: prepared.cache,
  modelId: prepared.target.entry.id,
  messageId: requestId,
  routedTo: prepared.routedTo,
  extras: prepared.extras,
});

/** Sends a JSON answer, or as much of it as its fault lets through. */
export const sendWhole = (body: JsonObject, headers: AnswerHeaders, { exchange, breaks }: Call): Promise<void> | void => {
  if (breaks?.how === 'stall') return exchange.closed();
  if (breaks?.how !== 'cut') return sendJson(exchange, 200, body, headers);
  if (exchange.isGone()) return;
  const whole = Buffer.from(JSON.stringify(body));
  exchange.begin(200, { 'content-type': 'application/json', 'content-length': String(whole.length), ...headers });
  exchange.write(whole.subarray(0, whole.length / 2));
  exchange.cut();
};

/** Sends an answer in one piece, after the time that its first and further words take. */
export const respondWhole = async (prepared: Prepared, call: Call): Promise<void> => {
  const { exchange, state, requestId, voice } = call;
  const { cache, answer, wording } = prepared;
  await state.wait(firstWordMs(cache));
  if (exchange.isGone()) return;
  settle(prepared.cache, state.cache, call.startedAt);
  const latency: Latency = { firstByteMs: elapsed(call), totalMs: 0 };
  await state.wait(wordMs * splitWords(answer.text).length);
  const totalMs = elapsed(call);
  const body = withoutUsage(wording.whole(finishedOf(prepared, call), { ...latency, totalMs }), call);
  const headers = { [voice.idHeader]: requestId, ...(call.invoke ? invocationHeaders(cache, answer.outputTokens, totalMs) : {}) };
  return sendWhole(body, headers, call);
};

/** A reset drops what has not left yet: the words before it get this long. */
const leaveMs = 10;

const resetLater = (exchange: Exchange): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(() => {
      exchange.reset();
      resolve();
    }, leaveMs);
  });

/** An answer, or its last event, that tells nothing of what was used, as some gateways leave it. */
const withoutUsage = (body: JsonObject, { breaks }: Call): JsonObject => {
  if (breaks?.how !== 'noUsage') return body;
  const { usage: _usage, ...rest } = body;
  return rest;
};

/** The bytes of a frame with one of them turned, so that its checksum is wrong. */
const spoiled = (frame: Buffer): Buffer => {
  const bytes = Buffer.from(frame);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 5) ^ 0xff, bytes.length - 5);
  return bytes;
};

const breakStream = (broken: Break, next: Buffer, { exchange, voice, requestId }: Call): Promise<void> | void => {
  switch (broken.how) {
    case 'exception':
    case 'error':
      return exchange.end(voice.encodeBreak(broken, requestId));
    case 'stall':
    case 'headOnly':
      return exchange.closed();
    case 'cut':
      return exchange.cut();
    case 'reset':
      return resetLater(exchange);
    case 'badFrame':
      return exchange.end(spoiled(next));
    case 'halfFrame':
      return exchange.end(next.subarray(0, next.length / 2));
    case 'noMetadata':
    case 'noUsage':
      return exchange.end();
  }
};

const send = ({ exchange, voice }: Call, event: WireEvent): void => {
  if (!exchange.isGone()) exchange.write(voice.encode(event));
};

/** Sends events, waiting before each word; true when all were sent, false when the break's turn came or the client left. */
const sendPaced = async (events: readonly WireEvent[], call: Call): Promise<boolean> => {
  const how = call.breaks?.how;
  const endsEarly = how !== undefined && how !== 'noMetadata' && how !== 'noUsage';
  if (how === 'headOnly') return false;
  let words = 0;
  for (const event of events) {
    if (event.paced && words > 0) await call.state.wait(wordMs);
    if (call.exchange.isGone()) return false;
    send(call, event);
    words += event.paced ? 1 : 0;
    if (endsEarly && words === wordsBeforeBreak) return false;
  }
  return !endsEarly;
};

/** A frame of the answer's own, for streams that break inside of one. */
const nextFrame = ({ wording }: Prepared, finished: Finished, voice: Voice): Buffer => {
  const event = wording.events(finished).at(-1);
  return event === undefined ? Buffer.alloc(0) : voice.encode(event);
};

/** Streams an answer word by word; stops as soon as the client goes away. */
export const respondStream = async (prepared: Prepared, call: Call): Promise<void> => {
  const { exchange, state, requestId, breaks, voice } = call;
  const finished = finishedOf(prepared, call);
  await state.wait(firstWordMs(prepared.cache));
  if (exchange.isGone()) return;
  settle(prepared.cache, state.cache, call.startedAt);
  const firstByteMs = elapsed(call);
  exchange.begin(200, {
    'content-type': voice.streamType,
    [voice.idHeader]: requestId,
    ...(call.invoke ? { 'x-amzn-bedrock-content-type': 'application/json' } : {}),
  });
  const whole = await sendPaced(prepared.wording.events(finished), call);
  if (exchange.isGone()) return;
  if (!whole && breaks !== undefined) return breakStream(breaks, nextFrame(prepared, finished, voice), call);
  const closing = prepared.wording.closing(finished, { firstByteMs, totalMs: elapsed(call) });
  for (const { body, ...event } of breaks?.how === 'noMetadata' ? closing.slice(0, -1) : closing)
    send(call, { ...event, body: withoutUsage(body, call) });
  exchange.end();
};
