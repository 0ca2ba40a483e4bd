import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../src/core/text/json';

/** Bodies of InvokeModel that are right, and the same with one slip anywhere in them. */

type Path = readonly (string | number)[];

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
const control = { cache_control: { type: 'ephemeral' } };
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } };

/** Of Claude Sonnet 4.5. */
export const messagesBodies: readonly JsonObject[] = [
  {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 4000,
    system: [{ type: 'text', text: 'Be brief.', ...control }],
    temperature: 1,
    stop_sequences: ['END'],
    metadata: { user_id: 'u' },
    tools: [{ name: 'find', description: 'Finds.', input_schema: { type: 'object', properties: {} }, ...control }],
    tool_choice: { type: 'tool', name: 'find', disable_parallel_tool_use: true },
    messages: [
      {
        role: 'user',
        content: [
          image,
          {
            type: 'document',
            title: 'T',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQKJSVFT0YK' },
            citations: { enabled: false },
          },
          { type: 'text', text: 'Go' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'find', input: { a: 1 } }] },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 't1', is_error: false, content: [{ type: 'text', text: 'ok' }, image], ...control }],
      },
    ],
  },
  {
    anthropic_version: 'bedrock-2023-05-31',
    anthropic_beta: [],
    max_tokens: 4000,
    system: 'Be brief.',
    thinking: { type: 'enabled', budget_tokens: 2000 },
    messages: [
      { role: 'user', content: 'Go' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'redacted_thinking', data: 'abcd' },
          { type: 'text', text: 'ok' },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } },
          { type: 'document', title: 'b', source: { type: 'content', content: [{ type: 'text', text: 'a' }] } },
          { type: 'search_result', source: 'a', title: 'b', content: [{ type: 'text', text: 't' }], citations: { enabled: false } },
          { type: 'text', text: 'So?', ...control },
        ],
      },
    ],
  },
];

/** Of Nova Pro. */
export const novaBodies: readonly JsonObject[] = [
  {
    schemaVersion: 'messages-v1',
    system: [{ text: 'Be brief.', cachePoint: { type: 'default' } }],
    inferenceConfig: { maxTokens: 500, temperature: 0.5, topP: 0.9, topK: 20, stopSequences: ['END'] },
    messages: [
      { role: 'user', content: [{ image: { format: 'png', source: { bytes: png } } }, { text: 'Go', cachePoint: { type: 'default' } }] },
    ],
  },
  {
    schemaVersion: 'messages-v1',
    system: [{ text: 'Be brief.' }],
    toolConfig: {
      tools: [{ toolSpec: { name: 'find', description: 'Finds.', inputSchema: { json: { type: 'object', properties: {} } } } }],
      toolChoice: { auto: {} },
    },
    messages: [
      { role: 'user', content: [{ text: 'Go' }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'find', input: {} } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ json: { a: 1 } }], status: 'success' } }] },
    ],
  },
];

const wrong: readonly Json[] = [5, -1, 0.5, true, 'text', '', ' ', [], {}, null, [null], ['x'], [{}], 'a'.repeat(300), 'ä b'];
const more: readonly (readonly [string, Json])[] = [
  ['cache_control', { type: 'ephemeral' }],
  ['cache_control', { type: 'default' }],
  ['cachePoint', { type: 'default' }],
  ['type', 'none_such'],
  ['text', 'x'],
  ['name', 'x'],
  ['max_tokens', 5],
  ['ttl', '1h'],
  ['content', 'x'],
  ['source', {}],
];

/** Lists take their indexes as names. */
type Holder = { [step: string | number]: Json };
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

const pathsIn = (value: Json, path: Path = []): readonly Path[] => [
  ...(path.length === 0 ? [] : [path]),
  ...(Array.isArray(value)
    ? value.flatMap((item: Json, index) => pathsIn(item, [...path, index]))
    : isHolder(value)
      ? Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]))
      : []),
];

const changed = (body: JsonObject, path: Path, change: (holder: Holder, step: string | number) => void): JsonObject => {
  const copy = structuredClone(body);
  let holder: Json = copy;
  for (const step of path.slice(0, -1)) holder = (holder as Holder)[step] ?? null;
  const last = path.at(-1);
  if (last !== undefined && isHolder(holder)) change(holder, last);
  return copy;
};

/** The body with a part left out, replaced, or with a member that does not belong there. */
export const slipIn = (bodies: readonly JsonObject[]): fc.Arbitrary<JsonObject> =>
  fc.constantFrom(...bodies).chain((body) =>
    fc.constantFrom(...pathsIn(body)).chain((path) =>
      fc.oneof(
        fc.constant(
          changed(body, path, (holder, step) => {
            if (Array.isArray(holder)) holder.splice(Number(step), 1);
            else delete holder[step];
          }),
        ),
        fc.constantFrom(...wrong).map((value) => changed(body, path, (holder, step) => void (holder[step] = value))),
        fc.constantFrom(...more).map(([name, value]) =>
          changed(body, path, (holder, step) => {
            const at: unknown = holder[step];
            if (isHolder(at) && !Array.isArray(at) && !(name in at)) at[name] = value;
          }),
        ),
      ),
    ),
  );
