import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../../../src/core/analysis';
import { noFiles } from '../../../../src/core/prompt/files';
import { fileLimits } from '../../../../src/core/service/fileRefusals';
import { levelOf, refusalRows, type Level, type Refusal, type RefusalId } from '../../../../src/core/service/refusals';
import { defaultSettings } from '../../../../src/core/settings';
import type { JsonObject } from '../../../../src/core/text/json';
import { refusalOf } from '../../../../src/emulator/modelWording';
import { images, lengthened } from '../../../support/sentFiles';
import { verdictsOn } from '../../../support/serviceVerdicts';

const hello = { role: 'user', content: [{ text: 'Hello' }] };
const request = (modelId: string, over: JsonObject): JsonObject => ({ modelId, messages: [hello], ...over });
const fields = (over: JsonObject): JsonObject => ({ additionalModelRequestFields: over });
const opus47 = 'us.anthropic.claude-opus-4-7';
const sonnet45 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const sonnet46 = 'us.anthropic.claude-sonnet-4-6';
const tools = { tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }] };

/** Requests that were seen to be refused, or are documented to be, with the text where that stands. */
const refused: readonly (readonly [what: string, JsonObject])[] = [
  ['n8n#33406: a temperature on Opus 4.7', request(opus47, { inferenceConfig: { temperature: 0.2 } })],
  ['litellm#15070: temperature and topP on Sonnet 4.5', request(sonnet45, { inferenceConfig: { temperature: 0.3, topP: 0.8 } })],
  ['inspect_ai#3939: top_k on Nova', request('us.amazon.nova-pro-v1:0', fields({ top_k: 20 }))],
  ['AWS sample: a temperature on GPT-6', request('us.openai.gpt-6-astra', { inferenceConfig: { temperature: 1 } })],
  ['hermes-agent#11137: a thinking budget on Opus 4.7', request(opus47, fields({ thinking: { type: 'enabled', budget_tokens: 4000 } }))],
  ['the same by its other name', request(opus47, fields({ reasoning_config: { type: 'enabled', budget_tokens: 4000 } }))],
  ['AWS, adaptive thinking: disabled on Fable 5', request('us.anthropic.claude-fable-5', fields({ thinking: { type: 'disabled' } }))],
  ['litellm#27039: a budget of 128', request(sonnet45, fields({ thinking: { type: 'enabled', budget_tokens: 128 } }))],
  [
    'claude-code#30760: an effort on Haiku 4.5',
    request('us.anthropic.claude-haiku-4-5-20251001-v1:0', { outputConfig: { effort: 'low' } }),
  ],
  ['dario#413: xhigh on Sonnet 4.6', request(sonnet46, { outputConfig: { effort: 'xhigh' } })],
  ['inspect_ai#5301: reasoning on Nova Pro', request('us.amazon.nova-pro-v1:0', fields({ reasoningConfig: { type: 'enabled' } }))],
  [
    'opencode#29760: a prefilled answer on Sonnet 4.6',
    request(sonnet46, { messages: [hello, { role: 'assistant', content: [{ text: '{' }] }] }),
  ],
  [
    'pydantic-ai#6255: the assistant first on Nova',
    request('us.amazon.nova-pro-v1:0', { messages: [{ role: 'assistant', content: [{ text: 'Hi' }] }, hello] }),
  ],
  [
    'llama_index#23207: a forced tool on Opus 5.5',
    request('us.anthropic.claude-opus-5-5', { toolConfig: { ...tools, toolChoice: { any: {} } } }),
  ],
  [
    'strands#1241: a forced tool on Llama',
    request('us.meta.llama3-3-70b-instruct-v1:0', { toolConfig: { ...tools, toolChoice: { any: {} } } }),
  ],
  ['AWS, service tiers: flex on Claude', request(sonnet45, { serviceTier: { type: 'flex' } })],
  ['litellm#41203: an old beta value', request(sonnet45, fields({ anthropic_beta: ['prompt-caching-2024-07-31'] }))],
  ['inspect_ai#3851: cache_control among the fields', request(sonnet45, fields({ cache_control: { type: 'ephemeral' } }))],
  [
    'opencode#48756: two documents of one name',
    request(sonnet45, {
      messages: [{ role: 'user', content: [{ text: 'x' }, ...['a', 'b'].map((text) => ({ document: { name: 'n', source: { text } } }))] }],
    }),
  ],
];

