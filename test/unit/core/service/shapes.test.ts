import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-bedrock-runtime';
import { converseRequest, converseStreamRequest, countTokensRequest, shapeAt, type Shape } from '../../../../src/core/service/shapes';

/** A member as the service model writes it, or one made of ours in the same words. */
interface Use {
  readonly is: string;
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}
interface Modelled {
  readonly type: 'structure' | 'union' | 'list' | 'map' | 'enum';
  readonly members?: Readonly<Record<string, Use>>;
  readonly values?: readonly string[];
  readonly of?: Use;
  readonly key?: Use;
  readonly value?: Use;
  readonly min?: number;
  readonly max?: number;
}

const model = JSON.parse(readFileSync(join(import.meta.dirname, '../../../fixtures/service/model.json'), 'utf8')) as {
  readonly shapes: Readonly<Record<string, Modelled>>;
};

const plain = (pattern: string): string => pattern.replaceAll('\\/', '/');
const lengths = ({ min, max }: { readonly min?: number; readonly max?: number }): object => ({
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});

/** The service model's own words for a shape, with names followed to what they stand for. */
const modelled = ({ is, min, max, pattern }: Use): unknown => {
  const named = model.shapes[is];
  if (named === undefined)
    return { kind: is, ...lengths({ min, max } as Use), ...(pattern === undefined ? {} : { pattern: plain(pattern) }) };
  switch (named.type) {
    case 'enum':
      return { kind: 'string', values: named.values };
    case 'list':
      return { kind: 'list', of: modelled(named.of!), ...lengths(named) };
    case 'map':
      return { kind: 'map', key: modelled(named.key!), value: modelled(named.value!), ...lengths(named) };
    default: {
      const members = Object.entries(named.members ?? {});
      return {
        kind: named.type,
        name: is,
        required: members.flatMap(([name, { required }]) => (required === true ? [name] : [])).sort(),
        members: Object.fromEntries(members.map(([name, use]) => [name, modelled(use)])),
      };
    }
  }
};

const ours = (shape: Shape): unknown => {
  switch (shape.kind) {
    case 'structure':
    case 'union':
      return {
        ...shape,
        required: shape.required.toSorted(),
        members: Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, ours(member)])),
      };
    case 'list':
      return { ...shape, of: ours(shape.of) };
    case 'map':
      return { ...shape, key: ours(shape.key), value: ours(shape.value) };
    case 'string': {
      const { taken: _taken, ...plainly } = shape;
      return shape.pattern === undefined
        ? plainly
        : { ...plainly, pattern: plain(/^\^\(\?:([^]*)\)\$$/.exec(shape.pattern.source)?.[1] ?? '') };
    }
    default:
      return shape;
  }
};

/** Every structure and union below a shape, by name. */
const structures = (shape: Shape, found = new Map<string, Extract<Shape, { kind: 'structure' | 'union' }>>()): typeof found => {
  if (shape.kind === 'list') structures(shape.of, found);
  if (shape.kind === 'map') structures(shape.value, found);
  if (shape.kind !== 'structure' && shape.kind !== 'union') return found;
  found.set(shape.name, shape);
  for (const member of Object.values(shape.members)) structures(member, found);
  return found;
};

const operations = { converseRequest, converseStreamRequest, countTokensRequest };
const exported = sdk as unknown as Readonly<Record<string, unknown>>;

describe('the shapes of the service', () => {
  for (const [name, shape] of Object.entries(operations))
    it(`say of ${name} what the service model says`, () => {
      assert.deepEqual(ours(shape), modelled({ is: name.charAt(0).toUpperCase() + name.slice(1) }));
    });

  // The SDK's schemas are lists: 3 for a structure and 4 for a union, name space, name, traits, members, their schemas, how many are required.
  for (const [name, shape] of structures({ kind: 'map', key: { kind: 'string' }, value: { kind: 'list', of: converseStreamRequest } }).set(
    converseRequest.name,
    converseRequest,
  ))
    it(`have the members of ${name} that the SDK's own schema has`, () => {
      const schema = exported[`${name}$`] as readonly [number, string, string, number, readonly string[], readonly unknown[], number?];
      const members = schema[4].filter((member) => member !== 'modelId');
      assert.equal(schema[0], shape.kind === 'union' ? 4 : 3);
      assert.deepEqual(Object.keys(shape.members).toSorted(), members.toSorted());
      const required = schema[4].slice(0, schema[6] ?? 0).filter((member) => member !== 'modelId');
      assert.deepEqual(shape.required.toSorted(), required.toSorted());
    });

  const enums: Readonly<Record<string, readonly (string | number)[]>> = {
    CachePointType: ['system', 0, 'cachePoint', 'type'],
    CacheTTL: ['system', 0, 'cachePoint', 'ttl'],
    ConversationRole: ['messages', 0, 'role'],
    ImageFormat: ['messages', 0, 'content', 0, 'image', 'format'],
    DocumentFormat: ['messages', 0, 'content', 0, 'document', 'format'],
    VideoFormat: ['messages', 0, 'content', 0, 'video', 'format'],
    AudioFormat: ['messages', 0, 'content', 0, 'audio', 'format'],
    ToolResultStatus: ['messages', 0, 'content', 0, 'toolResult', 'status'],
    ToolUseType: ['messages', 0, 'content', 0, 'toolUse', 'type'],
    GuardrailConverseContentQualifier: ['system', 0, 'guardContent', 'text', 'qualifiers', 0],
    GuardrailTrace: ['guardrailConfig', 'trace'],
    GuardrailStreamProcessingMode: ['guardrailConfig', 'streamProcessingMode'],
    PerformanceConfigLatency: ['performanceConfig', 'latency'],
    ServiceTierType: ['serviceTier', 'type'],
    OutputFormatType: ['outputConfig', 'textFormat', 'type'],
  };
  for (const [name, path] of Object.entries(enums))
    it(`have the values of ${name} that the SDK has`, () => {
      const shape = shapeAt(converseStreamRequest, path);
      assert.ok(shape?.kind === 'string');
      assert.deepEqual(shape.values?.toSorted(), Object.values(exported[name] as object).toSorted());
    });

  it('are found by path, and nothing where no member is', () => {
    assert.deepEqual(shapeAt(converseRequest, ['inferenceConfig', 'maxTokens']), { kind: 'integer', min: 1 });
    assert.equal(shapeAt(converseRequest, ['inferenceConfig', 'topK']), undefined);
    assert.equal(shapeAt(converseRequest, ['modelId', 'x']), undefined);
    assert.equal(shapeAt(converseRequest, ['constructor']), undefined);
  });
});
