import assert from 'node:assert/strict';
import type { TargetId } from '../../src/core/convert/targetIds';
import type { CodeLanguage } from '../../src/core/convert/types';
import { formats } from '../../src/core/formats/index';
import { noFiles } from '../../src/core/prompt/files';
import type { Prompt } from '../../src/core/prompt/model';
import { allSources, chainOf, convertIn, namedValues, sentBy, type Result, type Sent, type Source } from '../support/conversions';
import { callTypeScript, hasPython, runPython, type Captured } from '../support/programs';
import { asMessages, isSound, known, withoutSuccess, withoutTwins } from '../support/sentForms';

/** Programs that read a file when they run have none here. */
const readsFiles = ({ notes }: Result): boolean => notes.some(({ code }) => code === 'files');

interface Case {
  readonly source: Source;
  readonly result: Result;
}

const casesFor = (target: TargetId, language?: CodeLanguage): readonly Case[] =>
  allSources()
    .filter(({ analysis }) => isSound(analysis))
    .flatMap((source) => {
      const result = convertIn(source.analysis, target, language);
      return result.kind === 'converted' && !readsFiles(result) ? [{ source, result }] : [];
    });

/** What was sent, read by the product's own reader of such requests. */
const promptOf = (captured: Captured): Prompt => {
  const format = 'anthropic_version' in captured ? 'messages' : 'schemaVersion' in captured ? 'nova' : 'converse-json';
  const [only] = formats[format].read(JSON.stringify(captured), noFiles).prompts;
  assert.ok(only !== undefined);
  return only.read();
};

const check = ({ source: { name, analysis }, result }: Case, captured: Captured, forget: (sent: Sent) => Sent = (sent) => sent): void => {
  const back = promptOf(captured);
  const compared = (sent: Sent): Sent => {
    const one = forget(known(sent));
    return 'anthropic_version' in captured ? asMessages(one) : one;
  };
  const [before, after] = [compared(sentBy(analysis.prompt, namedValues(analysis.prompt))), compared(sentBy(back, namedValues(back)))];
  assert.deepEqual(after, before, `${name}\n${result.text}`);
  const { modelId } = analysis.plan;
  assert.deepEqual(chainOf(back, after, modelId), chainOf(analysis.prompt, before, modelId), name);
  assert.equal(captured['modelId'] ?? captured['model'], modelId === '' ? '‹modelid›' : modelId, name);
};

/** Settings that an agent has no place for; the program's notes say so. */
const withoutOthers = (sent: Sent): Sent => {
  const { inferenceConfig, additionalModelRequestFields } = sent.settings;
  return { ...sent, settings: { inferenceConfig, additionalModelRequestFields } };
};
const forLangchain = (sent: Sent): Sent => {
  const { serviceTier: _, outputConfig: __, promptVariables: ___, additionalModelResponseFieldPaths: ____, ...settings } = sent.settings;
  return { ...sent, settings };
};

describe('a program that a prompt was converted to', () => {
  const python: readonly (readonly [TargetId, ((sent: Sent) => Sent)?])[] = [
    ['boto3'],
    ['anthropic-sdk'],
    ['strands', withoutOthers],
    ['langchain', forLangchain],
  ];
  for (const [target, forget] of python)
    it(`sends the same from Python: ${target}`, function () {
      if (!hasPython()) {
        console.log('      left out: there is no python3 on this machine');
        return this.skip();
      }
      const cases = casesFor(target);
      const sent = runPython(cases.map(({ result }) => result.text));
      cases.forEach((one, at) => check(one, sent[at] ?? {}, forget));
      assert.ok(cases.length > 200, `${cases.length} prompts`);
    }).timeout(120_000);

  it('sends the same from TypeScript: aws-sdk-js', () => {
    class Command {
      readonly input: Captured;
      constructor(input: Captured) {
        this.input = input;
      }
    }
    class BedrockRuntimeClient {
      send({ input }: Command): Captured {
        const { body, modelId } = input as { body?: string; modelId: string };
        return body === undefined ? input : { model: modelId, ...(JSON.parse(body) as Captured) };
      }
    }
    const modules = { '@aws-sdk/client-bedrock-runtime': { BedrockRuntimeClient, ConverseCommand: Command, InvokeModelCommand: Command } };
    const cases = casesFor('aws-sdk-js');
    for (const one of cases) check(one, callTypeScript(one.result.text, modules) as Captured);
    assert.ok(cases.length > 200, `${cases.length} prompts`);
  }).timeout(120_000);

  it('sends the same from TypeScript: anthropic-sdk', () => {
    class AnthropicBedrock {
      readonly messages = { create: (request: Captured): Captured => ({ anthropic_version: 'bedrock-2023-05-31', ...request }) };
    }
    const cases = casesFor('anthropic-sdk', 'typescript');
    for (const one of cases)
      check(
        one,
        callTypeScript(one.result.text, { '@anthropic-ai/bedrock-sdk': { __esModule: true, default: AnthropicBedrock } }) as Captured,
      );
    assert.ok(cases.length > 200, `${cases.length} prompts`);
  }).timeout(120_000);

  it('sends the same from TypeScript: ai-sdk', () => {
    const modules = {
      '@ai-sdk/amazon-bedrock': { bedrock: (id: string) => id },
      ai: { generateText: asConverse, jsonSchema: (schema: unknown) => schema, tool: (spec: unknown) => spec },
    };
    const forget = (sent: Sent): Sent =>
      withoutSuccess(withoutTwins({ ...sent, tools: sent.tools.filter((tool) => !Object.keys(tool as object).includes('cachePoint')) }));
    const cases = casesFor('ai-sdk');
    for (const one of cases) check(one, callTypeScript(one.result.text, modules) as Captured, forget);
    assert.ok(cases.length > 200, `${cases.length} prompts`);
  }).timeout(120_000);
});

