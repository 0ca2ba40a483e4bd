import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PromptAnalysis } from '../../../../src/core/analysis';
import { editImpact, type Impact } from '../../../../src/core/change/editImpact';
import { readsTheSame } from '../../../../src/core/change/comparedBlocks';
import { filesFrom, type FileSource } from '../../../../src/core/prompt/files';
import { impactHover, impactTitle } from '../../../../src/core/messages/impactText';
import { numberFormats } from '../../../../src/core/figures/numbers';
import type { FormatId } from '../../../../src/core/prompt/model';
import type { JsonObject } from '../../../../src/core/text/json';
import { defaultSettings } from '../../../../src/core/settings';
import { prefixKeys } from '../../../../src/emulator/prefix';
import { fixtureFiles, fixtures, samples } from '../../../support/fixtures';
import { read as readSent, targetOf } from '../../emulator/support';
import { analyzeOnly } from '../../../support/onlyPrompt';

const formats = numberFormats('en');
const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const nova = 'us.amazon.nova-pro-v1:0';
const marker = '<!-- cachePoint -->';

/** Different text at each place, over two thousand tokens long. */
const long = (name: string): string =>
  Array.from({ length: 220 }, (_, at) => `The ${name} rule ${at} says what the desk answers to a customer.`).join('\n');
const [policy, catalogue] = [long('policy'), long('catalogue')];

const read = (text: string, files: FileSource = filesFrom({}), format: FormatId = 'bedrock-prompt'): PromptAnalysis =>
  analyzeOnly(text, format, files, defaultSettings);

const prompt = (body: string, header = ''): string => `---\nmodelId: ${sonnet}\n${header}---\n${body}`;

const impactOf = (before: string, after: string, files?: FileSource): Impact => editImpact(read(before, files), read(after, files));

const prefixes = (text: string): readonly number[] => read(text).plan.checkpoints.map(({ prefix }) => prefix.likely);

const numbers = ({ lost }: Impact): readonly number[] => lost.map(({ number }) => number);

/** The text at the first difference. */
const placed = ({ at }: Impact, text: string): string | undefined => at && text.slice(at.start, at.end);

const twoPoints = prompt(
  `# system:\n${policy}\n${marker}\n# user:\n${catalogue}\n${marker}\nHello {{name}}.\n`,
  'variables: { name: {} }\n',
);

