import assert from 'node:assert/strict';

import type { Json } from '../../../src/core/text/json';
import { sampleJson } from '../../../src/emulator/sampleJson';

describe('sampleJson', () => {
  it('is the plainest value of a schema', () => {
    const properties = { a: { type: 'string' }, b: { type: ['integer', 'null'] }, c: { enum: ['x', 'y'] }, d: { type: 'array' }, e: {} };
    const schema: Json = { type: 'object', properties, required: ['a', 'b', 'c', 'd'] };
    assert.deepEqual(sampleJson(schema), { a: 'simulated', b: 0, c: 'x', d: [] });
    assert.deepEqual(sampleJson(JSON.stringify(schema)), { a: 'simulated', b: 0, c: 'x', d: [] });
  });

  it('looks at each member once, however often it is required', () => {
    let looks = 0;
    const nested = (depth: number): Json => {
      const properties = depth === 0 ? {} : { a: nested(depth - 1) };
      const schema = { type: 'object', required: Array.from({ length: 20 }, () => 'a') };
      return Object.defineProperty(schema, 'properties', { enumerable: true, get: () => ((looks += 1), properties) }) as unknown as Json;
    };
    sampleJson(nested(3));
    assert.ok(looks <= 4, String(looks));
  });

  it('is null for what is no schema, and never throws', () => {
    for (const schema of [undefined, null, 1, 'no JSON', [], { type: 'dream' }] as const) assert.equal(sampleJson(schema), null);
  });
});
