import * as fc from 'fast-check';
import { catalog } from '../../src/core/models/catalog';
import type { ModelEntry } from '../../src/core/models/types';
import { refusalRows } from '../../src/core/service/refusals';
import type { Condition } from '../../src/core/service/condition';
import { converseRequest, shapeAt, type Shape } from '../../src/core/service/shapes';
import type { Json, JsonObject } from '../../src/core/text/json';
import { fileLimits } from '../../src/core/service/fileRefusals';
import { images, lengthened, pdf } from './sentFiles';

/** Requests of Converse, valid ones and ones with slips, for comparing what two halves make of them. */

type Path = readonly (string | number)[];
type Mutable = { [key: string]: Json };

const clone = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const isRecord = (value: Json | undefined): value is Mutable => typeof value === 'object' && value !== null && !Array.isArray(value);

const get = (root: Json, path: Path): Json | undefined => {
  let value: Json | undefined = root;
  for (const step of path) value = (value as { readonly [step: string | number]: Json } | undefined)?.[step];
  return value;
};

/** The request with another value at a path, whose objects are made where they are missing; `undefined` removes what is there. */
const withValue = (root: JsonObject, path: Path, value: Json | undefined): JsonObject => {
  const copy = clone(root) as Mutable;
  let at: Json = copy;
  for (const [index, step] of path.entries()) {
    const holder = at as Mutable; // lists take their indexes as names
    if (index === path.length - 1) {
      if (value !== undefined) holder[step] = clone(value);
      else if (Array.isArray(holder)) holder.splice(Number(step), 1);
      else delete holder[step];
    } else at = holder[step] ??= typeof path[index + 1] === 'number' ? [] : {};
    if (typeof at !== 'object' || at === null) return root;
  }
  return copy;
};

/** A model id that can be called, from every model of the catalog. */
const callable = (models: readonly ModelEntry[]): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...models.map(({ id, profiles, onDemand }) => (profiles[0] === undefined || onDemand === true ? id : `${profiles[0]}.${id}`)),
  );
/** Ids that the catalog lacks, of makers of whose models the table of refusals knows some by name. */
export const lackingIds: readonly string[] = [
  'amazon.titan-text-express-v1',
  'us.meta.llama3-2-1b-instruct-v1:0',
  'mistral.mistral-7b-instruct-v0:2',
  'mistral.mixtral-8x7b-instruct-v0:1',
  'cohere.command-r-v1:0',
  'ai21.jamba-1-5-large-v1:0',
  'writer.palmyra-x9-v1:0',
  'us.deepseek.r1-v1:0',
  'qwen.qwen9-32b-v1:0',
];
const modelId = fc.oneof(
  {
    arbitrary: callable(catalog.filter(({ caching, lifecycle }) => caching.kind === 'explicit' && lifecycle.kind === 'active')),
    weight: 3,
  },
  { arbitrary: callable(catalog), weight: 2 },
  { arbitrary: fc.constantFrom(...catalog.map(({ id }) => id)), weight: 1 },
  { arbitrary: fc.constantFrom(...lackingIds), weight: 1 },
);

const tool = (name: string): JsonObject => ({
  toolSpec: { name, description: 'Finds it.', inputSchema: { json: { type: 'object', properties: { a: { type: 'string' } } } } },
});
const point = (ttl?: string): JsonObject => ({ cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } });
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 2 });

const question: readonly JsonObject[] = [{ text: 'Where is it?' }];
const answer: readonly JsonObject[] = [{ text: 'It is here.' }];

