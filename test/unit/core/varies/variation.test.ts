import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isListedAsStatic, variationOf, variesByName } from '../../../../src/core/varies/variation';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Block, Prompt } from '../../../../src/core/prompt/model';
import { parseOnly } from '../../../support/onlyPrompt';

const at = { source: 0, span: { start: 0, end: 7 } };
const parse = (text: string): Prompt => parseOnly(text, 'bedrock-prompt', noFiles);
const declared = (text: string) =>
  `---\nvariables:\n  tenant: { example: Acme, varies: session }\n  desk: { value: Leeds }\n---\n# system:\n${text}\n`;
const variation = (body: string, staticTexts?: readonly string[]) => {
  const source = declared(body);
  const prompt = parse(source);
  const [block] = prompt.system;
  assert.ok(block);
  const answer = variationOf(
    block,
    variesByName(prompt.header.variables),
    prompt.sources,
    staticTexts === undefined ? {} : { staticTexts },
  );
  return { ...answer, texts: answer.breaks.map((one) => `${one.kind} ${one.text} = ${source.slice(one.span.start, one.span.end)}`) };
};

describe('what varies in a block', () => {
  it('is nothing in text without variables and generated literals', () => {
    assert.deepEqual(variation('You answer for the desk.').varies, 'never');
  });

  it('follows the declarations, and takes an undeclared variable to change with each request', () => {
    assert.equal(variation('For {{tenant}} in {{desk}}.').varies, 'session');
    assert.equal(variation('In {{desk}}.').varies, 'never');
    assert.equal(variation('For {{tenant}}: {{unknown}}').varies, 'request');
  });

  it('takes what grows for another text in each request, and a date alone for one that a day shares', () => {
    const grown = variationOf(
      { kind: 'text', segments: [{ kind: 'variable', name: 'log', at }], span: at.span },
      new Map([['log', 'grows']]),
      [],
    );
    assert.deepEqual([grown.varies, grown.breaks[0]?.grows], ['request', true]);
    assert.deepEqual([variation('Today is 2026-11-23.').varies, variation('Today is 2026-11-23.').breaks[0]?.varies], ['never', 'day']);
    assert.equal(variation('It is now 14:03.').varies, 'request');
  });

  it('says what and where, in the order of the text', () => {
    assert.deepEqual(variation('Today is 2026-11-23, {{tenant}}.\nRequest ID: req_0a1b2c3d').texts, [
      'date 2026-11-23 = 2026-11-23',
      'variable tenant = {{tenant}}',
      'requestId req_0a1b2c3d = req_0a1b2c3d',
    ]);
  });

  it('leaves out a literal that is listed as static, by itself or within its sentence', () => {
    const body = 'Today is 23 November 2026.\nCurrent date: 2026-11-24';
    assert.equal(variation(body).breaks.length, 2);
    assert.deepEqual(variation(body, ['23 November 2026']).texts, ['date 2026-11-24 = 2026-11-24']);
    assert.deepEqual(variation(body, ['Today is 23 November 2026.']).texts, ['date 2026-11-24 = 2026-11-24']);
    assert.equal(variation(body, [' 23 November 2026 ', 'Current date: 2026-11-24']).varies, 'never');
  });

  it('keeps reporting what a listed text only resembles', () => {
    const body = 'Today is 23 November 2026.';
    assert.equal(variation(body, ['Yesterday was 23 November 2026.']).breaks.length, 1);
    assert.equal(variation(body, ['November 2026', '', '   ']).breaks.length, 1);
  });

  it('never leaves out a variable for a listed text', () => {
    assert.equal(variation('For {{tenant}}.', ['{{tenant}}', 'tenant', 'For {{tenant}}.']).varies, 'session');
  });

  it('is nothing in a marker or a picture', () => {
    const marker: Block = { kind: 'cachePoint', ttl: undefined, span: { start: 0, end: 0 } };
    assert.deepEqual(variationOf(marker, new Map(), []), { varies: 'never', breaks: [] });
  });

  it('finds a listed text only where it stands around the value', () => {
    const text = 'Today is 2026-11-23. Tomorrow is 2026-11-24. ';
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), fc.nat(text.length), fc.nat(text.length), (a, b, c, d) => {
        const [start, from, to, end] = [a, b, c, d].sort((x, y) => x - y);
        assert.ok(start !== undefined && from !== undefined && to !== undefined && end !== undefined);
        const listed = text.slice(start, end);
        if (listed.trim() === listed && to > from) assert.ok(isListedAsStatic(text, from, to, [listed]));
      }),
    );
  });

  it('finds it among many as it does alone', () => {
    const text = 'Today is 2026-11-23. Tomorrow is 2026-11-24. ';
    const others = Array.from({ length: 20 }, (_, at) => `text ${at} that stays`);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), fc.nat(text.length), fc.nat(text.length), (a, b, c, d) => {
        const [start = 0, end = 0] = [a, b].sort((x, y) => x - y);
        const [from = 0, to = 0] = [c, d].sort((x, y) => x - y);
        const listed = text.slice(start, end);
        assert.equal(isListedAsStatic(text, from, to, [...others, listed]), isListedAsStatic(text, from, to, [listed]));
      }),
    );
  });
});
