import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparedText } from '../../../../src/core/change/commonPrefix';
import { diverge, rowValues, type Divergence } from '../../../../src/core/change/diverge';
import { buildRequest } from '../../../../src/core/request/build';
import { readPrompt, shippedSamples, type ReadPrompt } from '../cache/prompts';

const between = ({ prompt }: ReadPrompt, a: Record<string, string>, b: Record<string, string>): Divergence => diverge(prompt, a, b);
const underlined = ({ text }: ReadPrompt, { difference }: Divergence): string | undefined =>
  difference && text.slice(difference.span.start, difference.span.end);

const letter = readPrompt(
  'letter.bedrock.md',
  `---
modelId: us.anthropic.claude-sonnet-4-6
variables:
  tenant: { example: Acme, varies: session }
  name: { varies: request }
---
# system:
Rules of the house.
<!-- cachePoint -->
For {{tenant}}.
<!-- cachePoint -->

# user:
Dear {{ name }}, {{name}} and {{tenant}}.
`,
);

describe('two rows of values', () => {
  it('that agree make the same request', () => {
    const divergence = between(letter, { tenant: 'A', name: 'N' }, { tenant: 'A', name: 'N' });
    assert.equal(divergence.difference, undefined);
    assert.deepEqual(divergence.agreeing, ['tenant', 'name']);
    assert.ok(divergence.checkpoints.every(({ shared }) => shared));
    assert.equal(divergence.sharedBlocks, letter.plan.blocks.length);
    assert.ok(divergence.sharedTokens.likely > between(letter, { name: 'N' }, { name: 'M' }).sharedTokens.likely);
  });

  it('differ first where the first differing variable stands', () => {
    const divergence = between(letter, { tenant: 'Acme', name: 'N' }, { tenant: 'Apex', name: 'M' });
    assert.equal(underlined(letter, divergence), '{{tenant}}');
    assert.deepEqual(divergence.difference?.cause, { kind: 'variable', name: 'tenant', a: 'Acme', b: 'Apex' });
    assert.deepEqual(divergence.difference?.offset, 'For A'.length);
    assert.deepEqual(divergence.difference?.place, { field: 'system', index: 2 });
    assert.deepEqual(
      divergence.checkpoints.map(({ shared }) => shared),
      [true, false],
    );
    assert.deepEqual(divergence.differing, ['tenant', 'name']);
  });

  it('share the checkpoints before the message when only the message differs', () => {
    const divergence = between(letter, { name: 'Ann' }, { name: 'Anna' });
    assert.equal(underlined(letter, divergence), '{{ name }}');
    assert.equal(divergence.difference?.offset, 'Dear Ann'.length);
    assert.deepEqual(
      divergence.checkpoints.map(({ shared }) => shared),
      [true, true],
    );
    assert.deepEqual(divergence.agreeing, ['tenant']);
  });

  it('count the tokens before the difference, more the later it comes', () => {
    const early = between(letter, { tenant: 'A' }, { tenant: 'B' }).sharedTokens.likely;
    const late = between(letter, { name: 'A' }, { name: 'B' }).sharedTokens.likely;
    assert.ok(early > 0 && early < late && late < letter.plan.total.likely);
  });

  it('that even out at first are told apart where they no longer do', () => {
    const pair = readPrompt('pair.bedrock.md', '# system:\n{{a}}{{b}}-{{c}}\n');
    const even = between(pair, { a: 'ab', b: 'c', c: 'x' }, { a: 'a', b: 'bc', c: 'y' });
    assert.deepEqual(even.difference?.cause, { kind: 'variable', name: 'c', a: 'x', b: 'y' });
    assert.equal(between(pair, { a: 'ab', b: 'c', c: 'x' }, { a: 'a', b: 'bc', c: 'x' }).difference, undefined);
  });

  it('name the variable when one value begins with the other', () => {
    const one = readPrompt('one.bedrock.md', '# system:\n{{a}}bc\n');
    const divergence = between(one, { a: 'x' }, { a: 'xb' });
    assert.deepEqual([divergence.difference?.offset, underlined(one, divergence)], [2, '{{a}}']);
    const empty = between(one, { a: '' }, { a: 'x' });
    assert.deepEqual([empty.difference?.offset, underlined(one, empty)], [0, '{{a}}']);
  });

  it('point into tool blocks and content written as JSON', () => {
    const json = readPrompt(
      'tool.bedrock.md',
      '# user:\nHello\n\n# assistant:\n```converse\n{"toolUse": {"toolUseId": "t", "name": "find", "input": {"q": "about {{topic}}"}}}\n```\n',
    );
    const divergence = between(json, { topic: 'boots' }, { topic: 'tents' });
    assert.deepEqual(divergence.difference?.cause, { kind: 'variable', name: 'topic', a: 'boots', b: 'tents' });
    assert.equal(divergence.sharedBlocks, 1);
  });

  it('take examples for values that neither row gives', () => {
    assert.equal(rowValues(letter.prompt, {})('tenant'), 'Acme');
    assert.equal(rowValues(letter.prompt, { tenant: '' })('tenant'), '');
    assert.equal(rowValues(letter.prompt, {})('name'), undefined);
    assert.equal(between(letter, {}, {}).difference, undefined);
  });

  it('never read a value from an object\u2019s own machinery', () => {
    const odd = readPrompt('odd.bedrock.md', '# system:\n{{constructor}} {{toString}}\n');
    assert.equal(between(odd, {}, { constructor: 'x' }).difference?.cause.kind, 'variable');
    assert.equal(between(odd, {}, {}).difference, undefined);
  });
});