const userBlocks: fc.Arbitrary<readonly JsonObject[]> = oneOf<readonly JsonObject[]>(
  ...[question, question, question],
  [{ text: 'Where is it?' }],
  [{ text: 'Read.' }, { document: { format: 'pdf', name: 'Terms', source: { bytes: 'JVBERi0xLjQKJSVFT0YK' } } }],
  [{ text: 'Read.' }, { document: { name: 'Data (1)', source: { text: 'a,b' } } }],
  [{ text: 'See.' }, { image: { format: 'png', source: { bytes: png } } }],
  [{ text: 'One.' }, point(), { text: 'Two.' }],
  [{ text: 'Check.' }, { guardContent: { text: { text: 'this', qualifiers: ['query'] } } }],
  [{ searchResult: { source: 'a', title: 'b', content: [{ text: 'c' }], citations: { enabled: true } } }, { text: 'So?' }],
);
const assistantBlocks: fc.Arbitrary<readonly JsonObject[]> = oneOf<readonly JsonObject[]>(
  ...[answer, answer, answer],
  [{ text: 'It is here.' }],
  [{ reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2ln' } } }, { text: 'Done.' }],
  [{ citationsContent: { content: [{ text: 'x' }], citations: [{ title: 't', location: { web: { url: 'u' } } }] } }, { text: 'Done.' }],
);
const toolTurns: readonly JsonObject[] = [
  { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'find', input: { a: 'x' } } }] },
  { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'found' }], status: 'success' } }] },
];

/** A request that is right in itself; whether its model takes it is another question. */
const plainRequest: fc.Arbitrary<JsonObject> = fc
  .record({
    modelId,
    system: some(
      oneOf<readonly JsonObject[]>([{ text: 'Be brief.' }], [{ text: 'Be brief.' }, point()], [{ text: 'Be brief.' }, point('1h')], []),
    ),
    first: userBlocks,
    more: fc.array(fc.tuple(assistantBlocks, userBlocks), { maxLength: 2 }),
    tools: some(oneOf<readonly JsonObject[]>([tool('find')], [tool('find'), tool('other')], [tool('find'), point()])),
    called: fc.boolean(),
    inferenceConfig: some(oneOf<JsonObject>({}, { maxTokens: 500 }, { maxTokens: 500, stopSequences: ['END'] }, { temperature: 1 })),
    requestMetadata: some(oneOf<JsonObject>({ team: 'desk' })),
    serviceTier: some(oneOf<JsonObject>({ type: 'default' })),
    performanceConfig: some(oneOf<JsonObject>({ latency: 'standard' })),
  })
  .map(({ modelId: id, system, first, more, tools, called, ...rest }) => {
    const turns = more.flatMap(([said, asked]) => [
      { role: 'assistant', content: said },
      { role: 'user', content: asked },
    ]);
    return clone({
      modelId: id,
      ...(system === undefined ? {} : { system }),
      messages: [{ role: 'user', content: first }, ...turns, ...(called && tools !== undefined ? toolTurns : [])],
      ...(tools === undefined ? {} : { toolConfig: { tools } }),
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    } as JsonObject);
  });

/** Every place of a request that the shapes know, with what they say of it. */
const placesIn = (value: Json, shape: Shape | undefined, path: Path = []): readonly (readonly [Path, Shape])[] => {
  if (shape === undefined) return [];
  const below = Array.isArray(value)
    ? value.flatMap((item: Json, index) => placesIn(item, shapeAt(shape, [index]), [...path, index]))
    : isRecord(value)
      ? Object.entries(value).flatMap(([name, member]) => placesIn(member, shapeAt(shape, [name]), [...path, name]))
      : [];
  return path.length === 0 ? below : [[path, shape], ...below];
};

type Slip = (request: JsonObject) => readonly JsonObject[];

const wrongTypes: readonly Json[] = [5, 0.5, true, 'text', [], {}, null, [null]];

