import {
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import type { ConverseStreamOutput, InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { HttpResponse } from '@smithy/core/protocols';
import type { MetadataBearer, MiddlewareStack } from '@smithy/types';
import { callBody } from '../core/request/json';
import { doorOf, type Door, type WireCall } from '../core/request/types';
import type { Target } from '../core/runs/port';
import { untilAborted } from './abort';
import type { Lease } from './clients';
import { converseEvents, parseEvent, translatorOf } from './invokeEvents';
import { askMantle, requestIdOf } from './mantle';
import { eventStreamType, jsonType, requireType } from './replyCheck';
import { serverEvents } from './sse';
import { messageEvents, wholeConverse } from './wholeAnswer';
import { sendAsWritten, writeBody } from './wire';

/** The answer of a call as events of ConverseStream, by whatever door it came. */
export type Events = AsyncIterable<ConverseStreamOutput> | Iterable<ConverseStreamOutput>;

/** One try of a call, ready to be sent. */
export interface Sending {
  readonly wire: WireCall;
  readonly target: Target;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  /** From 1. */
  readonly attempt: number;
  /** The head of the answer is there: the service works on the call. */
  readonly answering: (requestId: string | undefined) => void;
}

type Open = (sending: Sending) => Promise<Events | undefined>;

/** The body is sent as it is written, and an answer of another type than `asked` is none. */
const prepare = <Input extends object, Output extends MetadataBearer>(
  stack: MiddlewareStack<Input, Output>,
  { wire, target, attempt }: Sending,
  asked: string,
): void => {
  sendAsWritten(stack, { body: writeBody(() => callBody(wire)), attempt, maxAttempts: target.maxAttempts });
  requireType(stack, asked);
};

const arrived = async <Output extends MetadataBearer>(answer: Promise<Output>, { signal, answering }: Sending): Promise<Output> => {
  const output = await untilAborted(answer, signal);
  answering(output.$metadata.requestId);
  return output;
};

/** What of a call of InvokeModel goes into the path and the headers. */
const invoked = (wire: WireCall): InvokeModelCommandInput => ({
  modelId: wire.modelId,
  contentType: jsonType,
  accept: jsonType,
  body: '',
  ...('metadata' in wire && wire.metadata !== undefined ? { requestMetadata: JSON.stringify(wire.metadata) } : {}),
});

/** How a call is sent through each door of Bedrock Runtime. Each command names the model for the path; its body is the request as it is written. */
const doors: { readonly [D in Exclude<Door, 'Messages'>]: Open } = {
  ConverseStream: async (sending) => {
    const { wire, lease, signal } = sending;
    const command = new ConverseStreamCommand({ modelId: wire.modelId });
    prepare(command.middlewareStack, sending, eventStreamType);
    return (await arrived(lease.client.send(command, { abortSignal: signal }), sending)).stream;
  },
  Converse: async (sending) => {
    const { wire, lease, signal } = sending;
    const command = new ConverseCommand({ modelId: wire.modelId });
    prepare(command.middlewareStack, sending, jsonType);
    return wholeConverse(await arrived(lease.client.send(command, { abortSignal: signal }), sending));
  },
  InvokeModelWithResponseStream: async (sending) => {
    const { wire, lease, signal } = sending;
    const command = new InvokeModelWithResponseStreamCommand(invoked(wire));
    prepare(command.middlewareStack, sending, eventStreamType);
    const { body } = await arrived(lease.client.send(command, { abortSignal: signal }), sending);
    return body && converseEvents(body, wire.api === 'nova' ? 'nova' : 'messages');
  },
  InvokeModel: async (sending) => {
    const { wire, lease, signal } = sending;
    const command = new InvokeModelCommand(invoked(wire));
    prepare(command.middlewareStack, sending, jsonType);
    const { body } = await arrived(lease.client.send(command, { abortSignal: signal }), sending);
    return messageEvents(parseEvent(body), wire.api === 'nova' ? 'nova' : 'messages');
  },
};

const eventType = 'text/event-stream';

async function* mantleEvents(response: HttpResponse): AsyncGenerator<ConverseStreamOutput, void> {
  const translate = translatorOf('messages');
  for await (const { data } of serverEvents(response.body as AsyncIterable<Uint8Array>)) yield* translate(parseEvent(Buffer.from(data)));
}

const openMantle: Open = async ({ wire, target, lease, signal, attempt, answering }) => {
  const body = writeBody(() => callBody(wire));
  const betas = wire.door === 'Messages' ? wire.betas : [];
  const response = await askMantle({ path: 'messages', body, betas, accept: eventType, target, lease, signal, attempt });
  answering(requestIdOf(response));
  return mantleEvents(response);
};

/** Sends a call by its door; resolves with the events of its answer once the head is there, or, of an answer in one piece, all of it. */
export const open: Open = (sending) => {
  const door = doorOf(sending.wire);
  return door === 'Messages' ? openMantle(sending) : doors[door](sending);
};
