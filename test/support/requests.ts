import fc from 'fast-check';

/** Random Converse requests of one family: few texts and few settings, so that two of them often share a prefix. */

type Json = Readonly<Record<string, unknown>>;

const sentence = 'Parcels that come back are weighed, photographed and entered in the list before noon. ';
/** About 1,300 tokens: one block more or less decides whether a prefix reaches a usual minimum. */
const long = sentence.repeat(80);

const text = fc.constantFrom('a', 'b', `${long}a`, `${long}b`).map((value): Json => ({ text: value }));
const point = fc.constantFrom<Json>({ cachePoint: { type: 'default' } }, { cachePoint: { type: 'default', ttl: '1h' } });

/** Blocks with at most one point behind each. */
const withPoints = (blocks: fc.Arbitrary<Json>, most: number): fc.Arbitrary<readonly Json[]> =>
  fc
    .array(fc.tuple(blocks, fc.option(point, { nil: undefined, freq: 2 })), { minLength: 1, maxLength: most })
    .map((list) => list.flatMap(([block, mark]) => (mark === undefined ? [block] : [block, mark])));

const tool = fc
  .constantFrom('look_up', 'send')
  .map((name): Json => ({ toolSpec: { name, description: name, inputSchema: { json: { type: 'object' } } } }));
const picture: Json = { image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } };
const paper = (enabled: boolean): Json => ({
  document: { format: 'txt', name: 'list', source: { text: 'One parcel.' }, citations: { enabled } },
});

const format = (name: string): Json => ({
  textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'answer', schema: `{"title":"${name}"}` } } },
});

const settings: fc.Arbitrary<Json> = fc.record({
  toolChoice: fc.constantFrom(undefined, { auto: {} }, { any: {} }),
  outputConfig: fc.constantFrom(undefined, {}, format('a'), format('b'), { effort: 'high' }, { effort: 'low' }),
  additionalModelRequestFields: fc.constantFrom(
    undefined,
    {},
    { top_k: 5 },
    { thinking: { type: 'disabled' } },
    { thinking: { type: 'enabled', budget_tokens: 1024 } },
    { reasoning_config: { type: 'enabled', budget_tokens: 1024 } },
    { output_config: { effort: 'high' } },
    { output_config: { effort: 'low' } },
    { anthropic_beta: ['x'] },
  ),
  inferenceConfig: fc.constantFrom(undefined, { temperature: 0.5 }, { maxTokens: 50 }),
});

/** A request without its model. */
export const someRequests: fc.Arbitrary<Json> = fc
  .record({
    tools: fc.option(withPoints(tool, 2), { nil: undefined, freq: 1 }),
    system: fc.option(withPoints(text, 2), { nil: undefined, freq: 3 }),
    turns: fc.array(withPoints(fc.oneof({ weight: 8, arbitrary: text }, fc.constantFrom(picture, paper(true), paper(false))), 3), {
      minLength: 1,
      maxLength: 4,
    }),
    settings,
  })
  .map(({ tools, system, turns, settings: { toolChoice, ...rest } }) => ({
    ...(tools === undefined ? {} : { toolConfig: { tools, ...(toolChoice === undefined ? {} : { toolChoice }) } }),
    ...(system === undefined ? {} : { system }),
    messages: turns.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content })),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  }));

/** At most four points, and none that lives longer than one before it: others are refused. */
export const takesPoints = (request: Json): boolean => {
  const ttls = [...JSON.stringify(request).matchAll(/"cachePoint":\{"type":"default"(,"ttl":"1h")?/g)].map(
    ([, hour]) => hour !== undefined,
  );
  return ttls.length <= 4 && !ttls.some((hour, at) => hour && at > 0 && ttls[at - 1] === false);
};
