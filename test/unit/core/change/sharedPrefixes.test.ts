import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planCache } from '../../../../src/core/cache/plan';
import { chainedOf, placeOfParting, sharedPrefixes, type Chained, type Member } from '../../../../src/core/change/sharedPrefixes';
import { noFiles } from '../../../../src/core/prompt/files';
import { parseOnly } from '../../../support/onlyPrompt';

const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** A Converse request with these system texts, as a person writes it. */
const textOf = (system: readonly string[], modelId = model): string =>
  JSON.stringify({ modelId, system: system.map((text) => ({ text })), messages: [{ role: 'user', content: [{ text: 'Now?' }] }] });

const chained = (name: string, system: readonly string[], modelId = model): Chained<string> => {
  const prompt = parseOnly(textOf(system, modelId), 'converse-json', noFiles);
  return chainedOf(name, prompt, planCache(prompt));
};

const long = (what: string): string => `${what}. ${'Answer in one sentence, and name the rule. '.repeat(20)}`;

/** The tree in words: a group by the number of blocks that it shares. */
type Shape = string | readonly [number, ...Shape[]];
const shapeOf = (member: Member<string>): Shape =>
  member.kind === 'prompt' ? member.chained.of : [member.group.shared.length, ...member.group.members.map(shapeOf)];
const shapes = (...all: readonly Chained<string>[]): readonly Shape[] => sharedPrefixes(all).map(shapeOf);

const namesIn = (member: Member<string>): readonly string[] =>
  member.kind === 'prompt' ? [member.chained.of] : member.group.members.flatMap(namesIn);

describe('prompts that begin alike', () => {
  it('stand in a group with the blocks that all of them begin with', () => {
    const members = [chained('a', [long('Rules'), 'One']), chained('b', ['Other']), chained('c', [long('Rules'), 'Two'])];
    assert.deepEqual(shapes(...members), [[1, 'a', 'c'], 'b']);
  });

  it('stand in groups within groups where some share more', () => {
    const [rules, tone] = [long('Rules'), long('Tone')];
    const all = [chained('a', [rules, tone, '1']), chained('b', [rules, tone, '2']), chained('c', [rules]), chained('d', [tone])];
    assert.deepEqual(shapes(...all), [[1, [2, 'a', 'b'], 'c'], 'd']);
  });

  it('are not grouped by what is too short to matter, or across models', () => {
    assert.deepEqual(shapes(chained('a', ['Be brief.', '1']), chained('b', ['Be brief.', '2'])), ['a', 'b']);
    const other = 'us.anthropic.claude-opus-4-5-20251101-v1:0';
    assert.deepEqual(shapes(chained('a', [long('Rules')]), chained('b', [long('Rules')], other)), ['a', 'b']);
  });

  it('are grouped without a block where their first texts only begin alike', () => {
    const near = [chained('a', [`${long('Rules')}It is May.`]), chained('b', [`${long('Rules')}It is June.`])];
    assert.deepEqual(shapes(near[0] as Chained<string>, chained('c', ['Short']), near[1] as Chained<string>), [[0, 'a', 'b'], 'c']);
  });

  it('part where their texts have most in common, to the character', () => {
    const rules = long('Rules');
    const all = [
      chained('a', [rules, 'Write letters.']),
      chained('b', [rules, 'You sort books.']),
      chained('c', [rules, 'You sort boxes.']),
    ];
    const [group] = sharedPrefixes(all);
    assert.ok(group?.kind === 'group' && group.group.parting !== undefined);
    const { parting } = group.group;
    assert.deepEqual([parting.a.of, parting.b.of, parting.depth, parting.common], ['b', 'c', 1, 'You sort bo'.length]);
    const text = textOf([rules, 'You sort boxes.']);
    assert.equal(placeOfParting(parting)?.start, text.indexOf('xes.'));
  });

  it('part nowhere where each has said all that could be shared', () => {
    const [group] = sharedPrefixes([chained('a', [long('Rules')]), chained('b', [long('Rules')])]);
    assert.ok(group?.kind === 'group');
    // Their last turns are questions, which no other request shares.
    assert.equal(group.group.parting, undefined);
  });

  it('are each there once, in groups that share what they say and no more', () => {
    const words = ['Rules', 'Tone', 'Books', 'Desk', 'x'];
    const systems = fc.array(fc.array(fc.constantFrom(...words.slice(0, 4).map(long), 'x'), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 9,
    });
    const check = (member: Member<string>, above: number): void => {
      if (member.kind === 'prompt') return;
      const { shared, members } = member.group;
      const below = members.flatMap((one) => (one.kind === 'prompt' ? [one.chained] : one.group.members.flatMap(chainsIn)));
      assert.ok(below.length >= 2);
      assert.ok(shared.length > above || shared.length === 0);
      for (const [at, { hash }] of shared.entries()) for (const { links } of below) assert.equal(links[at]?.hash, hash);
      const next = new Set(below.map(({ links }) => links[shared.length]?.hash));
      assert.ok(next.size > 1 || next.has(undefined), 'all share one block more');
      for (const one of members) check(one, shared.length);
    };
    const chainsIn = (member: Member<string>): readonly Chained<string>[] =>
      member.kind === 'prompt' ? [member.chained] : member.group.members.flatMap(chainsIn);
    fc.assert(
      fc.property(systems, (drawn) => {
        const all = drawn.map((system, at) => chained(String(at), system));
        const members = sharedPrefixes(all);
        assert.deepEqual(members.flatMap(namesIn).sort(), all.map(({ of }) => of).sort());
        for (const one of members) check(one, 0);
      }),
      { numRuns: 60 },
    );
  });
});
