import assert from 'node:assert/strict';
import type { Bench } from './bench';
import { openBench } from './bench';

const messages = [{ role: 'user', content: 'Where is my parcel?' }];
const claudeBody = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 3000, messages };
const novaBody = { messages: [{ role: 'user', content: [{ text: 'Where is my parcel?' }] }] };
const sonnet45 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const opus47 = 'us.anthropic.claude-opus-4-7';
const opus48 = 'us.anthropic.claude-opus-4-8';
const novaPro = 'us.amazon.nova-pro-v1:0';
const nova2 = 'us.amazon.nova-2-lite-v1:0';
const model = 'The model returned the following errors: ';

const system = { role: 'system', content: 'In French.' };
const thought = (signature?: string) => [
  ...messages,
  {
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'Hm.', signature },
      { type: 'text', text: 'It left.' },
    ],
  },
  { role: 'user', content: 'Where to?' },
];

/** What a body of InvokeModel is answered: the refusal's text, or none for 200. */
const bodies: readonly (readonly [what: string, modelId: string, body: object, says?: string | RegExp])[] = [
  ['a temperature on Opus 4.7', opus47, { ...claudeBody, temperature: 0.2 }, `${model}\`temperature\` is deprecated for this model.`],
  ['the default temperature there', opus47, { ...claudeBody, temperature: 1 }],
  ['top_k on Opus 4.7', opus47, { ...claudeBody, top_k: 40 }, `${model}\`top_k\` is deprecated for this model.`],
  ['top_k on Sonnet 4.5', sonnet45, { ...claudeBody, top_k: 40 }],
  ['temperature and top_p on Sonnet 4.5', sonnet45, { ...claudeBody, temperature: 0.3, top_p: 0.8 }, /cannot both be specified/],
  ['a temperature of 1.5', sonnet45, { ...claudeBody, temperature: 1.5 }, 'temperature: Input should be less than or equal to 1'],
  ['a top_k of 1.5', sonnet45, { ...claudeBody, top_k: 1.5 }, 'top_k: Input should be a valid integer'],
  [
    'a temperature beside thinking',
    sonnet45,
    { ...claudeBody, temperature: 0.3, thinking: { type: 'enabled', budget_tokens: 2000 } },
    `${model}\`temperature\` may only be set to 1 when thinking is enabled.`,
  ],
  ['an old beta value', sonnet45, { ...claudeBody, anthropic_beta: ['prompt-caching-2024-07-31'] }, `${model}invalid beta flag`],
  [
    'a strict tool on Opus 4.7',
    opus47,
    { ...claudeBody, tools: [{ name: 'f', input_schema: { type: 'object' }, strict: true }] },
    /strict/,
  ],
  [
    'performanceConfig in the body',
    sonnet45,
    { ...claudeBody, performanceConfig: {} },
    'performanceConfig: Extra inputs are not permitted',
  ],
  ['reasoning with its signature', sonnet45, { ...claudeBody, messages: thought('c2ln') }],
  ['reasoning without one', sonnet45, { ...claudeBody, messages: thought() }, /thinking\.signature: Field required/],
  ['reasoning with an empty one', sonnet45, { ...claudeBody, messages: thought('') }, /thinking\.signature: Field required/],
  ['the role system on Sonnet 4.5', sonnet45, { ...claudeBody, messages: [...messages, system] }, /role system is not supported/],
  ['the role system on Opus 4.8', opus48, { ...claudeBody, messages: [...messages, system] }],
  ['the role system first', opus48, { ...claudeBody, messages: [system, ...messages] }, /not supported as the first message/],
  ['an empty system message that changes a setting', opus48, { ...claudeBody, messages: [...messages, { ...system, content: [] }] }],
  ['top_p at the top of a Nova body', novaPro, { ...novaBody, top_p: 0.9 }, /#: extraneous key \[top_p\] is not permitted/],
  ['max_tokens at the top of a Nova body', novaPro, { ...novaBody, max_tokens: 20 }, /#: extraneous key \[max_tokens\]/],
  ['sampling where Nova takes it', novaPro, { ...novaBody, inferenceConfig: { maxTokens: 20, temperature: 0.5, topP: 0.9, topK: 20 } }],
  ['the names of older samples', novaPro, { ...novaBody, inferenceConfig: { max_new_tokens: 20, top_p: 0.9, top_k: 20 } }],
  ['a topP of 2 on Nova', novaPro, { ...novaBody, inferenceConfig: { topP: 2 } }, /'inferenceConfig\.topP'.*less than or equal to 1/],
  [
    'reasoning on Nova Pro',
    novaPro,
    { ...novaBody, reasoningConfig: { type: 'enabled' } },
    'The provided reasoning config value is invalid.',
  ],
  ['reasoning on Nova 2', nova2, { ...novaBody, reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }],
];

describe('bodies of InvokeModel', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());

  for (const [what, modelId, body, says] of bodies)
    it(`${says === undefined ? 'takes' : 'refuses'} ${what}`, async () => {
      const answer = await bench.post(`/model/${modelId}/invoke`, body);
      assert.equal(answer.status, says === undefined ? 200 : 400, answer.body.message);
      if (typeof says === 'string') assert.equal(answer.body.message, says);
      else if (says !== undefined) assert.match(answer.body.message ?? '', says);
    });
});

describe('models that the catalog lacks', () => {
  it('are answered by another one, which the answer says', async () => {
    const bench = await openBench();
    for (const modelId of ['amazon.titan-text-express-v1', 'google.gemma-3-27b-it', 'us.anthropic.claude-opus-7']) {
      const { status, body } = await bench.post(`/model/${modelId}/converse`, novaBody);
      assert.equal(status, 200);
      assert.match(JSON.stringify(body), /A model that is not known \(Claude Sonnet 4\.6 stands in\)/);
    }
    await bench.close();
  });
});