describe('the impact of an edit', () => {
  it('is nothing for the same text', () => {
    const impact = impactOf(twoPoints, twoPoints);
    assert.deepEqual(impact.change, { kind: 'none' });
    assert.deepEqual(impact.lost, []);
    assert.equal(impact.lostTokens.likely, 0);
    assert.equal(impact.keptTokens.likely, prefixes(twoPoints)[1]);
    assert.equal(impact.at, undefined);
  });

  it('is nothing where the bytes that are sent are the same', () => {
    for (const after of [
      twoPoints.replaceAll('\n', '\r\n'),
      twoPoints.replace('# user:\n', '# user:\n\n\n'),
      twoPoints.replace('modelId:', 'description: Answers customers\nmodelId:'),
      twoPoints.replace('---\n# system', 'inferenceConfig: { maxTokens: 50, temperature: 1 }\n---\n# system'),
    ])
      assert.deepEqual(impactOf(twoPoints, after).change, { kind: 'none' });
  });

  it('loses nothing when only the text behind the last checkpoint changes', () => {
    const after = twoPoints.replace('Hello', 'Good evening');
    const impact = impactOf(twoPoints, after);
    assert.deepEqual(impact.change, { kind: 'tail' });
    assert.deepEqual(impact.lost, []);
    assert.equal(placed(impact, after), 'G');
  });

  it('loses every checkpoint behind a changed character of the system text', () => {
    const after = twoPoints.replace('policy rule 17 says', 'policy rule 17 tells');
    const impact = impactOf(twoPoints, after);
    assert.deepEqual(impact.change, { kind: 'content', field: 'system' });
    assert.deepEqual(numbers(impact), [1, 2]);
    assert.equal(impact.lostTokens.likely, prefixes(twoPoints)[1]);
    assert.equal(impact.keptTokens.likely, 0);
    assert.equal(impact.at?.start, after.indexOf('tells'));
  });

  it('keeps the checkpoints before the change', () => {
    const after = twoPoints.replace('catalogue rule 3 says', 'catalogue rule 3 said');
    const impact = impactOf(twoPoints, after);
    const [first = 0, second = 0] = prefixes(twoPoints);
    assert.deepEqual(impact.change, { kind: 'content', field: 'messages' });
    assert.deepEqual(numbers(impact), [2]);
    assert.equal(impact.keptTokens.likely, first);
    assert.equal(impact.lostTokens.likely, second - first);
    assert.ok(impact.lostTokens.low <= impact.lostTokens.likely && impact.lostTokens.likely <= impact.lostTokens.high);
  });

  it('costs the write price of the lost tokens, by the lifetime of the marker that closes them', () => {
    const edit = (text: string) => text.replace('policy rule 17 says', 'policy rule 17 tells');
    const hour = twoPoints.replace(marker, '<!-- cachePoint ttl=1h -->');
    const [five, one] = [impactOf(twoPoints, edit(twoPoints)), impactOf(hour, edit(hour))];
    const { prices } = read(twoPoints).plan;
    const [first = 0, second = 0] = prefixes(twoPoints);
    assert.ok(five.rewrite.kind === 'written' && one.rewrite.kind === 'written');
    assert.ok(prices?.cacheWrite5m && prices.cacheWrite1h);
    assert.ok(Math.abs(five.rewrite.cost.likely - (second * prices.cacheWrite5m) / 1e6) < 1e-9);
    const mixed = (first * prices.cacheWrite1h + (second - first) * prices.cacheWrite5m) / 1e6;
    assert.ok(Math.abs(one.rewrite.cost.likely - mixed) < 1e-9);
  });

  it('counts a changed tool before everything else, and shows the string that changed', () => {
    const tools = (words: string) =>
      twoPoints.replace(
        '---\n# system',
        `toolConfig:\n  tools:\n    - toolSpec: { name: find, description: ${words}, inputSchema: { json: { type: object } } }\n---\n# system`,
      );
    const after = tools('Finds any order');
    const impact = impactOf(tools('Finds an order'), after);
    assert.deepEqual(impact.change, { kind: 'content', field: 'tools' });
    assert.deepEqual(numbers(impact), [1, 2]);
    assert.equal(impact.at?.start, after.indexOf('y order'));
    assert.deepEqual(impactOf(twoPoints, after).change, { kind: 'content', field: 'tools' });
    assert.deepEqual(impactOf(after, twoPoints).change, { kind: 'content', field: 'tools' });
  });

  it('takes changed white space and the order of members for a change of bytes', () => {
    const spaced = impactOf(twoPoints, twoPoints.replace('policy rule 17 says', 'policy rule  17 says'));
    assert.deepEqual(spaced.change, { kind: 'bytes', field: 'system' });
    assert.deepEqual(numbers(spaced), [1, 2]);
    const tool = (schema: string) =>
      twoPoints.replace(
        '---\n# system',
        `toolConfig: { tools: [{ toolSpec: { name: a, inputSchema: { json: ${schema} } } }] }\n---\n# system`,
      );
    const ordered = impactOf(tool('{ type: object, title: x }'), tool('{ title: x, type: object }'));
    assert.deepEqual(ordered.change, { kind: 'bytes', field: 'tools' });
    const spelled = impactOf(twoPoints.replace('rule 17', 'caf\u00e9'), twoPoints.replace('rule 17', 'cafe\u0301'));
    assert.deepEqual(spelled.change, { kind: 'bytes', field: 'system' });
  });

  it('loses everything with another model, or another way of addressing it', () => {
    const impact = impactOf(twoPoints, twoPoints.replace(sonnet, 'us.anthropic.claude-sonnet-4-6'));
    assert.deepEqual(impact.change, { kind: 'model', from: sonnet, to: 'us.anthropic.claude-sonnet-4-6' });
    assert.deepEqual(numbers(impact), [1, 2]);
    assert.equal(impact.keptTokens.likely, 0);
    assert.equal(impact.rewrite.kind, 'written');
    assert.equal(impactOf(twoPoints, twoPoints.replace('us.anthropic', 'global.anthropic')).change.kind, 'model');
  });

  it('compares variables by name, and those that are always the same by value', () => {
    const text = (value: string, example: string) =>
      prompt(
        `# system:\nFor {{shop}}.\n${policy}\n${marker}\n# user:\n{{question}}\n`,
        `variables: { shop: { value: ${value} }, question: { example: ${example} } }\n`,
      );
    assert.deepEqual(impactOf(text('A', 'x'), text('A', 'y')).change, { kind: 'none' });
    const after = text('B', 'x');
    const impact = impactOf(text('A', 'x'), after);
    assert.deepEqual(numbers(impact), [1]);
    assert.equal(placed(impact, after), '{{shop}}');
  });

  it('shows an include whose file changed', () => {
    const text = prompt(`# system:\n{{> ./policy.md}}\n${marker}\n# user:\nHello\n`);
    const before = read(text, filesFrom({ 'policy.md': policy }));
    const impact = editImpact(before, read(text, filesFrom({ 'policy.md': policy.replace('rule 9', 'rule nine') })));
    assert.deepEqual(numbers(impact), [1]);
    assert.equal(placed(impact, text), '{{> ./policy.md}}');
  });

  it('shows the place behind which a message was removed', () => {
    const chat = prompt(
      `# user:\n${policy}\n# assistant:\nYes.\n# user:\n${catalogue}\n${marker}\n# assistant:\nAll right.\n# user:\nGo on.\n`,
    );
    const after = chat.slice(0, chat.indexOf('# user:\nThe catalogue'));
    const impact = impactOf(chat, after);
    assert.deepEqual(numbers(impact), [1]);
    assert.equal(impact.at?.start, after.indexOf('Yes.') + 4);
    assert.equal(impact.rewrite.kind, 'uncached');
  });

  it('finds differences through the escapes of a Converse request', () => {
    const body = (words: string) =>
      JSON.stringify(
        { modelId: sonnet, system: [{ text: `${policy}\n"${words}"` }, { cachePoint: { type: 'default' } }], messages: [] },
        null,
        2,
      );
    const after = body('\u{1F600} two');
    const impact = editImpact(read(body('\u{1F600} one'), undefined, 'converse-json'), read(after, undefined, 'converse-json'));
    assert.deepEqual(numbers(impact), [1]);
    assert.equal(impact.at?.start, after.indexOf('two'));
  });
});

