import type { PanelState } from '../../../../src/core/panel/protocol';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { RunRecord } from '../../../../src/core/runs/record';
import { forecastScenes } from './forecastScenes';
import { modelsScene } from './modelsScene';
import { aPair, aStart, aUsage, estimate, finishedRun, fold } from '../../../support/runRecords';
import { panelOf, type PanelInput } from '../../../support/panelStates';

/** States of the page worth looking at, by name. */

const aws = { kind: 'aws', text: 'Amazon Bedrock, us-east-1, profile dev' } as const;
const emulator = { kind: 'emulator', text: 'Local emulator, 127.0.0.1:8787' } as const;
const custom = { kind: 'custom', text: 'https://bedrock-gateway.example.internal/runtime' } as const;

type Input = Partial<PanelInput>;
const scene = (records: readonly RunRecord[], over: Input = {}): PanelState =>
  panelOf({
    file: 'support-desk.bedrock.md',
    records,
    shown: records.slice(-2).map(({ id }) => id),
    busy: false,
    locale: 'en',
    timeZone: 'UTC',
    service: emulator,
    ...over,
  });

const answer =
  'Thanks for writing in. Your order left our warehouse on Monday, so the refund policy for returns within 30 days applies:\n\n' +
  '1. Print the label from your account page.\n2. Drop the parcel at any partner shop.\n3. The amount is back on your card within five working days.\n\n' +
  'Would you like me to start the return now?';
const withAnswer = (record: RunRecord, text: string): RunRecord => ({ ...record, answer: text });

const markdown = `# Refund for order A-10293

The parcel was **returned on 12 November**; the [refund policy](https://example.com/policies/refunds?lang=en) allows *30 days*, so the amount of \`$48.20\` goes back.

## What happens next

1. The warehouse checks the parcel.
   - A damaged box is no reason to refuse.
   - A missing part is.
2. The refund is booked within \`5\` working days.

> A customer who paid with a voucher gets a voucher back, and is told so beforehand, in the language in which the order was placed.

| Item | Amount | Refund | Reason for the difference, if there is one |
|:-----|-------:|:------:|:-------|
| Lamp, oak, with a shade of linen and a cable of two meters | 39.90 | 39.90 | |
| Shipping | 8.30 | 8.30 | The first shipment is always refunded |
| Express | 12.00 | 0.00 | Chosen by the customer: https://example.com/shipping/express/terms/and/conditions |

### For the log

\`\`\`json
{ "order": "A-10293", "state": "refunded", "lines": [{ "sku": "LAMP-OAK-204", "amount": 39.9 }, { "sku": "SHIPPING", "amount": 8.3 }] }
\`\`\`

![The label of the parcel](https://example.com/label.png)

---

Shall I write to the customer?
`;