/** Requests that were answered, or differ from a default in nothing. */
const taken: readonly (readonly [what: string, JsonObject])[] = [
  ['values equal to the default on Opus 4.7', request(opus47, { inferenceConfig: { temperature: 1, topP: 0.99 } })],
  ['adaptive thinking on Opus 4.6', request('us.anthropic.claude-opus-4-6-v1', fields({ thinking: { type: 'adaptive' } }))],
  ['a temperature on Opus 4.6', request('us.anthropic.claude-opus-4-6-v1', { inferenceConfig: { temperature: 0.2 } })],
  ['a prefilled answer on Sonnet 4.5', request(sonnet45, { messages: [hello, { role: 'assistant', content: [{ text: '{' }] }] })],
  ['the assistant first on Claude', request(sonnet45, { messages: [{ role: 'assistant', content: [{ text: 'Hi' }] }, hello] })],
  ['a forced tool on Opus 5', request('us.anthropic.claude-opus-5', { toolConfig: { ...tools, toolChoice: { any: {} } } })],
  ['flex on Nova Pro', request('us.amazon.nova-pro-v1:0', { serviceTier: { type: 'flex' } })],
  ['topK where Nova takes it', request('us.amazon.nova-pro-v1:0', fields({ inferenceConfig: { topK: 20 } }))],
  ['an effort on Opus 4.7', request(opus47, { outputConfig: { effort: 'xhigh' } })],
];

/** A request that was seen or is documented to be refused, or one that differs from such a one in little and is answered; with where that stands. */
interface Case {
  readonly what: string;
  readonly source: string;
  readonly request: JsonObject;
}
const casesIn = (name: string): readonly Case[] =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/service', name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);

const sent = (modelId: string, ...content: readonly JsonObject[]): JsonObject =>
  request(modelId, { messages: [{ role: 'user', content: [{ text: 'See.' }, ...content] }] });
const image = (size: number): JsonObject => ({ image: { format: 'png', source: { bytes: lengthened(images.png(9, 9), size) } } });
const file = (format: string, size: number): JsonObject => ({ document: { format, name: 'F', source: { bytes: lengthened('', size) } } });

