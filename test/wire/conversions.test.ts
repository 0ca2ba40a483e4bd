import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as sdk from '@aws-sdk/client-bedrock-runtime';
import type { TargetId } from '../../src/core/convert/targetIds';
import type { Prompt } from '../../src/core/prompt/model';
import { buildRequest } from '../../src/core/request/build';
import { convertPrompt, namedValues, type Result } from '../support/conversions';
import { parseFixture, samples } from '../support/fixtures';
import { callTypeScript } from '../support/programs';
import { openBench, type Bench, type CachingUsage } from './emulator/bench';

const result = (prompt: Prompt, target: TargetId): Result => {
  const made = convertPrompt(prompt, target);
  assert.ok(made.kind === 'converted');
  return made;
};

/** The program of a conversion, with the real SDK and a client of the emulator. */
const run = (text: string, { client }: Bench): Promise<sdk.ConverseCommandOutput> => {
  class BedrockRuntimeClient {
    send(command: sdk.ConverseCommand): Promise<sdk.ConverseCommandOutput> {
      return client.send(command);
    }
  }
  const modules = { '@aws-sdk/client-bedrock-runtime': { ...sdk, BedrockRuntimeClient } };
  return callTypeScript(text, modules) as Promise<sdk.ConverseCommandOutput>;
};

const cached = ({ cacheReadInputTokens: read = 0, cacheWriteInputTokens: write = 0 }: Partial<CachingUsage> = {}) => ({ read, write });

describe('a program that a prompt was converted to', function () {
  this.timeout(60_000);
  for (const sample of samples.filter(({ name }) => !name.startsWith('broken')))
    it(`reads from the cache what the prompt wrote: ${basename(sample.name)}`, async () => {
      const prompt = parseFixture(sample);
      const bench = await openBench();
      try {
        const first = cached(await bench.usage(buildRequest(prompt, namedValues(prompt)) as unknown as sdk.ConverseCommandInput));
        assert.ok(first.write > 0 && first.read === 0);
        const { usage } = await run(result(prompt, 'aws-sdk-js').text, bench);
        assert.deepEqual(cached(usage as CachingUsage), { read: first.write, write: 0 });
      } finally {
        await bench.close();
      }
    });
});
