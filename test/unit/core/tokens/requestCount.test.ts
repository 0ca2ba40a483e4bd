import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exceeds, reaches, type Band, type TokenCount } from '../../../../src/core/figures/band';
import type { TokenFamily } from '../../../../src/core/models/types';
import type { ConverseRequest } from '../../../../src/core/request/types';
import { remember } from '../../../../src/core/text/pieces';
import { estimateRequest } from '../../../../src/core/tokens/estimate';
import { countRequest } from '../../../../src/core/tokens/requestCount';
import { someRequests } from '../../../support/requests';
import { sampleTexts } from './texts';

const families: readonly TokenFamily[] = ['claude-3', 'claude-4.7', 'claude-5', 'nova-1', 'nova-2', 'openai', 'llama', 'other'];
const ends: readonly (keyof Band)[] = ['low', 'likely', 'high'];
/** Minimums of models, limits of price lists and windows, and what is next to nothing. */
const amounts = [1, 20, 500, 1024, 2048, 4096, 20_000, 200_000];

const long = sampleTexts.map(({ text }) => text).join('\n');
const words = fc.array(
  fc.constantFrom('parcel', 'zyxwv', 'Ünïcödé', '\n', '\t\t', ' ', '退货', 'возврат', '{"a": 1}', '==', '😀', 'नमस्ते'),
  {
    minLength: 1,
    maxLength: 8,
  },
);
/** From nothing to far over every minimum; one kind of text repeated, or many kinds in turn. */
const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.tuple(words, fc.integer({ min: 1, max: 3000 })).map(([list, times]) => list.join(' ').repeat(times).slice(0, 40_000)),
  fc.tuple(fc.nat(long.length), fc.nat(30_000)).map(([from, length]) => long.slice(from, from + length)),
);
const blocks = fc.array(
  fc.oneof({ weight: 4, arbitrary: texts.map((text) => ({ text })) }, fc.constant({ cachePoint: { type: 'default' } })),
  {
    maxLength: 4,
  },
);
const requests: fc.Arbitrary<ConverseRequest> = fc.oneof(
  someRequests as fc.Arbitrary<unknown> as fc.Arbitrary<ConverseRequest>, // a request without its model, which no count looks at
  fc
    .tuple(blocks, blocks)
    .map(([system, content]) => ({ modelId: '', system, messages: [{ role: 'user', content }] }) as unknown as ConverseRequest),
);

/** One question on one part of a request: of the blocks up to `at`, or of all where there are fewer. */
interface Question {
  readonly at: number;
  readonly end: keyof Band;
  readonly amount: number;
}

const questions = fc.array(
  fc.record({ at: fc.nat(6), end: fc.constantFrom(...ends), amount: fc.oneof(fc.constantFrom(...amounts), fc.nat(12_000)) }),
  { minLength: 1, maxLength: 6 },
);

describe('a count that goes as far as it is asked', function () {
  this.timeout(60_000);
  after(() => remember('pieces'));

  for (const remembered of ['pieces', 'texts', 'nothing'] as const)
    it(`answers as the whole figures do, in whatever order it is asked, with ${remembered} remembered`, () => {
      remember(remembered);
      fc.assert(
        fc.property(requests, fc.constantFrom(...families), questions, (request, family, asked) => {
          const model = { tokens: family };
          const count = countRequest(request, model);
          const whole = estimateRequest(request, model);
          const partOf = ({ at }: Question): readonly [TokenCount, Band] => {
            const block = whole.blocks[at];
            return block === undefined ? [count.whole, whole.total] : [count.upTo(at), block.prefix];
          };
          for (const question of asked) {
            const { end, amount } = question;
            const [part, figure] = partOf(question);
            assert.equal(reaches(part, end, amount), figure[end] >= amount, `${end} of ${JSON.stringify(figure)} reaches ${amount}`);
            assert.equal(exceeds(part, end, amount), figure[end] > amount);
            const block = whole.blocks[question.at];
            if (block !== undefined && amount % 2 === 0) assert.deepEqual(count.own(question.at), block.own);
          }
          assert.deepEqual(count.estimate(), whole);
        }),
        { numRuns: 100 },
      );
    });

  it('stops in a text whose beginning decides, counts nothing where the length does, and else tells that it counted all', () => {
    const request = {
      modelId: '',
      system: [{ text: long }],
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
    } as ConverseRequest;
    const { upTo, whole } = countRequest(request, { tokens: 'claude-5' });
    assert.equal(upTo(0).passes('low', 500), true);
    assert.equal(whole.passes('likely', 10 * long.length), false);
    assert.equal(upTo(0).passes('low', long.length), undefined);
    assert.equal(upTo(0).passes('low', 500), undefined);
  });
});
