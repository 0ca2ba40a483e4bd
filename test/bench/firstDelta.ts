import { BedrockRuntimeClient, ConverseStreamCommand, type ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { disposeClients } from '../../src/aws/clients';
import { run } from '../../src/aws/run';
import type { ConverseRequest } from '../../src/core/request/types';
import type { Target } from '../../src/core/runs/port';
import { startLocalService } from './localService';

const warmUps = 5;
/** The promise of the run port over the bare SDK: so many milliseconds for a short request, this factor for a long one. */
const limits = { differenceMs: 1, ratio: 1.15 };

const requestOf = (characters: number): ConverseRequest => {
  const sentence = 'The desk answers within one working day. ';
  return {
    modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    system: [{ text: sentence.repeat(Math.ceil(characters / sentence.length)) }],
    messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
    inferenceConfig: { maxTokens: 4 },
  };
};

type Measure = () => Promise<number>;

/** Both measures read the whole answer, so that each call starts with an idle connection; only the first delta is timed. */
const throughPort =
  (target: Target, request: ConverseRequest): Measure =>
  async () => {
    const started = performance.now();
    let first = Number.NaN;
    for await (const event of run({ api: 'converse', modelId: request.modelId, body: request }, target, new AbortController().signal)) {
      if (event.type === 'text' && Number.isNaN(first)) first = performance.now() - started;
    }
    return first;
  };

const throughSdk =
  (client: BedrockRuntimeClient, request: ConverseRequest): Measure =>
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

const report = ({ name, judge }: Row, measured: readonly (readonly [number, number])[]): void => {
  const port = median(measured.map(([value]) => value));
  const sdk = median(measured.map(([, value]) => value));
  const difference = median(measured.map(([left, right]) => left - right));
  const holds = judge === 'difference' ? difference <= limits.differenceMs : port / sdk <= limits.ratio;
  const figures = [`${port.toFixed(2)} ms`, `${sdk.toFixed(2)} ms`, `${(port / sdk).toFixed(3)} ×`, `${difference.toFixed(2)} ms`];
  console.log([name.padEnd(34), ...figures.map((figure) => figure.padStart(10)), holds ? 'ok' : 'over the limit'].join('  '));
};

interface Row {
  readonly name: string;
  readonly characters: number;
  readonly pairs: number;
  readonly judge: 'difference' | 'ratio';
}

const compare = async (row: Row, url: string): Promise<void> => {
  const client = new BedrockRuntimeClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    authSchemePreference: ['sigv4'],
    requestHandler: new NodeHttpHandler(),
  });
  const target: Target = {
    service: 'emulator',
    endpoint: url,
    region: undefined,
    profile: undefined,
    timeoutMs: 30_000,
    maxAttempts: 3,
  };
  const request = requestOf(row.characters);
  try {
    report(row, await measurePairs(throughPort(target, request), throughSdk(client, request), row.pairs));
  } finally {
    client.destroy();
    disposeClients();
  }
};

/** A service that answers at once, so that what is compared is work of this machine alone. */
const rows: readonly Row[] = [
  { name: 'request of 2 kB', characters: 2_000, pairs: 120, judge: 'difference' },
  { name: 'request of 1 MB', characters: 1_000_000, pairs: 60, judge: 'ratio' },
];

/** Prints the time to the first delta through the run port beside that of the bare SDK, against the same service: medians of pairs. */
export const benchFirstDelta = async (): Promise<void> => {
  console.log(`first delta, medians of interleaved pairs; limits ${limits.differenceMs} ms at 2 kB, ${limits.ratio} × at 1 MB`);
  const heads = ['run port', 'bare SDK', 'ratio', 'difference'].map((head) => head.padStart(10));
  console.log([' '.repeat(34), ...heads].join('  '));
  const service = await startLocalService(3);
  try {
    for (const row of rows) await compare(row, service.url);
  } finally {
    await service.close();
  }
};
