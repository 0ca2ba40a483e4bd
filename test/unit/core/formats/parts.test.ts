import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bodyStart, partsOf, type Part } from '../../../../src/core/formats/parts';
import { encloses } from '../../../../src/core/text/span';
import { anyText } from '../../../support/anyText';

/** A tree of parts, each with its first and last line. */
const drawn = (text: string, parts: readonly Part[], indent = ''): readonly string[] => {
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  return parts.flatMap(({ name, span, parts: inside }) => [
    `${indent}${name} ${lineOf(span.start)}-${lineOf(span.end)}`,
    ...drawn(text, inside, `${indent}  `),
  ]);
};
const shown = (lines: readonly string[]): readonly string[] => {
  const text = lines.join('\n');
  return drawn(text, partsOf(text, 0).sections);
};

describe('the parts of a prompt file', () => {
  it('are the sections of roles, with the headings in them by their levels', () => {
    const lines = ['# system:', '## Rules', 'Be brief.', '### Of tone', 'Warm.', '', '## Facts ##', 'None.', '', '# user:', 'Hello', ''];
    assert.deepEqual(shown(lines), ['system 1-8', '  Rules 2-5', '    Of tone 4-5', '  Facts 7-8', 'user 10-11']);
  });

  it('take text before the first role line for system text, and a heading of the first level for a heading', () => {
    assert.deepEqual(shown(['', 'You answer.', '# The handbook', 'Text', 'user:', 'Hello']), [
      'system 2-4',
      '  The handbook 3-4',
      'user 5-6',
    ]);
  });

  it('find no heading in a fence, in a role line or in a tag', () => {
    const lines = ['# system:', '```sh', '# user:', '## no heading', '```', '#tag', '\\# user:', '# user:', 'x'];
    assert.deepEqual(shown(lines), ['system 1-7', 'user 8-9']);
    const text = lines.join('\n');
    assert.deepEqual(
      partsOf(text, 0).fences.map(({ start, end }) => text.slice(start, end)),
      ['```sh\n# user:\n## no heading\n```'],
    );
  });

  it('begin behind the front matter', () => {
    const text = '---\nmodelId: m\n---\n# user:\nHello';
    assert.equal(text.slice(bodyStart(text, { start: 4, end: 15 })), '# user:\nHello');
    assert.equal(bodyStart('---\nmodelId: m\n---', { start: 4, end: 15 }), 18);
  });

  it('lie in each other and in order, whatever the text', () => {
    const line = fc.oneof(
      fc.constantFrom('# system:', '# user:', '## A', '### B', '#### C', '# D', '```', '~~~', ''),
      anyText({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const text = lines.join('\n');
        const check = (parts: readonly Part[], outer: { readonly start: number; readonly end: number }): void => {
          let last = outer.start;
          for (const part of parts) {
            assert.ok(encloses(outer, part.span) && encloses(part.span, part.head) && part.span.start >= last);
            last = part.span.end;
            check(part.parts, part.span);
          }
        };
        check(partsOf(text, 0).sections, { start: 0, end: text.length });
      }),
    );
  });
});
