import assert from 'node:assert/strict';
import type { Block, FormatId, MarkerBlock, Prompt } from '../../../../src/core/prompt/model';
import { noWriter } from '../../../../src/core/formats/noWriter';
import { buildRequest, wireOrder } from '../../../../src/core/request/build';
import { writtenFaults } from '../../../../src/core/rules/writtenFaults';
import type { Place } from '../../../../src/core/request/wirePlace';
import { applyEdits, type Edits } from '../../../../src/core/text/edit';
import { fixtureFiles, fixtures, parseFixture, samples, type FormatFixture } from '../../../support/fixtures';
import { parseOnly } from '../../../support/onlyPrompt';

/** Files whose syntax and shapes are sound: a fix in a broken one is judged by eye. */
const sound = [...fixtures, ...samples].filter((fixture) => {
  const prompt = parseFixture(fixture);
  // JSON within a string is read only.
  if (prompt.write === noWriter) return false;
  const isSound = prompt.problems.every(({ code }) => code.startsWith('request/') || code === 'syntax/inert-marker');
  return isSound && writtenFaults(prompt).length === 0;
});
const withCrlf = (fixture: FormatFixture): FormatFixture => ({
  ...fixture,
  name: `${fixture.name}, CRLF`,
  text: fixture.text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'),
});
const cases = [...sound, ...sound.map(withCrlf)];

const parse = (text: string, format: FormatId): Prompt => parseOnly(text, format, fixtureFiles);
const blocksOf = (prompt: Prompt): readonly unknown[] => {
  const { system, messages, toolConfig } = buildRequest(prompt, () => undefined);
  return [
    ...(toolConfig?.tools ?? []),
    ...(system ?? []),
    ...(messages ?? []).flatMap(({ role, content }) => content.map((block) => ({ role, block }))),
  ];
};

const apply = (text: string, edits: Edits | undefined): string => {
  assert.ok(edits);
  const edited = applyEdits(text, edits);
  const lf = (part: string): boolean => /(^|[^\r])\n/.test(part);
  if (text.includes('\r\n') && !lf(text)) assert.ok(!lf(edited), 'a CRLF document keeps CRLF');
  return edited;
};

const markersOf = (prompt: Prompt): readonly (readonly [MarkerBlock, Place, number])[] =>
  wireOrder(prompt).flatMap(({ block, place }, index) => (block.kind === 'cachePoint' ? [[block, place, index] as const] : []));

/** Blocks of another file cannot be edited here. */
const isElsewhere = (block: Block): boolean => block.foreign !== undefined;