/** Values at the edge of a shape, just inside and just outside. */
const edgesOf = (shape: Shape): readonly Json[] => {
  const around = (bound: number | undefined): readonly number[] =>
    bound === undefined || bound > 3000 ? [] : [bound - 1, bound, bound + 1];
  switch (shape.kind) {
    case 'string':
      if (shape.values !== undefined) return [...shape.values, 'nothing', shape.values[0]?.toUpperCase() ?? ''];
      return [
        '',
        'a b',
        'a.b',
        'ä',
        'files/read',
        ...[...around(shape.min), ...around(shape.max)].filter((size) => size >= 0).map((size) => 'a'.repeat(size)),
      ];
    case 'integer':
    case 'float':
      return [...around(shape.min), ...around(shape.max), 0.5, 3_000_000_000];
    case 'list':
      return [[], [{}], Array.from({ length: 11 }, () => 'a')];
    case 'map':
      return [{}, { 'a!': 'b' }, { a: 'b!' }, Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']))];
    case 'blob':
      return ['', 'a', 'ab', 'abc', 'abcd', 'abc=', 'ab==', 'a===', 'ab=c', 'data:image/png;base64,abcd', 'ab\ncd', 'ab-_'];
    default:
      return [];
  }
};

const additions: readonly string[] = ['cache_control', 'cachePoint', 'cache_point', 'max_tokens', 'topK', 'name', 'type', 'text', 'tll'];

/** Slips against the shapes, each tried at every place of the request. */
const shapeSlips: Slip = (request) => {
  const body = Object.fromEntries(Object.entries(request).filter(([name]) => name !== 'modelId'));
  return placesIn(body, converseRequest).flatMap(([path, shape]): readonly JsonObject[] => {
    const value = get(request, path);
    const members = shape.kind === 'structure' || shape.kind === 'union';
    return [
      withValue(request, path, undefined),
      ...wrongTypes.map((wrong) => withValue(request, path, wrong)),
      ...edgesOf(shape).map((edge) => withValue(request, path, edge)),
      ...(members && isRecord(value)
        ? additions.map((name) => withValue(request, [...path, name], name === 'text' ? 'x' : { type: 'default' }))
        : []),
      ...(members && isRecord(value) ? Object.keys(shape.members).map((name) => withValue(request, [...path, name], {})) : []),
    ];
  });
};

/** Values that make a condition of the table true, and some that just do not. */
const valuesFor = ({ is, not, below, above, without, blank }: Condition): readonly Json[] => [
  ...(is ?? []),
  ...(not ?? []).flatMap((value) => [value, typeof value === 'number' ? value / 2 : `${String(value)}er`]),
  ...(below === undefined ? [] : [below, below - 1, Math.max(0, below / 2)]),
  ...(above === undefined ? [] : [above, above + 1]),
  ...(without === undefined ? [] : [{ [without]: 'x' }, { text: 'x' }]),
  ...(blank === true ? [' '] : []),
  true,
  {},
  0.5,
  1,
  2000,
];

/** Puts a value where a condition looks, into the first list entry that there is or a new one. */
const meet = (request: JsonObject, condition: Condition): readonly JsonObject[] =>
  condition.at.flatMap((written) => {
    const path = written.split('.').map((step) => (step === '*' ? 0 : step));
    return valuesFor(condition).map((value) => withValue(request, path, value));
  });

/** For every row of the table of refusals: what it looks for. */
const rowSlips: readonly Slip[] = refusalRows.flatMap(([, { when }]) =>
  when === undefined
    ? []
    : [(request: JsonObject) => when.reduce((all, condition) => all.flatMap((one) => meet(one, condition)).slice(0, 200), [request])],
);

const inMessages = (request: JsonObject, change: (messages: Mutable[]) => void): JsonObject => {
  const copy = clone(request) as Mutable;
  const messages = copy['messages'];
  if (Array.isArray(messages) && messages.every((message: Json) => isRecord(message) && Array.isArray(message['content'])))
    change(messages as Mutable[]); // objects, as was just seen
  return copy;
};
const addBlock =
  (block: JsonObject, at: (messages: readonly Mutable[]) => number, place: 'first' | 'last' = 'last'): Slip =>
  (request) => [
    inMessages(request, (messages) => {
      const content = messages[at(messages)]?.['content'] as Json[] | undefined;
      if (place === 'last') content?.push(clone(block));
      else content?.unshift(clone(block));
    }),
  ];
const addMessage =
  (message: JsonObject, at: number): Slip =>
  (request) => [inMessages(request, (messages) => messages.splice(at < 0 ? messages.length : at, 0, clone(message) as Mutable))];
const set =
  (path: Path, ...values: readonly (Json | undefined)[]): Slip =>
  (request) =>
    values.map((value) => withValue(request, path, value));

const last = (messages: readonly Mutable[]): number => messages.length - 1;
const first = (): number => 0;
const second = (): number => 1;
const schemaOf = (schema: Json): JsonObject => ({
  textFormat: {
    type: 'json_schema',
    structure: { jsonSchema: { name: 'r', schema: typeof schema === 'string' ? schema : JSON.stringify(schema) } },
  },
});
const document = (name: string): JsonObject => ({ document: { format: 'txt', name, source: { text: 'x' } } });
const result = (toolUseId: string, ...content: readonly Json[]): JsonObject => ({ toolResult: { toolUseId, content } });
const closed = { type: 'object', properties: {}, additionalProperties: false } as const;

/** Slips in what is said, in whose turn, with which tools. */
const requestSlips: readonly Slip[] = [
  addMessage({ role: 'assistant', content: [{ text: '{' }] }, -1),
  addMessage({ role: 'assistant', content: [{ text: 'Welcome.' }] }, 0),
  addMessage({ role: 'user', content: [{ text: 'Again.' }] }, -1),
  addMessage({ role: 'user', content: [] }, -1),
  addMessage({ role: 'system', content: [{ text: 'In French.' }] }, 0),
  addMessage({ role: 'system', content: [{ text: 'In French.' }] }, 1),
  addMessage({ role: 'system', content: [{ text: 'In French.' }] }, -1),
  addMessage({ role: 'system', content: [{ toolAddition: { tool: { name: 'find' } } }] }, -1),
  addMessage({ role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2ln' } } }] }, 1),
  addMessage({ role: 'assistant', content: [{ toolUse: { toolUseId: 't9', name: 'find', input: {} } }] }, -1),
  addMessage(
    {
      role: 'assistant',
      content: [{ toolUse: { toolUseId: 's1', name: 'find', input: {}, type: 'server_tool_use' } }, result('s1', { text: 'x' })],
    },
    1,
  ),
  addMessage({ role: 'user', content: [result('old', { text: 'x' })] }, -1),
  (request) => [inMessages(request, (messages) => void messages.reverse())],
  (request) => [inMessages(request, (messages) => void messages.pop())],
  set(['messages'], [], undefined),
  set(['messages', 0, 'content'], []),
  addBlock({ text: '' }, last),
  addBlock({ text: ' \n' }, last),
  addBlock(point(), last),
  addBlock(point('1h'), last),
  addBlock(point('5m'), last),
  addBlock(point(), last, 'first'),
  addBlock(point(), first, 'first'),
  (request) => [
    Array.from({ length: 5 }).reduce<JsonObject>(
      (all) => addBlock({ text: 'x' }, last)(addBlock(point(), last)(all)[0] ?? all)[0] ?? all,
      request,
    ),
  ],
  addBlock({ video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket-a/clip.mp4' } } } }, last),
  addBlock({ audio: { format: 'mp3', source: { bytes: 'AAAA' } } }, last),
  addBlock({ image: { format: 'png', source: { s3Location: { uri: 's3://bucket-a/a.png' } } } }, last),
  addBlock({ image: { format: 'png', source: { bytes: png } } }, second),
  ...['terms.pdf', 'Final  report', 'a_b', 'Terms', 'terms', 'ä', ' x '].map((name) => addBlock(document(name), last)),
  addBlock(document('second'), second),
  (request) => [['a', 'b', 'c', 'd', 'e', 'f'].reduce<JsonObject>((all, name) => addBlock(document(name), last)(all)[0] ?? all, request)],
  set(['messages', 0, 'content'], [document('alone')]),
  addBlock(result('t1', { text: 'again' }), last),
  addBlock(result('t1', { json: [1] }), last),
  addBlock(result('t1', { image: { format: 'png', source: { bytes: png } } }), last),
  addBlock(result('t1', document('In a result')), last),
  addBlock({ toolUse: { toolUseId: 't1', name: 'find', input: 'x' } }, second),
  addBlock({ reasoningContent: { reasoningText: { text: 'Hm.' } } }, second, 'first'),
  addBlock({ toolRemoval: { tool: { name: 'find' } } }, last),
  set(['toolConfig'], undefined, { tools: [tool('find'), tool('find')] }, { tools: [tool('other')] }),
  set(['toolConfig', 'toolChoice'], { any: {} }, { auto: {} }, { tool: { name: 'find' } }, { tool: { name: 'none' } }),
  set(['toolConfig', 'tools', 0, 'toolSpec', 'inputSchema', 'json'], {}, { type: 'string' }, 'x', null, { type: 'object', maxItems: 2 }),
  set(['toolConfig', 'tools', 0, 'toolSpec', 'strict'], true, false),
  set(
    ['additionalModelRequestFields'],
    { top_k: 40 },
    { thinking: { type: 'enabled', budget_tokens: 2000 } },
    { nothing_known: 1 },
    [],
    'x',
  ),
  set(
    ['additionalModelRequestFields', 'thinking'],
    { type: 'enabled', budget_tokens: 400 },
    { type: 'adaptive', effort: 'high' },
    { type: 'disabled' },
  ),
  set(['additionalModelRequestFields', 'reasoning_config'], { type: 'enabled', budget_tokens: 2000 }),
  set(
    ['additionalModelRequestFields', 'anthropic_beta'],
    ['mid-conversation-tool-changes-2026-07-01'],
    ['interleaved-thinking-2025-05-14'],
  ),
  set(['inferenceConfig', 'maxTokens'], 1000, 64_000, 128_001, 10_001, 1e9),
  set(['inferenceConfig'], { temperature: 0.3, topP: 0.8 }, { temperature: 1, topP: 0.99 }, { topP: 1 }),
  set(
    ['outputConfig'],
    schemaOf(closed),
    schemaOf({ type: 'object' }),
    schemaOf('{"type":'),
    schemaOf('[]'),
    schemaOf('{} // x'),
    schemaOf({ ...closed, properties: { a: { type: 'integer', minimum: 0 } } }),
    schemaOf({ ...closed, properties: { a: { type: 'string', minLength: 2 } } }),
    schemaOf({ ...closed, properties: { minimum: { type: 'string' } } }),
    schemaOf({ ...closed, properties: { a: { type: 'array', minItems: 2, items: { type: 'string' } } } }),
    schemaOf({
      ...closed,
      properties: { a: { $ref: '#/$defs/n' } },
      $defs: { n: { ...closed, properties: { n: { $ref: '#/$defs/n' } } } },
    }),
    schemaOf({ ...closed, properties: { a: { $ref: '#/$defs/n' } }, $defs: { n: closed } }),
    schemaOf({ ...closed, properties: { a: { $ref: 'https://example.com/a' } } }),
  ),
];

const image = (format: string, bytes: string): JsonObject => ({ image: { format, source: { bytes } } });
const file = (format: string, bytes: string, name = 'F1'): JsonObject => ({ document: { format, name, source: { bytes } } });
const times = (count: number, block: (at: number) => JsonObject): Slip => {
  return (request) => [
    Array.from({ length: count }, (_, at) => block(at)).reduce<JsonObject>((all, one) => addBlock(one, first)(all)[0] ?? all, request),
  ];
};
const formats = ['png', 'jpeg', 'gif', 'webp'] as const;
/** Each of some blocks in a user's message. */
const eachBlock =
  (...blocks: readonly JsonObject[]): Slip =>
  (request) =>
    blocks.flatMap((block) => addBlock(block, first)(request));

/** Slips in files, by their bytes. */
const fileSlips: readonly Slip[] = [
  eachBlock(...formats.flatMap((stated) => formats.map((real) => image(stated, images[real](40, 30))))),
  eachBlock(
    ...formats.flatMap((format) =>
      [8000, 8001].flatMap((edge) => [image(format, images[format](edge, 20)), image(format, images[format](20, edge))]),
    ),
  ),
  eachBlock(image('png', 'AAAA'), image('png', 'iVBORw0KGgo='), image('jpeg', '/9j/4AAQ')),
  times(20, () => image('png', images.png(2001, 5))),
  times(21, () => image('png', images.png(2000, 5))),
  times(21, (at) => image('png', images.png(at === 7 ? 2001 : 9, 5))),
  times(21, (at) => (at < 3 ? file('txt', 'QUJD', `F${at}`) : image('gif', images.gif(9, 9)))),
  eachBlock(file('pdf', pdf(100)), file('pdf', pdf(101)), file('txt', pdf(101)), file('pdf', 'QUJD')),
  times(2, (at) => file('pdf', pdf(at === 0 ? 60 : 41), `P${at}`)),
  addBlock(result('t1', image('gif', images.png(9, 9))), last),
  addBlock({ video: { format: 'video/mp4', source: { bytes: 'AAAA' } } }, last),
  addBlock({ video: { format: 'video/mpeg', source: { bytes: 'AAAA' } } }, last),
];

/** Files at the edge of what is taken and just beyond. Each is megabytes long, so nothing is changed in a request after it. */
const largeSlips: readonly Slip[] = [0, 1].flatMap((more) => [
  addBlock(image('png', lengthened(images.png(9, 9), fileLimits.imageBytes + more)), first),
  ...['pdf', 'docx', 'csv'].map((format) => addBlock(file(format, lengthened('', fileLimits.documentBytes + more)), first)),
]);

/** Slips in reasoning that is sent back. */
const reasoning = (signature?: string): JsonObject => ({
  reasoningContent: { reasoningText: { text: 'Hm.', ...(signature === undefined ? {} : { signature }) } },
});
const reasoningSlips: readonly Slip[] = [
  addBlock(reasoning(''), second, 'first'),
  addBlock(reasoning(' '), second, 'first'),
  addBlock(reasoning('c2ln'), second, 'last'),
  addBlock(reasoning('c2ln'), last),
  (request) =>
    set(['additionalModelRequestFields', 'thinking'], { type: 'adaptive', block_binding: 'strict' })(
      addBlock(reasoning('c2ln'), second, 'first')(request)[0] ?? request,
    ),
];

/** Other ids than those of the catalog. */
const idSlips: readonly Slip[] = [
  set(
    ['modelId'],
    'us.example.rivers-v1:0',
    'amazon.titan-text-express-v1',
    'google.gemma-3-27b-it',
    'us.anthropic.claude-sonet-4-5',
    'gpt-4o',
  ),
  set(['modelId'], 'us.anthropic.claude sonnet', 'a/b', 'modèle', 'us.meta.llama5!'),
  set(
    ['modelId'],
    ...['application-inference-profile/abcdefghijkl', 'provisioned-model/abcdefghijkl', 'custom-model-deployment/abcdefghijkl'].map(
      (name) => `arn:aws:bedrock:us-east-1:111122223333:${name}`,
    ),
  ),
];

/** All slips by family. */
const families: readonly Slip[] = [shapeSlips, shapeSlips, ...rowSlips, ...requestSlips, ...fileSlips, ...reasoningSlips, ...idSlips];

/** A day, in milliseconds since 1970: today's, and some on which other models have ended. */
export const comparedDay: fc.Arbitrary<number> = fc.constantFrom(
  ...['2026-11-28', '2026-11-28', '2026-11-28', '2025-12-01', '2026-07-30', '2026-07-29', '2027-01-08', '2028-06-01'].map((day) =>
    Date.parse(`${day}T12:00:00Z`),
  ),
);

/** A request with up to three slips; one in a few hundred holds a file that may be too large besides. */
export const slippedRequest: fc.Arbitrary<JsonObject> = fc
  .record({
    request: plainRequest,
    slips: fc.array(fc.record({ isShape: fc.boolean(), family: fc.nat(), choice: fc.nat() }), { maxLength: 3 }),
    large: fc.noBias(fc.nat({ max: 2000 })),
  })
  .map(({ request, slips, large }) => {
    const slipped = slips.reduce<JsonObject>((all, { isShape, family, choice }) => {
      const made = (isShape ? shapeSlips : (families[family % families.length] ?? shapeSlips))(all);
      return made[choice % Math.max(1, made.length)] ?? all;
    }, request);
    return largeSlips[large]?.(slipped)[0] ?? slipped;
  });
