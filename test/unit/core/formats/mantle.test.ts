import assert from 'node:assert/strict';
import type { PromptAnalysis } from '../../../../src/core/analysis';
import { bareId } from '../../../../src/core/formats/door';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { noFiles } from '../../../../src/core/prompt/files';
import type { DoorChoice } from '../../../../src/core/request/types';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';
import { analyzeOnly } from '../../../support/onlyPrompt';

const policy = 'The desk answers within one working day and never promises a refund it cannot give. '.repeat(120);
const analysisOf = (body: object, door: DoorChoice = 'mantle'): PromptAnalysis =>
  analyzeOnly(JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, ...body }, undefined, 1), 'messages', noFiles, {
    ...defaultSettings,
    defaultModelId: 'us.anthropic.claude-opus-5',
    door,
  });
const errors = ({ problems }: PromptAnalysis): readonly string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
const placesOf = ({ plan }: PromptAnalysis): readonly unknown[] => plan.checkpoints.map(({ place, ttl }) => [place, ttl]);
const turn = (content: unknown, role = 'user'): object => ({ role, content });

const whole = { system: policy, cache_control: { type: 'ephemeral', ttl: '1h' }, messages: [turn('May I return a kettle?')] };

describe('a Messages body on bedrock-mantle', () => {
  it('goes to the bare id, at its price, and needs no inference profile', () => {
    const { plan, ...mantle } = analysisOf(whole);
    assert.deepEqual([plan.door, plan.modelId, plan.resolution.kind], ['Messages', 'anthropic.claude-opus-5', 'bare']);
    assert.ok(!mantle.problems.some(({ code }) => code === 'request/inference-profile'));
    const { plan: global } = analyzeOnly(JSON.stringify({ anthropic_version: 'x', max_tokens: 9, messages: [] }), 'messages', noFiles, {
      ...defaultSettings,
      defaultModelId: 'global.anthropic.claude-opus-5',
    });
    assert.ok((plan.prices?.input ?? 0) > (global.prices?.input ?? 0));
  });

  it('has a cache point on its last block for a cache_control of the whole', () => {
    const analysis = analysisOf(whole);
    assert.deepEqual(placesOf(analysis), [[{ field: 'messages', message: 0, index: 1 }, '1h']]);
    assert.deepEqual(analysis.plan.checkpoints[0]?.verdict, { kind: 'caches', sure: true });
    assert.deepEqual(errors(analysis), []);
    assert.match(
      wireCall(analysis.prompt, () => undefined, analysis.plan.modelId, analysis.plan.door).body as string,
      /"cache_control": \{/,
    );
  });

  it('is refused with one through Bedrock Runtime, where nothing is cached by it', () => {
    const analysis = analysisOf(whole, 'stream');
    assert.deepEqual(placesOf(analysis), []);
    assert.ok(errors(analysis).includes('cache/dialect'));
  });

  it('carries it before reasoning and on the turn before an empty one, and once where the block has the same', () => {
    const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' };
    const messages = [turn('Hello'), turn([{ type: 'text', text: 'Hi.' }, thinking], 'assistant')];
    assert.deepEqual(placesOf(analysisOf({ ...whole, messages })), [[{ field: 'messages', message: 1, index: 1 }, '1h']]);
    const own = { type: 'text', text: policy, cache_control: { type: 'ephemeral', ttl: '1h' } };
    assert.deepEqual(placesOf(analysisOf({ ...whole, messages: [turn([own])] })), [[{ field: 'messages', message: 0, index: 1 }, '1h']]);
    assert.deepEqual(placesOf(analysisOf({ ...whole, messages: [] })), [[{ field: 'system', index: 1 }, '1h']]);
  });

  it('has the lifetime and the removal of that point written where it stands', () => {
    const analysis = analysisOf(whole);
    const marker = analysis.plan.checkpoints[0]?.marker;
    assert.ok(marker);
    const shorter = analysis.prompt.write.setTtl(marker, '5m');
    assert.ok(shorter && /"ttl": ?"5m"/.test(applyEdits(analysis.text, shorter)));
    const removed = analysis.prompt.write.removeMarker(marker);
    assert.ok(removed);
    assert.ok(!('cache_control' in (JSON.parse(applyEdits(analysis.text, removed)) as object)));
  });

  it('has no structured output there', () => {
    const model = { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } };
    const sonnet = (door: DoorChoice): PromptAnalysis =>
      analyzeOnly(JSON.stringify({ anthropic_version: 'x', max_tokens: 9, messages: [turn('Hello')], ...model }), 'messages', noFiles, {
        ...defaultSettings,
        defaultModelId: 'us.anthropic.claude-sonnet-4-6',
        door,
      });
    const told = (analysis: PromptAnalysis): readonly unknown[] =>
      analysis.problems.flatMap((problem) => (problem.code === 'request/model-refuses' ? [problem.data.refusal] : []));
    assert.deepEqual(told(sonnet('mantle')), ['output.mantle']);
    assert.deepEqual(told(sonnet('stream')), []);
  });

  it('strips the prefix of a profile from an id that the catalog lacks', () => {
    assert.equal(bareId('eu.anthropic.claude-next', undefined), 'anthropic.claude-next');
    assert.equal(bareId('anthropic.claude-next', undefined), 'anthropic.claude-next');
  });
});
