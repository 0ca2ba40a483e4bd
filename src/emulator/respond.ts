import type { ServerResponse } from 'node:http';

import { encodeEvent, encodeException } from './eventStream';
import type { Break } from './faults';
import { sendJson } from './http';
import type { Prepared } from './operation';
import { firstWordMs, wordMs } from './pace';
import type { EmulatorState } from './state';
import { splitWords } from './answer';
import type { Latency } from './usage';
import { invocationHeaders } from './usage';
import type { Finished, WireEvent } from './wording';

/** One call as it is being answered. */
export interface Call {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly startedAt: number;
  readonly state: EmulatorState;
  /** InvokeModel says its figures in headers; Converse does not. */
  readonly invoke: boolean;
  /** How the answer breaks after it has begun, if it is to. */
  readonly breaks: Break | undefined;
}

/** Words that are sent before a stream breaks. */
const wordsBeforeBreak = 5;

const elapsed = ({ state, startedAt }: Call): number => Math.max(0, Math.round(state.now() - startedAt));

/** From here on the response has begun: what it wrote can be read, and what it hit lives on. */
const settleCache = ({ cache }: Prepared, { state, startedAt }: Call): void => {
  for (const key of cache.hits) state.cache.refresh(key, startedAt);
  for (const entry of cache.entries) state.cache.write(entry, startedAt);
};

const finishedOf = (prepared: Prepared, { requestId }: Call): Finished => ({
  answer: prepared.answer,
  cache: prepared.cache,
  modelId: prepared.target.entry.id,
  messageId: requestId,
});

/** Ends the connection in the middle of an answer, after what was written has left. */
const drop = ({ response }: Call): void => response.socket?.destroySoon();

const untilClosed = ({ response }: Call): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.once('close', () => resolve());
  });

/** Sends an answer in one piece, after the time that its first and further words take. */
export const respondWhole = async (prepared: Prepared, call: Call): Promise<void> => {
  const { response, state, requestId, breaks } = call;
  const { cache, answer, wording } = prepared;
  await state.wait(firstWordMs(cache));
  if (response.destroyed) return;
  settleCache(prepared, call);
  const latency: Latency = { firstByteMs: elapsed(call), totalMs: 0 };
  await state.wait(wordMs * splitWords(answer.text).length);
  const totalMs = elapsed(call);
  const body = wording.whole(finishedOf(prepared, call), { ...latency, totalMs });
  const headers = { 'x-amzn-requestid': requestId, ...(call.invoke ? invocationHeaders(cache, answer.outputTokens, totalMs) : {}) };
  if (breaks === 'stall') return untilClosed(call);
  if (breaks !== 'cut') return sendJson(response, 200, body, headers);
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  response.write(text.slice(0, text.length / 2), () => drop(call));
};

const breakStream = async (how: Break, call: Call): Promise<void> => {
  const { response } = call;
  switch (how) {
    case 'throttle':
      response.end(encodeException('throttlingException', 'Too many tokens, please wait before trying again.'));
      return;
    case 'modelError':
      response.end(encodeException('modelStreamErrorException', 'The model stopped in the middle of its answer. Try your request again.'));
      return;
    case 'stall':
      return untilClosed(call);
    case 'cut':
      drop(call);
      return;
    case 'noMetadata':
      response.end();
  }
};

const send = ({ response }: Call, event: WireEvent): void => {
  if (!response.destroyed) response.write(encodeEvent(event.type, event.body));
};

/** Sends events, waiting before each word; true when all were sent, false when the break's turn came or the client left. */
const sendPaced = async (events: readonly WireEvent[], call: Call): Promise<boolean> => {
  const endsEarly = call.breaks !== undefined && call.breaks !== 'noMetadata';
  let words = 0;
  for (const event of events) {
    if (event.paced && words > 0) await call.state.wait(wordMs);
    if (call.response.destroyed) return false;
    send(call, event);
    words += event.paced ? 1 : 0;
    if (endsEarly && words === wordsBeforeBreak) return false;
  }
  return !endsEarly;
};

/** Streams an answer word by word; stops as soon as the client goes away. */
export const respondStream = async (prepared: Prepared, call: Call): Promise<void> => {
  const { response, state, requestId, breaks } = call;
  const finished = finishedOf(prepared, call);
  await state.wait(firstWordMs(prepared.cache));
  if (response.destroyed) return;
  settleCache(prepared, call);
  const firstByteMs = elapsed(call);
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': requestId,
    ...(call.invoke ? { 'x-amzn-bedrock-content-type': 'application/json' } : {}),
  });
  const whole = await sendPaced(prepared.wording.events(finished), call);
  if (response.destroyed) return;
  if (!whole && breaks !== undefined) return breakStream(breaks, call);
  const closing = prepared.wording.closing(finished, { firstByteMs, totalMs: elapsed(call) });
  for (const event of breaks === 'noMetadata' ? closing.slice(0, -1) : closing) send(call, event);
  response.end();
};