/** Does a block of a body of InvokeModel carry a cache point, or is it one? */
const isMarked = (block: Block, { api }: Prompt, text: string): boolean =>
  api !== 'converse' && /"(?:cache_control|cachePoint)": ?\{/.test(text.slice(block.span.start, block.span.end));
/** A text where a list of blocks could stand. */
const isBareText = (block: Block, text: string): boolean => text[block.span.start] === '"';

/** Cache points of Prompt Management have no lifetime; the one of a text alone is a member beside it, of which there is one. */
const isVariant = (text: string): boolean => /templateConfiguration/i.test(text);
const isOnlyText = ({ system, tools }: Prompt): boolean => system.length === 0 && tools.length === 0;

describe('inserting a marker', () => {
  for (const { name, format, text } of cases) {
    it(`puts exactly one behind any block of ${format} ${name}`, () => {
      const prompt = parse(text, format);
      const before = blocksOf(prompt);
      wireOrder(prompt).forEach(({ block, place }, index) => {
        for (const ttl of [undefined, '1h'] as const) {
          const edits = prompt.write.insertMarker(block, ttl);
          if (edits === undefined) {
            // Nova documents cache points in texts only.
            const none = isElsewhere(block) || isMarked(block, prompt, text) || (prompt.api === 'nova' && block.kind !== 'text');
            const inVariant = isVariant(text) && (ttl !== undefined || (isOnlyText(prompt) && /"?cachePoint/i.test(text)));
            assert.ok(none || inVariant, `nothing is inserted behind ${text.slice(block.span.start, block.span.end)}`);
            continue;
          }
          const edited = apply(text, edits);
          const after = parse(edited, format);
          const point = { cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } };
          const role = place.field === 'messages' ? prompt.messages[place.message]?.role : undefined;
          assert.deepEqual(blocksOf(after), before.toSpliced(index + 1, 0, role === undefined ? point : { role, block: point }), edited);
          assert.deepEqual(
            after.problems.map(({ code }) => code),
            prompt.problems.map(({ code }) => code),
          );
          const inserted = wireOrder(after)[index + 1]?.block;
          assert.ok(inserted?.kind === 'cachePoint');
          const back = apply(edited, after.write.removeMarker(inserted));
          // A text that became a block stays one.
          if (prompt.api === 'converse') assert.equal(back, text);
          assert.deepEqual(blocksOf(parse(back, format)), before, back);
        }
      });
    });
  }
});

describe('inserting a marker among tools', () => {
  const inserted = (tools: string): string | undefined => {
    const text = `---\ntoolConfig:\n${tools}\n---\n`;
    const prompt = parse(text, 'bedrock-prompt');
    const [tool] = prompt.tools;
    assert.ok(tool);
    const edits = prompt.write.insertMarker(tool);
    return edits && applyEdits(text, edits).slice(16, -5);
  };
  const point = 'cachePoint: { type: default }';

  it('leaves a comment on the line of its tool', () => {
    const tool = '  tools:\n  - { toolSpec: { name: a } } # why';
    assert.equal(inserted(tool), `${tool}\n  - ${point}`);
  });
  it('goes behind an anchor', () => {
    const tool = '  tools:\n    - &a { toolSpec: { name: a } }';
    assert.equal(inserted(tool), `${tool}\n    - ${point}`);
  });
  it('keeps to the brackets of a list on one line', () => {
    assert.equal(inserted('  tools: [{ toolSpec: { name: a } }]'), `  tools: [{ toolSpec: { name: a } }, { ${point} }]`);
  });
  it('gives up where the layout is unusual', () => {
    assert.equal(inserted('  tools:\n    -\n      toolSpec: { name: a }'), undefined);
    assert.equal(inserted('  tools: [toolSpec: { name: a }]'), '  tools: [toolSpec: { name: a }, { cachePoint: { type: default } }]');
  });
});

describe('a marker that is there', () => {
  for (const { name, format, text } of cases) {
    const markers = markersOf(parse(text, format)).filter(([marker]) => !isElsewhere(marker));
    if (markers.length === 0) continue;
    const { write } = parse(text, format);

    it(`can be removed from ${format} ${name}`, () => {
      for (const [marker, , index] of markers) {
        const edited = apply(text, write.removeMarker(marker));
        const after = parse(edited, format);
        const texts = (blocks: readonly unknown[]): string =>
          JSON.stringify(blocks.filter((block) => !JSON.stringify(block).includes('"cachePoint"')));
        // Text before and after a removed comment becomes one block.
        if (format !== 'bedrock-prompt') assert.equal(texts(blocksOf(after)), texts(blocksOf(parse(text, format)).toSpliced(index, 1)));
        assert.equal(markersOf(after).length, markersOf(parse(text, format)).length - 1, edited);
        assert.deepEqual(
          after.problems,
          after.problems.filter(({ code }) => code.startsWith('request/') || code === 'syntax/inert-marker'),
          edited,
        );
      }
    });

    it(`can be given each ttl and none in ${format} ${name}`, () => {
      markers.forEach(([marker], number) => {
        for (const ttl of isVariant(text) ? [undefined] : (['5m', '1h', undefined] as const)) {
          const edited = apply(text, write.setTtl(marker, ttl));
          const after = parse(edited, format);
          const all = markersOf(parse(text, format));
          const at = all.findIndex(([one]) => one.span.start === marker.span.start);
          assert.deepEqual(
            markersOf(after).map(([one]) => one.ttl?.value),
            all.map(([one], index) => (index === at ? ttl : one.ttl?.value)),
            `${number} ${edited}`,
          );
          assert.equal(wireOrder(after).length, wireOrder(parse(text, format)).length);
          const back = markersOf(after)[at]?.[0];
          assert.ok(back);
          const again = parse(apply(edited, after.write.setTtl(back, marker.ttl?.value as '5m' | '1h' | undefined)), format); // fixtures hold no others
          assert.deepEqual(blocksOf(again), blocksOf(parse(text, format)));
        }
      });
    });
  }
});

describe('naming the model', () => {
  const id = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5';
  for (const { name, format, text } of cases) {
    it(`writes it into ${format} ${name}`, () => {
      const edits = parse(text, format).write.setModelId(id);
      if (edits === undefined)
        return assert.ok(
          !text.includes('{') || !/"(?:model|body)"/.test(text),
          'only a file without an object, or a bare body, has no place for it',
        );
      const edited = apply(text, edits);
      const after = parse(edited, format);
      assert.equal(after.header.modelId?.value, id, edited);
      assert.deepEqual(blocksOf(after), blocksOf(parse(text, format)));
      assert.deepEqual(
        after.problems.map(({ code }) => code),
        parse(text, format).problems.map(({ code }) => code),
        edited,
      );
    });
  }

  const named = (text: string): string | undefined => {
    const edits = parse(text, 'bedrock-prompt').write.setModelId('m');
    return edits && applyEdits(text, edits);
  };
  it('fills in a key that has no value, or a wrong one', () => {
    assert.equal(named('---\nmodelId:\nname: a\n---\n'), '---\nmodelId: m\nname: a\n---\n');
    assert.equal(named('---\r\nmodelId: 5\r\n---\r\n'), '---\r\nmodelId: m\r\n---\r\n');
  });
  it('keeps to the indent of the keys, and leaves other layouts alone', () => {
    assert.equal(named('---\n# c\n\n  name: a\n---\n'), '---\n  modelId: m\n# c\n\n  name: a\n---\n');
    assert.equal(named('---\n{ name: a }\n---\n'), undefined);
    assert.equal(named('---\n- a\n---\n'), undefined);
  });
  it('begins front matter behind a byte order mark', () => {
    assert.equal(named('\uFEFFHello.'), '\uFEFF---\nmodelId: m\n---\nHello.');
  });
});

describe('declaring a variable', () => {
  for (const fixture of cases.filter(({ format }) => format === 'bedrock-prompt')) {
    it(`adds one to ${fixture.name}`, () => {
      const { text } = fixture;
      const prompt = parse(text, 'bedrock-prompt');
      const edited = apply(text, prompt.write.declareVariable('new.name'));
      const after = parse(edited, 'bedrock-prompt');
      assert.deepEqual(
        after.header.variables.map(({ name }) => name),
        [...prompt.header.variables.map(({ name }) => name), 'new.name'],
        edited,
      );
      assert.deepEqual(blocksOf(after), blocksOf(prompt));
      assert.deepEqual(
        after.problems.map(({ code }) => code),
        prompt.problems.map(({ code }) => code),
      );
    });
  }

  const declared = (front: string): readonly string[] | undefined => {
    const text = `---\n${front}\n---\n# user:\nHello.\n`;
    const edits = parse(text, 'bedrock-prompt').write.declareVariable('b');
    return edits && parse(applyEdits(text, edits), 'bedrock-prompt').header.variables.map(({ name }) => name);
  };
  it('finds the place in every layout', () => {
    assert.deepEqual(declared('variables:'), ['b']);
    assert.deepEqual(declared('variables: {}'), ['b']);
    assert.deepEqual(declared('variables: { a: { example: x } }\nname: y'), ['a', 'b']);
    assert.deepEqual(declared('variables: {\n  a: { example: x },\n  c: y\n  }'), ['a', 'c', 'b']);
    assert.deepEqual(declared('variables:\n    a:\n        example: x # why\n\nname: y'), ['a', 'b']);
    assert.deepEqual(declared('variables:\n  a: |\n    x\n\n    y\nname: z'), ['a', 'b']);
    assert.deepEqual(declared('  name: x'), ['b']);
  });
  it('leaves front matter alone that is no mapping', () => {
    assert.equal(declared('- a'), undefined);
    assert.equal(declared('variables: [a]'), undefined);
  });
});

describe('removing a block', () => {
  for (const { name, format, text } of cases) {
    it(`leaves the others of ${format} ${name} as they are`, () => {
      const prompt = parse(text, format);
      wireOrder(prompt).forEach(({ block }, index) => {
        if (isElsewhere(block) || block.kind === 'cachePoint') return;
        const edits = prompt.write.removeBlock(block);
        if (isMarked(block, prompt, text) || (isBareText(block, text) && prompt.system[0] !== block)) return assert.equal(edits, undefined);
        if (isVariant(text) && isOnlyText(prompt)) return assert.equal(edits, undefined);
        const edited = apply(text, edits);
        const after = blocksOf(parse(edited, format));
        assert.deepEqual(after, blocksOf(prompt).toSpliced(index, 1), edited);
      });
    });
  }
});