describe('the impact of moved markers', () => {
  const parts = prompt(`# system:\n${policy}\n${marker}\n# user:\n${catalogue}\n\`\`\`converse\n{ "toolUse": {} }\n\`\`\`\nHello\n`);

  it('is a loss when a marker is removed', () => {
    const impact = impactOf(twoPoints, twoPoints.replaceAll(`${marker}\n`, ''));
    assert.deepEqual(impact.change, { kind: 'markers', how: 'removed' });
    assert.deepEqual(numbers(impact), [1, 2]);
    assert.deepEqual(impact.rewrite, { kind: 'uncached' });
    assert.equal(impact.at?.start, twoPoints.indexOf(marker) - 1);
  });

  it('is a loss when a marker parts what was one text', () => {
    const after = twoPoints.replace('The policy rule 120', `${marker}\nThe policy rule 120`);
    const impact = impactOf(twoPoints, after);
    assert.deepEqual(impact.change, { kind: 'markers', how: 'added' });
    assert.deepEqual(numbers(impact), [1, 2]);
    const back = impactOf(after, twoPoints);
    assert.deepEqual(back.change, { kind: 'markers', how: 'removed' });
    assert.deepEqual(numbers(back), [1, 2, 3]);
  });

  it('is none when a marker is added behind the last one, or changes its lifetime', () => {
    const more = impactOf(parts, parts.replace('```converse', `${marker}\n\`\`\`converse`));
    assert.deepEqual(more.change, { kind: 'markers', how: 'added' });
    assert.deepEqual(more.lost, []);
    const hour = impactOf(parts, parts.replace(marker, '<!-- cachePoint ttl=1h -->'));
    assert.deepEqual(hour.change, { kind: 'markers', how: 'lifetime' });
    assert.deepEqual(hour.lost, []);
  });

  it('is none where the model looks back from a later marker, and a loss where it does not', () => {
    const moved = (text: string) => text.replace(`${marker}\n`, '').replace('```converse', `${marker}\n\`\`\`converse`);
    assert.deepEqual(impactOf(parts, moved(parts)).lost, []);
    const other = parts.replace(sonnet, nova);
    const impact = impactOf(other, moved(other));
    assert.deepEqual(impact.change, { kind: 'markers', how: 'moved' });
    assert.deepEqual(numbers(impact), [1]);
  });

  it('is a loss when a marker moves forward, to where nothing was written', () => {
    const late = parts.replace(`${marker}\n`, '').replace('```converse', `${marker}\n\`\`\`converse`);
    const impact = impactOf(late, parts);
    assert.deepEqual(impact.change, { kind: 'markers', how: 'moved' });
    assert.deepEqual(numbers(impact), [1]);
    assert.equal(placed(impact, parts), marker);
  });
});