describe('the true common prefix', () => {
  it('is what both requests say, block for block and character for character', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\u{1F600}'), maxLength: 4 });
    const row = fc.record({ a: value, b: value, c: value });
    const parts = fc.array(
      fc.constantFrom('{{a}}', '{{b}}', '{{c}}', 'a', 'b', '\n<!-- cachePoint -->\n', '\n# user:\n', '\n# assistant:\n'),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(parts, row, row, (written, rowA, rowB) => {
        const read = readPrompt('p.bedrock.md', `# system:\nx${written.join('')}`);
        const divergence = between(read, rowA, rowB);
        const wire = (values: Record<string, string>) => {
          const request = buildRequest(read.prompt, rowValues(read.prompt, values));
          return [...(request.system ?? []), ...(request.messages ?? []).flatMap(({ content }) => content)].map(comparedText);
        };
        const [a, b] = [wire(rowA), wire(rowB)];
        const { sharedBlocks, difference } = divergence;
        assert.deepEqual(a.slice(0, sharedBlocks), b.slice(0, sharedBlocks));
        assert.equal(difference === undefined, a.join('\0') === b.join('\0'));
        if (difference === undefined) return;
        assert.notEqual(a[sharedBlocks], b[sharedBlocks]);
        assert.equal(a[sharedBlocks]?.slice(0, difference.offset), b[sharedBlocks]?.slice(0, difference.offset));
        assert.equal(difference.cause.kind, 'variable');
        assert.ok(difference.span.start >= 0 && difference.span.end <= read.text.length);
        assert.match(read.text.slice(difference.span.start, difference.span.end), /^\{\{[abc]\}\}$/);
      }),
    );
  });

  it('is found in every shipped sample with two rows', () => {
    const withRows = shippedSamples().filter(({ prompt }) => prompt.header.samples.length >= 2);
    assert.ok(withRows.length >= 3);
    for (const { name, prompt, plan } of withRows) {
      const [a, b] = prompt.header.samples;
      const divergence = diverge(prompt, a?.value ?? {}, b?.value ?? {});
      assert.equal(divergence.difference?.cause.kind, 'variable', name);
      assert.equal(divergence.difference.index, divergence.sharedBlocks);
      assert.ok(divergence.sharedTokens.likely < plan.total.likely);
    }
  });
});
