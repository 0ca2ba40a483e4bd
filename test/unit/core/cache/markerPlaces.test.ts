import assert from 'node:assert/strict';
import fc from 'fast-check';
import { carrierOf, sameList, type Placed } from '../../../../src/core/cache/markerPlaces';
import type { Block } from '../../../../src/core/prompt/model';
import type { Place } from '../../../../src/core/request/wirePlace';

const at = { start: 0, end: 0 };
const blockOf = (isMarker: boolean): Block =>
  isMarker ? { kind: 'cachePoint', ttl: undefined, span: at } : { kind: 'text', segments: [], span: at };

/** Lists of blocks in the order of the wire: `true` is a marker. */
const placed = (tools: readonly boolean[], messages: readonly (readonly boolean[])[]): readonly Placed[] => {
  const list = (blocks: readonly boolean[], place: (index: number) => Place): readonly Placed[] =>
    blocks.map((isMarker, index) => ({ place: place(index), block: blockOf(isMarker) }));
  return [
    ...list(tools, (index) => ({ field: 'tools', index })),
    ...messages.flatMap((blocks, message) => list(blocks, (index) => ({ field: 'messages', message, index }))),
  ];
};

describe('carrierOf', () => {
  it('is the nearest block before a marker in its own list that is no marker', () => {
    const blocks = fc.array(fc.boolean(), { maxLength: 6 });
    fc.assert(
      fc.property(blocks, fc.array(blocks, { maxLength: 4 }), (tools, messages) => {
        const all = placed(tools, messages);
        for (const [index, { place }] of all.entries()) {
          const before = all.findLastIndex((one, other) => other < index && sameList(one.place, place) && one.block.kind !== 'cachePoint');
          assert.equal(carrierOf(all, index), before === -1 ? undefined : before);
        }
      }),
    );
  });
});