describe('the table of refusals', () => {
  for (const { what, request: refusedRequest } of casesIn('refused.jsonl'))
    it(`refuses in both halves ${what}`, () => {
      const { errors, refusal } = verdictsOn(refusedRequest);
      assert.notDeepEqual(errors, []);
      assert.notEqual(refusal, undefined);
    });
  for (const { what, request: takenRequest } of casesIn('taken.jsonl'))
    it(`takes in both halves ${what}`, () => assert.deepEqual(verdictsOn(takenRequest), { errors: [], refusal: undefined }));

  const { imageBytes, documentBytes } = fileLimits;
  const sizes: readonly (readonly [what: string, JsonObject, isTaken: boolean])[] = [
    ['an image of 3.75 MB on Claude', sent(sonnet45, image(imageBytes)), true],
    ['an image of a byte more on Claude', sent(sonnet45, image(imageBytes + 1)), false],
    ['the same on Nova', sent('us.amazon.nova-pro-v1:0', image(imageBytes + 1)), true],
    ['a PDF of more than 4.5 MB on Claude', sent(sonnet45, file('pdf', documentBytes + 1)), true],
    ['a Word document of more than 4.5 MB on Claude', sent(sonnet45, file('docx', documentBytes + 1)), false],
    ['the same on Nova', sent('us.amazon.nova-pro-v1:0', file('docx', documentBytes + 1)), true],
    ['a Word document of 4.5 MB on Claude', sent(sonnet45, file('docx', documentBytes)), true],
  ];
  for (const [index, [what, sized, isTaken]] of sizes.entries())
    it(`${isTaken ? 'takes' : 'refuses'} ${what} (${index + 1})`, () => {
      const { errors, refusal } = verdictsOn(sized);
      assert.deepEqual([errors.length === 0, refusal === undefined], [isTaken, isTaken]);
    });

  const opus41 = request('us.anthropic.claude-opus-4-1-20250805-v1:0', {});
  const premier = request('us.amazon.nova-premier-v1:0', {});
  for (const [day, ended, asked] of [
    ['2027-01-07', false, opus41],
    ['2027-01-08', true, opus41],
    ['2026-09-13', false, premier],
    ['2026-09-14', true, premier],
  ] as const)
    it(`knows on ${day} ${ended ? 'that' : 'not yet that'} ${String(asked['modelId'])} has ended`, () => {
      const { errors, refusal } = verdictsOn(asked, Date.parse(`${day}T00:00:00Z`));
      assert.deepEqual([errors, refusal !== undefined], [ended ? ['request/retired-model'] : [], ended]);
    });

  for (const [what, sent] of refused)
    it(`refuses in both halves, as ${what}`, () => {
      const { errors, refusal } = verdictsOn(sent);
      assert.notDeepEqual(errors, []);
      assert.notEqual(refusal, undefined);
    });

  for (const [what, sent] of taken) it(`takes ${what}`, () => assert.deepEqual(verdictsOn(sent), { errors: [], refusal: undefined }));

  it('has a source with its certainty in every row', () => {
    for (const [id, { source }] of refusalRows) assert.match(source, /^(?:S|D|R|I|contradiction|as)\b/, id);
  });

  /** Families that are known and not in the table yet; a row that is added leaves this list. */
  const open: readonly string[] = [];
  it('leaves no family open', () => assert.deepEqual(open, []));

  /** Said elsewhere: by checks of the form, or where a row is not about one request. */
  const saidElsewhere = /^(?:id|body|turns|image|document|cache|text|fields)\./;
  it('has words of its own for every refusal of a model', () => {
    const bare = refusalRows.filter(([id, row]) => {
      const models: Refusal['models'] = row.models;
      return (
        (models.error !== undefined || models.rest === 'error') && !saidElsewhere.test(id) && refusalOf(id).message.includes(`(${id})`)
      );
    });
    assert.deepEqual(
      bare.map(([id]) => id),
      [],
    );
  });

  const levels: readonly (readonly [RefusalId, string, Level])[] = [
    ['temperature.removed', 'anthropic.claude-opus-4-7', 'error'],
    ['temperature.removed', 'anthropic.claude-mythos-5', 'warning'],
    ['temperature.removed', 'anthropic.claude-opus-4-6-v1', 'none'],
    ['sampling.both', 'anthropic.claude-opus-4-5-20251101-v1:0', 'warning'],
    ['tier.model', 'amazon.nova-2-lite-v1:0', 'none'],
    ['tier.model', 'qwen.qwen3-32b-v1:0', 'warning'],
    ['thinking.betweenTools', 'anthropic.claude-sonnet-5-5', 'none'],
    ['tool.choice.auto', 'meta.llama4-scout-17b-instruct-v1:0', 'error'],
  ];
  for (const [id, model, level] of levels) it(`says ${level} for ${id} on ${model}`, () => assert.equal(levelOf(id, model), level));

  const welcomed = { messages: [{ role: 'assistant', content: [{ text: 'Welcome.' }] }, hello] };
  // Of models that the catalog lacks too, by their makers' names.
  for (const [modelId, isRefused] of [
    ['amazon.titan-text-express-v1', true],
    ['us.meta.llama3-2-1b-instruct-v1:0', true],
    ['mistral.mistral-7b-instruct-v0:2', true],
    ['eu.mistral.mistral-7b-instruct-v0:2', true],
    ['mistral.mixtral-8x7b-instruct-v0:1', true],
    ['cohere.command-r-v1:0', true],
    ['ai21.jamba-1-5-large-v1:0', true],
    ['us.deepseek.r1-v1:0', false],
    ['qwen.qwen9-32b-v1:0', false],
    ['us.example.rivers-v1:0', false],
  ] as const)
    it(`${isRefused ? 'refuses in both halves' : 'takes'} the assistant first on ${modelId}, which the catalog lacks`, () => {
      const { errors, refusal } = verdictsOn(request(modelId, welcomed));
      assert.deepEqual([errors, refusal !== undefined], [isRefused ? ['request/roles'] : [], isRefused]);
    });

  it('claims nothing of a model outside the catalog', () => {
    const text = JSON.stringify(request('us.example.rivers-v1:0', { inferenceConfig: { temperature: 0.2, topP: 0.5 } }));
    const problems = analyze(text, 'converse-json', noFiles, defaultSettings).prompts.flatMap((prompt) => prompt.problems);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
});
