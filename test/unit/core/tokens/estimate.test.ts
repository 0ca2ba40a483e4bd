import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TokenFamily } from '../../../../src/core/models/types';
import { chunks } from '../../../../src/core/text/chunks';
import { estimateText } from '../../../../src/core/tokens/estimate';
import type { TokenEstimate } from '../../../../src/core/figures/band';
import { sampleTexts } from './texts';
import { anyCharacter } from '../../../support/anyText';

const families: readonly TokenFamily[] = [
  'claude-3',
  'claude-4.7',
  'claude-5',
  'nova-1',
  'nova-2',
  'llama',
  'openai',
  'qwen',
  'deepseek',
  'mistral',
  'other',
];
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.string({ unit: 'grapheme' }),
  fc.lorem({ maxCount: 40 }),
);
const everything = sampleTexts.map(({ text }) => text).join('\n');

const assertSound = (estimate: TokenEstimate): void => {
  for (const value of [estimate.low, estimate.likely, estimate.high]) assert.ok(Number.isFinite(value) && value >= 0, String(value));
  assert.ok(estimate.low <= estimate.likely && estimate.likely <= estimate.high, JSON.stringify(estimate));
};

describe('estimating a text', () => {
  it('gives a band of finite numbers from zero up for any text and family', () => {
    fc.assert(fc.property(anyText, fc.constantFrom(...families), (text, family) => assertSound(estimateText(text, family))));
  });

  it('adds up exactly over the pieces of a text', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (parts, times) => {
        const text = parts.join('\n').repeat(times);
        const sum = chunks(text).reduce((total, piece) => total + estimateText(piece, 'claude-5').likely, 0);
        assert.equal(estimateText(text, 'claude-5').likely, sum);
      }),
      { numRuns: 60 },
    );
  });

  it('adds up over lines, one edited line changing the whole by its own change', () => {
    const lines = everything.split('\n').filter((line) => line !== '');
    const whole = estimateText(lines.join('\n'), 'claude-3').likely;
    const alone = lines.reduce((total, line) => total + estimateText(line, 'claude-3').likely, 0);
    assert.ok(Math.abs(whole - alone - (lines.length - 1)) / whole < 0.06, `${whole} against ${alone} and ${lines.length} lines`);
  });

  it('costs nothing for no text and for newlines at the end', () => {
    for (const family of families) assert.deepEqual(estimateText('', family), { low: 0, likely: 0, high: 0, basis: 'estimated' });
    assert.equal(estimateText('Hello\n\n', 'claude-3').likely, estimateText('Hello', 'claude-3').likely);
  });

  it('grows with its text', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.lorem({ maxCount: 30 }), (a, b) => {
        assert.ok(estimateText(`${a}\n${b}`, 'claude-3').likely > estimateText(a, 'claude-3').likely);
      }),
    );
  });

  it('says the same each time, whatever was asked in between', () => {
    const first = sampleTexts.map(({ text }) => estimateText(text, 'claude-5').likely);
    for (let at = 0; at < 20_000; at += 1) estimateText(`filler${at} ${at * 31}`, 'claude-5');
    assert.deepEqual(
      sampleTexts.map(({ text }) => estimateText(text, 'claude-5').likely),
      first,
    );
  });

  it('reads composed and decomposed letters, and both kinds of quotes in the older vocabulary, alike', () => {
    assert.equal(estimateText('cafe\u0301', 'claude-3').likely, estimateText('café', 'claude-3').likely);
    assert.ok(Math.abs(estimateText('it’s', 'claude-3').likely - estimateText("it's", 'claude-3').likely) < 0.5);
  });

  it('survives lone surrogates, NUL, and text of a single kind', () => {
    for (const text of [
      '\ud800',
      '\udc00x',
      'a\ud83d',
      '\u0000\u0000',
      '\ufeff',
      '\u200d\u200d',
      '\r',
      '\r\r\n',
      '\t\t\t',
      '\u3000 \u00a0',
    ])
      for (const family of families) assertSound(estimateText(text, family));
  });

  it('finds the newer vocabulary dearer for English by a third or so, and equal for Chinese', () => {
    const of = (name: string): string => sampleTexts.find((sample) => sample.name === name)?.text ?? '';
    const ratio = (text: string): number => estimateText(text, 'claude-5').likely / estimateText(text, 'claude-3').likely;
    assert.ok(ratio(of('english-austen-1813')) > 1.2 && ratio(of('english-austen-1813')) < 1.6);
    assert.ok(Math.abs(ratio(of('chinese-laozi')) - 1) < 0.1);
  });
});

describe('estimating hostile texts', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['one letter', 'a'.repeat(1 << 16)],
    ['emoji', '😀'.repeat(1 << 15)],
    ['combining marks', `a${'\u0301\u0316'.repeat(1 << 15)}`],
    ['spaces', ' '.repeat(1 << 16)],
    ['newlines', `${'\n'.repeat(1 << 16)}x`],
    ['brackets', '('.repeat(1 << 16)],
    ['digits', '7'.repeat(1 << 16)],
    ['dashes and spaces', '- '.repeat(1 << 15)],
    ['distinct words', Array.from({ length: 6_000 }, (_, at) => (at * 2654435761).toString(36)).join(' ')],
    ['a long line', 'lorem ipsum, dolor {sit} amet. '.repeat(8_000)],
  ];
  for (const [name, text] of cases) it(`counts ${name}`, () => assertSound(estimateText(text, 'claude-3')));

  for (const unit of ['\n', '\r\n', '\n ', '\n\t', '\n    ', ' ', 'a', 'Ab', '.', '-', "'", '. ', '1', '😀', '漢', '漢\n', '\u0301', '\0'])
    it(`counts more for more of ${JSON.stringify(unit)}, and never next to nothing`, () => {
      for (const family of ['claude-3', 'claude-5', 'nova-2'] as const) {
        const of = (times: number): number => estimateText(`x${unit.repeat(times)}x`, family).likely;
        assert.ok(of(4000) > 1.5 * of(2000) && of(4000) > 20, `${of(2000)} for 2,000, ${of(4000)} for 4,000`);
      }
    });
});
