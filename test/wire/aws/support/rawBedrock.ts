import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventStreamCodec } from '@smithy/core/event-streams';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

/** One frame of the event stream. */
export const frame = (name: string, body: unknown, kind: 'event' | 'exception' = 'event'): Buffer =>
  Buffer.from(
    codec.encode({
      headers: {
        ':message-type': { type: 'string', value: kind },
        [`:${kind}-type`]: { type: 'string', value: name },
        ':content-type': { type: 'string', value: 'application/json' },
      },
      body: Buffer.from(JSON.stringify(body)),
    }),
  );

export const textDelta = (text: string, contentBlockIndex = 0): Buffer =>
  frame('contentBlockDelta', { contentBlockIndex, delta: { text } });
export const messageStart = frame('messageStart', { role: 'assistant' });
export const messageStop = frame('messageStop', { stopReason: 'end_turn' });
export const metadata = (usage: object = { inputTokens: 3, outputTokens: 2, totalTokens: 5 }): Buffer =>
  frame('metadata', { usage, metrics: { latencyMs: 12 } });
/** The shortest whole answer. */
export const wholeAnswer = (text = 'Hi'): readonly Buffer[] => [messageStart, textDelta(text), messageStop, metadata()];

/** One request, with the ways to answer it byte by byte. */
export interface Exchange {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** The body as its bytes came, as text. */
  readonly text: string;
  /** Which connection it came on, from 1. */
  readonly connection: number;
  /** Settles when the client has gone or the reply has ended. */
  readonly closed: Promise<void>;
  head(headers?: Record<string, string>): void;
  write(bytes: Buffer): void;
  stream(frames: readonly Buffer[]): void;
  refuse(status: number, type: string, message: string, headers?: Record<string, string>): void;
  json(body: unknown): void;
  /** An answer of any kind. */
  reply(status: number, headers: Record<string, string>, body: string): void;
  /** Writes to the connection as it stands, then cuts it. */
  raw(text: string): void;
  end(): void;
  /** Cuts the connection. */
  cut(): void;
  /** Cuts it with a reset. */
  reset(): void;
}

export type Script = (exchange: Exchange) => void;

export interface RawBedrock {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** Open connections now. */
  readonly connections: number;
  /** How to answer the following requests; the last script answers all the rest. */
  answer(...scripts: Script[]): void;
  /** Settles with the request of that number, from 1, counted since `answer`. */
  request(count: number): Promise<Exchange>;
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const exchangeOf = async (request: IncomingMessage, response: ServerResponse, connection: number): Promise<Exchange> => {
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  const text = await readBody(request);
  const head = (headers: Record<string, string> = {}): void => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'request-1', ...headers });
    response.flushHeaders();
  };
  return {
    path: request.url ?? '',
    headers: request.headers,
    body: JSON.parse(text || '{}') as unknown,
    text,
    connection,
    closed,
    head,
    write: (bytes) => void response.write(bytes),
    stream(frames) {
      head();
      for (const bytes of frames) response.write(bytes);
      response.end();
    },
    refuse(status, type, message, headers = {}) {
      const own = {
        ...(type === '' ? {} : { 'x-amzn-errortype': type }),
        'content-type': 'application/json',
        'x-amzn-requestid': 'request-1',
      };
      response.writeHead(status, { ...own, ...headers });
      response.end(JSON.stringify({ message }));
    },
    json(value) {
      response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1' });
      response.end(JSON.stringify(value));
    },
    reply(status, headers, content) {
      response.writeHead(status, { 'content-length': String(Buffer.byteLength(content)), ...headers });
      response.end(content);
    },
    raw: (said) => void request.socket.write(said, () => request.socket.destroy()),
    end: () => void response.end(),
    cut: () => void request.socket.destroy(),
    reset: () => void request.socket.resetAndDestroy(),
  };
};

/** A server on the loopback that says exactly what a test scripts, also what no real service would. */
export const startRawBedrock = async (): Promise<RawBedrock> => {
  const sockets = new Map<unknown, number>();
  let opened = 0;
  let exchanges: Exchange[] = [];
  let scripts: Script[] = [];
  let waiting: { readonly count: number; readonly resolve: (exchange: Exchange) => void }[] = [];
  const server = createServer((request, response) => {
    void exchangeOf(request, response, sockets.get(request.socket) ?? 0).then((exchange) => {
      exchanges.push(exchange);
      const script = scripts.length > 1 ? scripts.shift() : scripts[0];
      script?.(exchange);
      waiting.filter(({ count }) => count === exchanges.length).forEach(({ resolve }) => resolve(exchange));
    });
  });
  server.on('connection', (socket) => {
    sockets.set(socket, (opened += 1));
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get exchanges() {
      return exchanges;
    },
    get connections() {
      return sockets.size;
    },
    answer(...next) {
      exchanges = [];
      waiting = [];
      scripts = next;
    },
    request: (count) =>
      new Promise((resolve) => {
        const there = exchanges[count - 1];
        if (there === undefined) waiting.push({ count, resolve });
        else resolve(there);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** One event of a model's own stream, as InvokeModelWithResponseStream wraps it. */
export const chunk = (event: unknown): Buffer => frame('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64') });

/** What Bedrock says at the end of such a stream. */
export const metrics = (figures: object): object => ({ 'amazon-bedrock-invocationMetrics': { invocationLatency: 12, ...figures } });

/** The shortest whole answer of Anthropic's Messages API. */
export const wholeMessage = (
  usage: object = { input_tokens: 3, output_tokens: 2 },
  measured: object = metrics({ inputTokenCount: 3, outputTokenCount: 2 }),
): readonly Buffer[] => [
  chunk({ type: 'message_start', message: { usage } }),
  chunk({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  chunk({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } }),
  chunk({ type: 'content_block_stop', index: 0 }),
  chunk({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }),
  chunk({ type: 'message_stop', ...measured }),
];

/** The shortest whole answer of Nova. */
export const wholeNova = (
  usage: object = { inputTokens: 3, outputTokens: 2 },
  measured: object = metrics({ inputTokenCount: 3, outputTokenCount: 2 }),
): readonly Buffer[] => [
  chunk({ messageStart: { role: 'assistant' } }),
  chunk({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hi' } } }),
  chunk({ contentBlockStop: { contentBlockIndex: 0 } }),
  chunk({ messageStop: { stopReason: 'end_turn' } }),
  chunk({ metadata: { usage, metrics: {}, trace: {} }, ...measured }),
];