describe('the impact of settings that the cache compares', () => {
  const withChoice = (text: string, choice: string) =>
    text.replace(
      '---\n# system',
      `toolConfig: { tools: [{ toolSpec: { name: a, inputSchema: { json: {} } } }], toolChoice: { ${choice}: {} } }\n---\n# system`,
    );

  it('is a loss of the messages for another toolChoice on Claude', () => {
    const impact = impactOf(withChoice(twoPoints, 'auto'), withChoice(twoPoints, 'any'));
    assert.deepEqual(impact.change, { kind: 'setting', setting: 'toolChoice' });
    assert.deepEqual(numbers(impact), [2]);
  });

  it('is a loss of everything for another toolChoice on Nova', () => {
    const text = twoPoints.replace(sonnet, nova);
    assert.deepEqual(numbers(impactOf(withChoice(text, 'auto'), withChoice(text, 'any'))), [1, 2]);
  });

  it('is a loss of the messages for thinking, and none for sampling', () => {
    const fields = (value: string) => twoPoints.replace('---\n# system', `additionalModelRequestFields: { ${value} }\n---\n# system`);
    const thinking = fields('thinking: { type: enabled, budget_tokens: 2000 }');
    const impact = impactOf(twoPoints, thinking);
    assert.deepEqual(impact.change, { kind: 'setting', setting: 'additionalModelRequestFields' });
    assert.deepEqual(numbers(impact), [2]);
    assert.match(placed(impact, thinking) ?? '', /thinking/);
    assert.deepEqual(impactOf(fields('top_k: 5'), fields('top_k: 9')).lost, []);
  });
});

