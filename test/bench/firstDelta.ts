import { BedrockRuntimeClient, ConverseStreamCommand, type ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { disposeClients } from '../../src/aws/clients';
import { run } from '../../src/aws/run';
import type { ConverseRequest } from '../../src/core/request/types';
import type { Target } from '../../src/core/runs/port';
import { createEmulator } from '../../src/emulator/server';

const warmUps = 5;
/** The promise of the run port: at most this factor and this many milliseconds over the bare SDK. */
const limits = { ratio: 1.05, differenceMs: 5 };

const request: ConverseRequest = {
  modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  system: [{ text: 'The desk answers within one working day. '.repeat(50) }],
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  inferenceConfig: { maxTokens: 4 },
};

type Measure = () => Promise<number>;

/** Both measures read the whole answer, so that each call starts with an idle connection; only the first delta is timed. */
const throughPort =
  (target: Target): Measure =>
  async () => {
    const started = performance.now();
    let first = Number.NaN;
    for await (const event of run({ api: 'converse', modelId: request.modelId, body: request }, target, new AbortController().signal)) {
      if (event.type === 'text' && Number.isNaN(first)) first = performance.now() - started;
    }
    return first;
  };

const throughSdk =
  (client: BedrockRuntimeClient): Measure =>
  async () => {
    const started = performance.now();
    let first = Number.NaN;
    const { stream = [] } = await client.send(new ConverseStreamCommand(request as unknown as ConverseStreamCommandInput));
    for await (const event of stream) {
      if (event.contentBlockDelta !== undefined && Number.isNaN(first)) first = performance.now() - started;
    }
    return first;
  };

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
};

/** Interleaved, and in turn either one first, so that what else the machine does falls on both. */
const measurePairs = async (left: Measure, right: Measure, pairs: number): Promise<readonly (readonly [number, number])[]> => {
  const measured: (readonly [number, number])[] = [];
  for (let pair = 0; pair < warmUps + pairs; pair += 1) {
    const leftFirst = pair % 2 === 0;
    const first = await (leftFirst ? left : right)();
    const second = await (leftFirst ? right : left)();
    if (pair >= warmUps) measured.push(leftFirst ? [first, second] : [second, first]);
  }
  return measured;
};

const report = (name: string, measured: readonly (readonly [number, number])[], judged: boolean): void => {
  const port = median(measured.map(([value]) => value));
  const sdk = median(measured.map(([, value]) => value));
  const difference = median(measured.map(([left, right]) => left - right));
  const holds = port / sdk <= limits.ratio && difference <= limits.differenceMs;
  const verdict = holds ? 'ok' : 'over the limit';
  const figures = [`${port.toFixed(2)} ms`, `${sdk.toFixed(2)} ms`, `${(port / sdk).toFixed(3)} ×`, `${difference.toFixed(2)} ms`];
  console.log([name.padEnd(34), ...figures.map((figure) => figure.padStart(10)), judged ? verdict : 'not judged'].join('  '));
};

interface Row {
  readonly name: string;
  readonly speed: number;
  readonly pairs: number;
  readonly judged: boolean;
}

const compare = async ({ name, speed, pairs, judged }: Row): Promise<void> => {
  const emulator = await createEmulator({ speed });
  const client = new BedrockRuntimeClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    authSchemePreference: ['sigv4'],
    requestHandler: new NodeHttpHandler(),
  });
  const target: Target = {
    service: 'emulator',
    endpoint: emulator.url,
    region: undefined,
    profile: undefined,
    timeoutMs: 30_000,
    maxAttempts: 3,
  };
  try {
    report(name, await measurePairs(throughPort(target), throughSdk(client), pairs), judged);
  } finally {
    client.destroy();
    disposeClients();
    await emulator.close();
  }
};

/**
 * The limit is for the emulator as a person meets it. The row without waits shows what the run port adds in absolute terms: there a
 * ratio compares fractions of a millisecond and says nothing about a real call.
 */
const rows: readonly Row[] = [
  { name: 'emulator at natural speed', speed: 1, pairs: 20, judged: true },
  { name: 'emulator without waits', speed: 0, pairs: 100, judged: false },
];

/** Prints the time to the first delta through the run port beside that of the bare SDK, against the same emulator: medians of pairs. */
export const benchFirstDelta = async (): Promise<void> => {
  console.log(`first delta, medians of interleaved pairs; limit ${limits.ratio} × and ${limits.differenceMs} ms`);
  const heads = ['run port', 'bare SDK', 'ratio', 'difference'].map((head) => head.padStart(10));
  console.log([' '.repeat(34), ...heads].join('  '));
  for (const row of rows) await compare(row);
};
