import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textUnits } from '../../../../src/core/formats/textUnits';

const sign = '§';

/** The kind and the text of the unit around the sign, which is no part of the text. */
const unitAt = (marked: string): readonly [kind: string, text: string] => {
  const text = marked.replace(sign, '');
  const { kind, start, end } = textUnits(text).around(marked.indexOf(sign));
  return [kind, text.slice(start, end)];
};

/** The text with a stroke where it may be cut before the sign. */
const cutOf = (marked: string): string => {
  const text = marked.replace(sign, '');
  const at = textUnits(text).cutBefore(marked.indexOf(sign));
  return `${text.slice(0, at)}|${text.slice(at)}`;
};

describe('the unit around a place', () => {
  for (const [what, marked, expected] of [
    ['a paragraph', 'One.\n\nToday is §Monday,\na fine day.\n\nTwo.', ['paragraph', 'Today is Monday,\na fine day.']],
    ['an item with its lines', '- one\n- two §2\n  goes on\n- three', ['item', '- two 2\n  goes on']],
    ['the item that a line goes on', '- one\n  and §2\n- three', ['item', '- one\n  and 2']],
    ['a numbered item', '1. one\n2) §two\n3. three', ['item', '2) two']],
    ['an item with items below it', '- §one\n  - two\n- three', ['item', '- one\n  - two']],
    ['the inner item', '- one\n  - §two\n- three', ['item', '  - two']],
    ['a row', '| a | b |\n| - | - |\n| §1 | 2 |\n| 3 | 4 |', ['row', '| 1 | 2 |']],
    ['the table, where the head varies', '| §a | b |\n| - | - |\n| 1 | 2 |', ['table', '| a | b |\n| - | - |\n| 1 | 2 |']],
    ['a quote', '> one\n> §two\n\nthree', ['quote', '> one\n> two']],
    ['a fence, whatever stands in it', 'a\n```\n- x\n\n| §y |\n```\nb', ['fence', '```\n- x\n\n| y |\n```']],
    ['a fence that is not closed', 'a\n~~~\n§b\nc', ['fence', '~~~\nb\nc']],
    ['an empty line', 'a\n§\nb', ['line', '']],
  ] as const)
    it(`is ${what}`, () => assert.deepEqual(unitAt(marked), expected));

  const sentences = 'Say what you know.\nSay what you do not know.\nName who does.\nBe brief.\n';

  it('is a line among sentences that each have their own', () => {
    assert.deepEqual(unitAt(`${sentences}Today is §Monday.\n${sentences}`), ['line', 'Today is Monday.']);
    assert.deepEqual(unitAt(`Current time: §09:40\n${sentences}`), ['line', 'Current time: 09:40']);
  });

  it('is the whole paragraph where its lines were filled', () => {
    const filled =
      'Today is §Monday and whoever comes\nto the desk is told what is open,\nwhat is closed, and where the next\nroom stands empty, until somebody\ngoes there.';
    assert.deepEqual(unitAt(filled), ['paragraph', filled.replace(sign, '')]);
  });

  it('reads lines that end in CRLF', () => assert.deepEqual(unitAt('- a\r\n- §b\r\n- c')[1], '- b\r'));
});

describe('the place where a text may be cut', () => {
  for (const [what, marked, expected] of [
    ['before a line', 'one\ntwo §x\nthree', 'one\n|two x\nthree'],
    ['before a table, not in it', 'one\n| a |\n| - |\n| §1 |', 'one\n|| a |\n| - |\n| 1 |'],
    ['before a fence', 'one\n```\ntwo\n§three\n```', 'one\n|```\ntwo\nthree\n```'],
    ['before a quote', 'one\n> two\n> §three', 'one\n|> two\n> three'],
    ['before the outermost item', '- one\n- two\n  - a\n  - §b', '- one\n|- two\n  - a\n  - b'],
    ['at the beginning, where nothing stands before', '| a |\n| §1 |', '|| a |\n| 1 |'],
  ] as const)
    it(`is ${what}`, () => assert.equal(cutOf(marked), expected));
});

it('units are whole lines around the place, and a cut is never behind it', () => {
  const line = fc.constantFrom('', 'a', 'Today.', '- a', '  - b', '> q', '| a |', '| - |', '```', '~~~', '# h', '    x');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), fc.nat(), (lines, place) => {
      const text = lines.join('\n');
      const offset = place % (text.length + 1);
      const units = textUnits(text);
      const { start, end } = units.around(offset);
      assert.ok(start <= offset && offset <= end);
      assert.ok(start === 0 || text[start - 1] === '\n');
      assert.ok(end === text.length || text[end] === '\n');
      const cut = units.cutBefore(offset);
      assert.ok(cut <= offset && (cut === 0 || text[cut - 1] === '\n'));
    }),
    { numRuns: 500 },
  );
});