describe('the sentences about an edit', () => {
  it('tell tokens, what is still read and what it costs', () => {
    const impact = impactOf(twoPoints, twoPoints.replace('catalogue rule 3 says', 'catalogue rule 3 said'));
    assert.match(impactTitle(impact, 'run', formats), /^This edit invalidates \d,\d{3} cached tokens since the last run$/);
    const [title, what, lost, cost] = impactHover(impact, 'git', formats);
    assert.match(title ?? '', /since Git HEAD$/);
    assert.match(what ?? '', /in the messages\.$/);
    assert.match(lost ?? '', /written at cache point 2\. Still read: about/);
    assert.match(cost ?? '', /The next call writes \d,\d{3} tokens again, for \$0\.\d+ once\.$/);
  });

  it('have words for every kind of change', () => {
    for (const after of [
      twoPoints.replace(sonnet, 'no.such-model'),
      twoPoints.replaceAll(`${marker}\n`, ''),
      twoPoints.replace('rule 17', 'rule  17'),
      twoPoints.replace(/^modelId.*\n/m, ''),
    ])
      for (const line of impactHover(impactOf(twoPoints, after), 'run', formats)) assert.doesNotMatch(line, /undefined|NaN/);
  });
});

describe('edits of any text', () => {
  const words = fc.stringMatching(/^[a-z ]{1,40}$/).filter((text) => text.trim() !== '');

  it('lose nothing behind the last useful checkpoint', () => {
    const body = twoPoints.trimEnd();
    const before = read(twoPoints);
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (added) => {
        const impact = editImpact(before, read(`${body} x${added.join('\n\n')}`));
        assert.deepEqual(impact.lost, []);
        assert.equal(impact.change.kind, 'tail');
      }),
      { numRuns: 20 },
    );
  });

  it('lose the last useful checkpoint when they stand before it, and are found where they stand', () => {
    const before = read(twoPoints);
    const [from, to] = [twoPoints.indexOf('The policy rule 0'), twoPoints.lastIndexOf(marker) - 2];
    const gap = twoPoints.slice(twoPoints.indexOf('# user:\n') - marker.length - 2, twoPoints.indexOf('# user:\n') + 8);
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), words, (at, added) => {
        const around = twoPoints.indexOf(gap);
        fc.pre(at < around || at >= around + gap.length);
        const word = `x${added}x`;
        const after = twoPoints.slice(0, at) + word + twoPoints.slice(at);
        const impact = editImpact(before, read(after));
        assert.equal(impact.lost.at(-1)?.number, 2);
        const start = impact.at?.start ?? -1;
        // The first difference may lie a little further on, where the new text begins as the old one goes on.
        assert.ok(start >= at && start <= at + word.length, `${start} for ${at}`);
      }),
      { numRuns: 30 },
    );
  });

  it('never fail, and point into the later text', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '# user:\n',
        '# system:\n',
        `${marker}\n`,
        'text ',
        '{{x}}',
        '\n',
        '```converse\n',
        '{"a":1}\n',
        '---\n',
        '\u{1F600}',
      ),
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { at, lost } = impactOf(prompt(`# system:\n${policy}\n${a}`), prompt(`# system:\n${policy}\n${b}`));
        const whole = prompt(`# system:\n${policy}\n${b}`).length;
        if (at !== undefined) assert.ok(at.start >= 0 && at.start <= at.end && at.end <= whole);
        for (const point of lost) assert.equal(point.verdict.kind, 'caches');
      }),
      { numRuns: 50 },
    );
  });

  it('are not called a change of bytes when a word changed', () => {
    const { blocks } = read(twoPoints).plan;
    const other = read(twoPoints.replace('policy rule 17 says', 'policy  rule 17 said')).plan.blocks;
    const none = () => undefined;
    assert.ok(blocks[0] && other[0]);
    assert.equal(readsTheSame(blocks[0].block, other[0].block, none, none), false);
  });
});

/** A request to vary: parts that the cache compares, and markers that stay where they are. */
interface Parts {
  readonly tools: readonly string[];
  readonly choice: string;
  readonly system: readonly string[];
  readonly turns: readonly (readonly string[])[];
  readonly thinking: boolean;
  readonly image: boolean;
  readonly temperature: number;
}

/** No longer than a prefix must be to be cached. */
const shortPolicy = policy.slice(0, policy.length / 2);
const cachePoint: JsonObject = { cachePoint: { type: 'default' } };

