import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunks, chunksSince } from '../../../../src/core/text/chunks';
import { memoByText } from '../../../../src/core/text/memo';
import { sampleTexts } from './texts';
import { anyText } from '../../../support/anyText';

const longText = fc
  .array(fc.oneof(fc.string(), anyText(), fc.constantFrom('\n', '\r\n', 'word word ', '漢字', '👩‍💻', '\ud800', '(((')), {
    maxLength: 60,
  })
  .chain((parts) => fc.integer({ min: 1, max: 400 }).map((times) => parts.join('').repeat(times)));

describe('cutting a text into pieces', () => {
  it('loses nothing, keeps pieces bounded and pairs whole', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const pieces = chunks(text);
        assert.equal(pieces.join(''), text);
        for (const [at, piece] of pieces.entries()) {
          assert.ok(piece.length > 0 && piece.length <= 8192);
          const next = pieces[at + 1]?.charCodeAt(0) ?? 0;
          const last = piece.charCodeAt(piece.length - 1);
          assert.ok(!(last >= 0xd800 && last < 0xdc00 && next >= 0xdc00 && next < 0xe000), 'a pair was parted');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a piece whole when it is cut again', () => {
    fc.assert(
      fc.property(longText, (text) => {
        for (const piece of chunks(text)) assert.deepEqual(chunks(piece), [piece]);
      }),
      { numRuns: 40 },
    );
  });

  it('changes only a few pieces after an edit in a long text', () => {
    const paragraph = sampleTexts.map(({ text }) => text).join('\n');
    const text = Array.from({ length: 150 }, (_, at) => `${at} ${paragraph}`).join('\n');
    const before = new Set(chunks(text));
    for (const at of [10, 1000, 500_000, text.length - 50]) {
      const edited = chunks(`${text.slice(0, at)}x${text.slice(at)}`);
      const fresh = edited.filter((piece) => !before.has(piece));
      assert.ok(fresh.length <= 4, `${fresh.length} new pieces after an edit at ${at}`);
    }
  });

  it('does the same in a long line', () => {
    const line = Array.from({ length: 40_000 }, (_, at) => `"key${(at * 7919) % 10007}":${at}`).join(',');
    const before = new Set(chunks(line));
    const middle = line.length >> 1;
    const fresh = chunks(`${line.slice(0, middle)}y${line.slice(middle)}`).filter((piece) => !before.has(piece));
    assert.ok(fresh.length <= 8, `${fresh.length} new pieces`);
  });
});

describe('cutting an edited text again', () => {
  const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 3000 }), put: longText });
  const edited = (text: string, { at, removed, put }: { at: number; removed: number; put: string }): string => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + removed);
  };

  it('gives the pieces that cutting it alone gives', () => {
    fc.assert(
      fc.property(longText, edit, (text, change) => {
        const after = edited(text, change);
        const former = chunks(text);
        const { front, fresh, back } = chunksSince(after, former);
        assert.deepEqual([...former.slice(0, front), ...fresh, ...former.slice(former.length - back)], chunks(after));
      }),
      { numRuns: 200 },
    );
  });

  it('cuts nothing where nothing changed, and a few pieces around an edit', () => {
    const paragraph = sampleTexts.map(({ text }) => text).join('\n');
    const text = Array.from({ length: 150 }, (_, at) => `${at} ${paragraph}`).join('\n');
    const former = chunks(text);
    assert.deepEqual(chunksSince(text, former), { front: former.length, fresh: [], back: 0 });
    for (const at of [10, 1000, 500_000, text.length - 50])
      assert.ok(chunksSince(`${text.slice(0, at)}x${text.slice(at)}`, former).fresh.length <= 14);
  });
});

describe('remembering results by text', () => {
  it('computes once for a text that is asked for again', () => {
    let calls = 0;
    const measure = memoByText((text) => {
      calls += 1;
      return text.length;
    }, 10);
    assert.equal(measure('abc'), 3);
    assert.equal(measure('abc'), 3);
    assert.equal(calls, 1);
  });

  it('forgets what has not been asked for in a while', () => {
    let calls = 0;
    const measure = memoByText(() => (calls += 1), 10);
    for (let at = 0; at < 100; at += 1) measure(String(at));
    measure('0');
    assert.equal(calls, 101);
  });
});