const cold = { read: estimate(0, 0), write: estimate(2290, 2410), input: estimate(38, 60) };
const [coldRun, warmRun] = aPair(
  aUsage({ input: 41, output: 212, cacheWrite: 2310, writes: [{ ttl: '5m', tokens: 2310 }] }),
  aUsage({ input: 41, output: 205, cacheRead: 2310 }),
  { service: 'emulator', endpoint: '127.0.0.1:8787' },
);
const pair = [
  {
    ...withAnswer(coldRun, answer),
    prediction: { cacheRead: cold.read, cacheWrite: cold.write, input: cold.input, assumes: 'cold' as const },
  },
  {
    ...withAnswer(warmRun, answer),
    prediction: { cacheRead: cold.write, cacheWrite: cold.read, input: cold.input, assumes: 'warm' as const },
  },
];
const older = [
  finishedRun(aUsage({ input: 2350 }), { id: 'old-1', startedAt: Date.UTC(2026, 10, 23, 13, 58, 2) }),
  fold(
    aStart({ id: 'old-2', startedAt: Date.UTC(2026, 10, 23, 14, 0, 41) }),
    { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' },
    { type: 'text', at: 900, delta: 'Thanks for' },
    { type: 'failed', at: 1800, failure: { code: 'canceled', detail: '', requestId: undefined } },
  ),
];

const failed = (failure: RunFailure, partial = ''): PanelState =>
  scene(
    [
      fold(
        aStart(),
        { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' },
        ...(partial === '' ? [] : [{ type: 'text', at: 900, delta: partial } as const]),
        { type: 'failed', at: 1840, failure },
      ),
    ],
    { service: aws },
  );
const said = (detail: string) => ({ detail, requestId: '7f0c2d9e-4b1a-4c55-9d3e-2f8a6b7c8d9e' });

const streaming = fold(
  aStart({ id: 'live', prediction: pair[0]?.prediction }),
  { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' },
  { type: 'text', at: 900, delta: answer.slice(0, 180) },
);

export const scenes: { readonly [name: string]: PanelState } = {
  welcome: scene([]),
  waiting: scene([fold(aStart({ prediction: pair[0]?.prediction }), { type: 'started', at: 0, modelId: 'm', identity: 'dev' })], {
    busy: true,
    service: aws,
  }),
  streaming: scene([streaming], { busy: true, service: aws }),
  pair: scene([...older, ...pair]),
  values: scene(pair, {
    valuesOf: () => [{ name: 'question', text: 'Where is my parcel?\nOrder A-10293.' }],
    form: {
      id: 'values 1',
      title: 'Values for the Variables',
      note: 'Filled in as they were used last.',
      fields: [
        { name: 'customer', label: 'customer', description: 'Who writes', value: 'Ann Example' },
        {
          name: 'question',
          label: 'question',
          description: 'Sent as it is typed.',
          value: 'Where is my parcel?\n\nI ordered it two weeks ago, order A-10293,\nand nothing has come.',
        },
      ],
      send: 'Run Twice',
      canSave: true,
      said: 'Written into the prompt as Sample 3.',
    },
  }),
  coldWhileWarmStreams: scene([pair[0] ?? streaming, { ...streaming, pair: { id: 'pair', part: 'warm' } }], { busy: true }),
  otherService: scene(pair, { service: aws }),
  warmMissed: scene(
    aPair(
      aUsage({ cacheWrite: 2310, writes: [{ ttl: '5m', tokens: 2310 }] }),
      aUsage({ cacheWrite: 2311, writes: [{ ttl: '5m', tokens: 2311 }] }),
    ),
    { service: aws },
  ),
  warmFailed: scene(
    [
      pair[0] ?? streaming,
      fold(
        aStart({ id: 'w', pair: { id: 'pair', part: 'warm' } }),
        { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' },
        { type: 'text', at: 700, delta: answer.slice(0, 90) },
        {
          type: 'failed',
          at: 1840,
          failure: { code: 'throttled', midStream: true, attempts: 1, ...said('Too many tokens, please wait before trying again.') },
        },
      ),
    ],
    { service: aws },
  ),
  markdown: scene([{ ...finishedRun(aUsage({ cacheRead: 2310 })), answer: markdown }]),
  json: scene([
    {
      ...finishedRun(aUsage({ cacheRead: 2310 })),
      answer:
        '{"order":"A-10293","refund":true,"lines":[{"sku":"LAMP-OAK-204","amount":39.90}],"note":"Told the customer: \\"five days\\""}',
    },
  ]),
  below: scene([finishedRun(aUsage({ input: 640 }))], { service: custom }),
  tools: scene(
    [
      fold(
        aStart(),
        { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' },
        { type: 'reasoning', at: 400, delta: 'The customer asks for the state of an order, so the order tool is needed.' },
        { type: 'text', at: 900, delta: 'Let me look that up.' },
        { type: 'toolUse', at: 1000, name: 'find_order', input: { orderId: 'A-10293', fields: ['state', 'carrier'] } },
        { type: 'stopped', at: 1100, reason: 'tool_use' },
        {
          type: 'usage',
          at: 1100,
          usage: aUsage({ cacheRead: 9120, cacheWrite: 812, writes: [{ ttl: '1h', tokens: 812 }] }),
          latencyMs: 1080,
        },
        { type: 'finished', at: 1100, requestId: undefined, attempts: 3 },
      ),
    ],
    { service: aws },
  ),
  long: scene([withAnswer(pair[1] ?? streaming, `${answer}\n\n`.repeat(200))]),
  scripts: scene([
    withAnswer(pair[0] ?? streaming, 'שלום, ההזמנה שלך בדרך. מספר ההזמנה הוא A-10293.\nمرحبا، طلبك في الطريق (A-10293).'),
    withAnswer(
      pair[1] ?? streaming,
      'ご注文の商品は月曜日に発送されました。返品ポリシーは30日以内の返品に適用されます。\n您的订单已于周一发货。감사합니다.',
    ),
  ]),
  huge: scene(
    aPair(
      aUsage({ input: 12_345_678, output: 987_654, cacheWrite: 912_345_678, writes: [{ ttl: '1h', tokens: 912_345_678 }] }),
      aUsage({ input: 12_345_678, output: 987_654, cacheRead: 912_345_678 }),
    ).map((record) => ({
      ...record,
      modelName: 'Application inference profile with a very long name that somebody chose in a hurry',
      prediction: {
        cacheRead: estimate(900_000_000, 930_000_000),
        cacheWrite: estimate(0, 0),
        input: estimate(12_000_000, 13_000_000),
        assumes: 'warm' as const,
      },
    })),
    { file: 'prompts/customers/emea/support/very-long-folder-name/support-desk-with-a-long-name.bedrock.md', service: aws },
  ),
  models: scene(pair, { tab: 'models', views: { models: modelsScene } }),
  german: scene(pair, { locale: 'de' }),
  ...Object.fromEntries(
    Object.entries(forecastScenes).map(([name, forecast]) => [name, scene(pair, { tab: 'forecast', views: { forecast } })]),
  ),
  'fail-credentials-missing': failed({
    code: 'credentials',
    reason: 'missing',
    profile: undefined,
    detail: 'Could not load credentials from any providers',
    requestId: undefined,
  }),
  'fail-credentials-expired': failed({
    code: 'credentials',
    reason: 'expired',
    profile: 'dev',
    ...said('The SSO session associated with this profile has expired.'),
  }),
  'fail-credentials-invalid': failed({
    code: 'credentials',
    reason: 'invalid',
    profile: 'dev',
    ...said('The security token included in the request is invalid.'),
  }),
  'fail-access': failed({
    code: 'accessDenied',
    modelId: 'us.anthropic.claude-sonnet-4-6',
    reason: 'iam',
    ...said(
      'User: arn:aws:sts::111122223333:assumed-role/dev/me is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6 because no identity-based policy allows the action',
    ),
  }),
  'fail-model': failed({
    code: 'modelNotFound',
    modelId: 'anthropic.claude-sonet-4',
    region: 'eu-central-1',
    ...said('The provided model identifier is invalid.'),
  }),
  'fail-invalid': failed({ code: 'invalidRequest', ...said('A maximum of 4 blocks with cache_control may be provided. Found 5.') }),
  'fail-throttled': failed({
    code: 'throttled',
    midStream: false,
    attempts: 3,
    ...said('Too many tokens, please wait before trying again.'),
  }),
  'fail-throttled-mid': failed({ code: 'throttled', midStream: true, attempts: 1, ...said('Too many tokens.') }, answer.slice(0, 90)),
  'fail-unavailable': failed({ code: 'unavailable', status: 503, ...said('Bedrock is unable to process your request.') }),
  'fail-timeout': failed({ code: 'timeout', afterMs: 120_000, detail: 'socket timed out', requestId: undefined }),
  'fail-network': failed({
    code: 'network',
    endpoint: 'https://bedrock-runtime.us-east-1.amazonaws.com',
    cause: 'ENOTFOUND',
    detail: 'getaddrinfo ENOTFOUND',
    requestId: undefined,
  }),
  'fail-interrupted': failed({ code: 'interrupted', ...said('The stream ended without messageStop.') }, answer.slice(0, 140)),
  'fail-canceled': failed({ code: 'canceled', detail: '', requestId: undefined }, answer.slice(0, 60)),
  'fail-unexpected': failed({ code: 'unexpected', ...said('TypeError: x is not iterable') }),
};