const requestOf = ({ tools, choice, system, turns, thinking, image, temperature }: Parts): JsonObject => ({
  inferenceConfig: { temperature },
  toolConfig: {
    tools: tools.map((description) => ({ toolSpec: { name: 'find', description, inputSchema: { json: { type: 'object' } } } })),
    toolChoice: { [choice]: {} },
  },
  system: [{ text: shortPolicy }, ...system.map((text) => ({ text })), cachePoint],
  messages: turns.map((texts, at) => ({
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: [
      ...texts.map((text) => ({ text })),
      ...(image && at === 0 ? [{ image: { format: 'png', source: { bytes: 'AA==' } } }] : []),
      ...(at < 2 ? [cachePoint] : []),
    ],
  })),
  ...(thinking ? { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } } } : {}),
});

describe('the impact and the emulator', () => {
  const word = fc.constantFrom('one', 'two', 'three');
  const texts = fc.array(word, { minLength: 1, maxLength: 3 });
  const parts = fc.record<Parts>({
    tools: texts,
    choice: fc.constantFrom('auto', 'any'),
    system: texts,
    turns: fc.array(texts, { minLength: 3, maxLength: 5 }),
    thinking: fc.boolean(),
    image: fc.boolean(),
    temperature: fc.constantFrom(0, 1),
  });
  // Most parts stay, else every pair would differ at its first block.
  const edits = parts.chain((from) =>
    fc.tuple(fc.constant(from), parts, fc.subarray(Object.keys(from) as (keyof Parts)[], { maxLength: 2 })),
  );

  for (const modelId of [sonnet, 'us.anthropic.claude-opus-4-8'])
    it(`agree on the prefixes that an edit spoils: ${modelId}`, () => {
      const target = targetOf(modelId);
      let spoiled = 0;
      fc.assert(
        fc.property(edits, ([from, other, names]) => {
          const [before, after] = [from, { ...from, ...Object.fromEntries(names.map((name) => [name, other[name]])) }].map(requestOf);
          assert.ok(before && after);
          const version = (request: JsonObject) => read(JSON.stringify({ modelId, ...request }), filesFrom({}), 'converse-json');
          const [earlier, later] = [version(before), version(after)];
          const keys = [prefixKeys(readSent(before), target), prefixKeys(readSent(after), target)];
          const expected = earlier.plan.checkpoints
            .filter(({ number, index }) => keys[0]?.[index - number] !== keys[1]?.[index - number])
            .map(({ number }) => number);
          const impact = editImpact(earlier, later);
          assert.equal(earlier.plan.checkpoints.length, 3);
          assert.deepEqual(numbers(impact), expected);
          assert.equal(impact.lost.length === 0, ['none', 'tail', 'markers'].includes(impact.change.kind));
          if (expected.length > 0) spoiled += 1;
        }),
        { numRuns: 60 },
      );
      assert.ok(spoiled > 15, 'edits that spoil something were among them');
    });
});

describe('the impact between fixtures', () => {
  const all = [...fixtures, ...samples].map(({ name, format, text }) => ({
    name,
    format,
    length: text.length,
    version: analyzeOnly(text, format, fixtureFiles, defaultSettings),
  }));

  it('is nothing from each to itself', () => {
    for (const { version, format } of all) {
      const again = analyzeOnly(version.text, format, fixtureFiles, defaultSettings);
      assert.deepEqual(editImpact(version, again).change, { kind: 'none' });
    }
  });

  it('never fails and points into the later text', () => {
    all.forEach(({ version }, at) => {
      for (const other of [all.at(at - 1), all.at(at - 7)]) {
        assert.ok(other);
        const { at: place, lostTokens, keptTokens } = editImpact(version, other.version);
        if (place !== undefined) assert.ok(place.start >= 0 && place.start <= place.end && place.end <= other.length, other.name);
        assert.ok(lostTokens.likely >= 0 && keptTokens.likely >= 0);
      }
    });
  });
});
