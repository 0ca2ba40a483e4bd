import type { ConverseCommandInput, ConverseStreamOutput, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';

import type { Emulator, EmulatorOptions } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';

/** The model most tests call: explicit caching, both lifetimes, minimum 1,024. */
export const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
export const nova = 'us.amazon.nova-lite-v1:0';

/** A text of about this many words, each `seed` giving another text. */
export const prose = (words: number, seed = 'policy'): string =>
  Array.from({ length: words }, (_, index) => `${seed} clause ${index} holds.`).join(' ');

export const cachePoint = (ttl?: '5m' | '1h') => ({ cachePoint: { type: 'default' as const, ...(ttl === undefined ? {} : { ttl }) } });
export const user = (...content: NonNullable<ConverseCommandInput['messages']>[number]['content'] & object) => ({
  role: 'user' as const,
  content,
});
export const assistant = (text: string) => ({ role: 'assistant' as const, content: [{ text }] });
export const tool = (name: string, description = 'Looks something up.') => ({
  toolSpec: { name, description, inputSchema: { json: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } } },
});

/** A running emulator on a clock that only the test moves, and the real SDK as its client. */
export interface Bench {
  readonly emulator: Emulator;
  readonly client: BedrockRuntimeClient;
  /** Moves the clock by this many milliseconds. */
  pass(ms: number): void;
  now(): number;
  usage(input: ConverseCommandInput): Promise<CachingUsage>;
  events(input: ConverseCommandInput): Promise<readonly ConverseStreamOutput[]>;
  /** A request of any shape, past the SDK's own checks. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  close(): Promise<void>;
}

/** The usage of a model with caching. */
export type CachingUsage = TokenUsage & { readonly cacheReadInputTokens: number; readonly cacheWriteInputTokens: number };

export interface Answered {
  readonly status: number;
  readonly error: string | null;
  readonly headers: Headers;
  readonly body: { readonly message?: string; readonly [member: string]: unknown };
}

/** The version of HTTP that a client speaks. */
export type HttpVersion = 'HTTP/1.1' | 'HTTP/2';

const handlerOf = (version: HttpVersion) =>
  version === 'HTTP/2'
    ? new NodeHttp2Handler({ requestTimeout: 5_000 })
    : new NodeHttpHandler({ connectionTimeout: 2_000, socketTimeout: 5_000 });

export const openClient = (url: string, maxAttempts = 1, version: HttpVersion = 'HTTP/1.1'): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: handlerOf(version),
    maxAttempts,
  });

/** Starts an emulator whose waits move the clock instead of taking time. */
export const openBench = async (options: EmulatorOptions = {}, version: HttpVersion = 'HTTP/1.1'): Promise<Bench> => {
  let time = Date.UTC(2026, 10, 22);
  let id = 0;
  const emulator = await createEmulator({
    now: () => time,
    newId: () => `id-${(id += 1)}`,
    delay: async (ms) => void (time += ms),
    ...options,
  });
  const client = openClient(emulator.url, 1, version);
  return {
    emulator,
    client,
    pass: (ms) => void (time += ms),
    now: () => time,
    usage: async (input) => {
      const { usage } = await client.send(new ConverseCommand(input));
      if (usage?.cacheReadInputTokens === undefined || usage.cacheWriteInputTokens === undefined)
        throw new Error('the usage has no cache figures');
      return { ...usage, cacheReadInputTokens: usage.cacheReadInputTokens, cacheWriteInputTokens: usage.cacheWriteInputTokens };
    },
    events: async (input) => {
      const { stream } = await client.send(new ConverseStreamCommand(input));
      const events: ConverseStreamOutput[] = [];
      for await (const event of stream ?? []) events.push(event);
      return events;
    },
    post: async (path, body, headers = {}) => {
      const response = await fetch(`${emulator.url}${path}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { authorization: 'Bearer test', 'content-type': 'application/json', ...headers },
      });
      const text = await response.text();
      return {
        status: response.status,
        error: response.headers.get('x-amzn-errortype'),
        headers: response.headers,
        body: JSON.parse(text === '' ? '{}' : text),
      };
    },
    close: async () => {
      client.destroy();
      await emulator.close();
    },
  };
};
