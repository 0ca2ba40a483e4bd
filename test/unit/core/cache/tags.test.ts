import assert from 'node:assert/strict';
import { planRequest, type PromptAnalysis } from '../../../../src/core/analysis';
import { prefixHash, withTags } from '../../../../src/core/cache/tags';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { noFiles } from '../../../../src/core/prompt/files';
import { callBody, callHeaders } from '../../../../src/core/request/json';
import type { WireCall } from '../../../../src/core/request/types';
import { runValues } from '../../../../src/core/request/values';
import { defaultSettings } from '../../../../src/core/settings';
import type { JsonObject } from '../../../../src/core/text/json';
import { analyzeOnly } from '../../../support/onlyPrompt';

const policy = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(120);
const fileOf = (own = '', system = policy): string =>
  `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n${own}---\n# system:\n${system}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`;
const analysisOf = (text: string): PromptAnalysis => analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings);

const tagged = (analysis: PromptAnalysis, question: string, prompt = 'desk/support.bedrock.md'): WireCall => {
  const values = { question };
  const call = wireCall(analysis.prompt, runValues(analysis.prompt.header.variables, values), analysis.plan.modelId, analysis.plan.door);
  return withTags(call, { prompt, ...planRequest(analysis, values) });
};
const metadataOf = (call: WireCall): JsonObject => (JSON.parse(callBody(call)) as { requestMetadata: JsonObject }).requestMetadata;

describe('what joins a log back to its prompt', () => {
  it('is the prompt and a hash of its prefix, the same for all calls of it and for no other prefix', () => {
    const one = metadataOf(tagged(analysisOf(fileOf()), 'May I?'));
    assert.equal(one['cachepoint-prompt'], 'desk/support.bedrock.md');
    assert.match(String(one['cachepoint-prefix']), /^[\w-]{5,}$/);
    assert.deepEqual(metadataOf(tagged(analysisOf(fileOf()), 'And then?')), one);
    const other = metadataOf(tagged(analysisOf(fileOf('', `${policy} Mostly.`)), 'May I?'));
    assert.notEqual(other['cachepoint-prefix'], one['cachepoint-prefix']);
  });

  it('tells nothing of the text, and nothing that the service refuses', () => {
    const metadata = metadataOf(tagged(analysisOf(fileOf()), 'May I?', `${'ä"\n'.repeat(200)}/x.md#7`));
    for (const value of Object.values(metadata)) assert.match(String(value), /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/);
    assert.ok(String(metadata['cachepoint-prompt']).endsWith('/x.md#7'));
  });

  it('leaves what the prompt says itself, in all else, and where there is no room', () => {
    const own = analysisOf(fileOf('requestMetadata: { team: desk, cachepoint-prompt: mine }\n'));
    const call = tagged(own, 'May I?');
    assert.deepEqual(Object.keys(metadataOf(call)).sort(), ['cachepoint-prefix', 'cachepoint-prompt', 'team']);
    assert.equal(metadataOf(call)['cachepoint-prompt'], 'mine');
    const full = Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`k${at}`, 'v']));
    const kept = tagged(analysisOf(fileOf(`requestMetadata: ${JSON.stringify(full)}\n`)), 'May I?');
    assert.deepEqual(metadataOf(kept), full);
    const { requestMetadata: _metadata, ...rest } = JSON.parse(callBody(call)) as JsonObject;
    const { requestMetadata: _own, ...plain } = JSON.parse(
      callBody(wireCall(own.prompt, runValues(own.prompt.header.variables, { question: 'May I?' }), own.plan.modelId)),
    ) as JsonObject;
    assert.equal(JSON.stringify(rest), JSON.stringify(plain));
  });

  it('goes into a header for a body of InvokeModel, and nowhere on bedrock-mantle', () => {
    const text =
      '{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"anthropic_beta":["b"],"messages":[{"role":"user","content":"Hi"}]}';
    const headersAt = (door: 'stream' | 'mantle'): Readonly<Record<string, string>> => {
      const analysis = analyzeOnly(text, 'messages', noFiles, { ...defaultSettings, defaultModelId: 'us.anthropic.claude-opus-5', door });
      return callHeaders(tagged(analysis, '', 'a.json'));
    };
    const { 'X-Amzn-Bedrock-Request-Metadata': metadata = '{}', ...others } = headersAt('stream');
    assert.equal((JSON.parse(metadata) as JsonObject)['cachepoint-prompt'], 'a.json');
    assert.deepEqual(others, {});
    assert.deepEqual(headersAt('mantle'), { 'anthropic-beta': 'b' });
  });

  it('has no hash where nothing is shared', () => {
    const varying = analysisOf('---\nmodelId: amazon.nova-lite-v1:0\n---\n# user:\n{{question}}\n');
    const filled = planRequest(varying, { question: 'x' });
    assert.equal(prefixHash(filled.request, filled.plan), undefined);
  });
});