type Loose = Readonly<Record<string, unknown>>;

/** What the provider for Bedrock makes of a call: messages and parts with their points behind them, settings by name. */
const asConverse = (call: Loose): Captured => {
  const {
    model,
    instructions = [],
    messages,
    tools,
    toolChoice,
    maxOutputTokens,
    temperature,
    topP,
    stopSequences,
    providerOptions,
  } = call;
  const own = (part: Loose): Loose => ((part['providerOptions'] as Loose | undefined)?.['bedrock'] ?? {}) as Loose;
  const behind = (part: Loose): readonly Loose[] => ('cachePoint' in own(part) ? [{ cachePoint: own(part)['cachePoint'] }] : []);
  const output = ({ type, value }: Loose): readonly unknown[] =>
    type === 'text' ? [{ text: value }] : (value as readonly Loose[]).map(({ text }) => ({ text }));
  const block = (part: Loose): Loose => {
    switch (part['type']) {
      case 'text':
        return { text: part['text'] };
      case 'file':
        return { image: { format: String(part['mediaType']).split('/')[1], source: { bytes: part['data'] } } };
      case 'tool-call':
        return { toolUse: { toolUseId: part['toolCallId'], name: part['toolName'], input: part['input'] } };
      case 'tool-result':
        return { toolResult: { toolUseId: part['toolCallId'], content: output(part['output'] as Loose) } };
      default: {
        const { signature } = own(part);
        return { reasoningContent: { reasoningText: { text: part['text'], ...(signature === undefined ? {} : { signature }) } } };
      }
    }
  };
  const turns: { role: string; content: Loose[] }[] = [];
  for (const { role, content } of messages as readonly { role: string; content: readonly Loose[] }[]) {
    const kind = role === 'tool' ? 'user' : role;
    const blocks = content.flatMap((part) => [block(part), ...behind(part)]);
    const last = turns.at(-1);
    if (last?.role === kind) last.content.push(...blocks);
    else turns.push({ role: kind, content: blocks });
  }
  const specs = Object.entries((tools ?? {}) as Readonly<Record<string, Loose>>).map(([name, { description, inputSchema }]) => ({
    toolSpec: { name, ...(description === undefined ? {} : { description }), inputSchema: { json: inputSchema } },
  }));
  const choice =
    toolChoice === 'auto'
      ? { auto: {} }
      : toolChoice === 'required'
        ? { any: {} }
        : toolChoice && { tool: { name: (toolChoice as Loose)['toolName'] } };
  const system = (instructions as readonly Loose[]).flatMap((one) => [{ text: one['content'] }, ...behind(one)]);
  return JSON.parse(
    JSON.stringify({
      modelId: model,
      system,
      messages: turns,
      ...(specs.length === 0 ? {} : { toolConfig: { tools: specs, toolChoice: choice } }),
      inferenceConfig: { maxTokens: maxOutputTokens, temperature, topP, stopSequences },
      ...(providerOptions === undefined ? {} : (providerOptions as { bedrock: Loose }).bedrock),
    }),
  ) as Captured;
};
