import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesFrom, noFiles } from '../../../../src/core/prompt/files';
import { buildRequest, draftRequest, missingValues, wireOrder } from '../../../../src/core/request/build';
import { requestText } from '../../../../src/core/request/json';
import type { ConverseRequest } from '../../../../src/core/request/types';
import { declaredValues, runValues } from '../../../../src/core/request/values';
import { fixtureFiles, fixtures, parseFixture, samples } from '../../../support/fixtures';
import { parseOnly } from '../../../support/onlyPrompt';
import { anyText } from '../../../support/anyText';

const none = (): undefined => undefined;
const parse = (text: string) => parseOnly(text, 'bedrock-prompt', fixtureFiles);
const all = [...fixtures, ...samples];

/** The request's blocks in the order of the wire, by their member. */
const membersOf = ({ toolConfig, system, messages }: ConverseRequest): readonly string[] =>
  [...(toolConfig?.tools ?? []), ...(system ?? []), ...(messages ?? []).flatMap(({ content }) => content)].map((block) =>
    Object.keys(block).join(),
  );
const wireMembers = (block: ReturnType<typeof wireOrder>[number]['block']): string =>
  block.kind === 'media' || block.kind === 'json' ? block.member : block.kind;

describe('buildRequest', () => {
  for (const fixture of all) {
    it(`sends block for block what ${fixture.format} ${fixture.name} says`, () => {
      const prompt = parseFixture(fixture);
      assert.deepEqual(
        membersOf(buildRequest(prompt, none)),
        wireOrder(prompt).map(({ block }) => wireMembers(block)),
      );
      const request = buildRequest(prompt, none);
      for (const { place } of wireOrder(prompt)) {
        const { toolConfig, system, messages } = request;
        const inField = place.field === 'tools' ? toolConfig?.tools : system;
        const list = place.field === 'messages' ? messages?.[place.message]?.content : inField;
        assert.ok(list?.[place.index] !== undefined);
      }
    });

    it(`sends the same bytes for LF and CRLF: ${fixture.format} ${fixture.name}`, () => {
      const lf = fixture.text.replaceAll('\r\n', '\n');
      const bytes = (text: string): string => requestText(draftRequest(parseFixture({ ...fixture, text })));
      assert.equal(bytes(lf.replaceAll('\n', '\r\n')), bytes(lf));
    });
  }

  it('keeps number and order of blocks whatever the values', () => {
    const value = fc.oneof(anyText(), fc.constantFrom('', '{{name}}', '"', '\\', '# user:\n', '<!-- cachePoint -->', '```\n', '\r\n'));
    fc.assert(
      fc.property(fc.constantFrom(...all), value, (fixture, given) => {
        const prompt = parseFixture(fixture);
        const request = buildRequest(prompt, () => given);
        assert.deepEqual(membersOf(request), membersOf(buildRequest(prompt, none)));
        assert.deepEqual(JSON.parse(requestText(request)), JSON.parse(JSON.stringify(JSON.parse(requestText(request)))));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it('puts values in place once, as they are', () => {
    const { messages } = buildRequest(parse('# user:\n{{a}} and {{b}}, {{c}}, \\{{a}}\n'), (name) =>
      name === 'a' ? '{{b}}' : name === 'b' ? '$& \\{{x}}' : undefined,
    );
    assert.deepEqual(messages, [{ role: 'user', content: [{ text: '{{b}} and $& \\{{x}}, {{c}}, {{a}}' }] }]);
  });

  it('puts values into JSON without changing its shape', () => {
    const prompt = parse(
      '# user:\n```converse\n{ "toolResult": { "toolUseId": "t", "content": [{ "text": "{{a}}" }, { "json": { "{{a}}": "\\\\{{a}}" } }] } }\n```\n',
    );
    const injected = '"}], "status": "error';
    const { messages } = buildRequest(prompt, () => injected);
    assert.deepEqual(messages?.[0]?.content, [
      { toolResult: { toolUseId: 't', content: [{ text: injected }, { json: { '{{a}}': '{{a}}' } }] } },
    ]);
  });

  it('leaves braces in tools and in Converse JSON alone', () => {
    const request = {
      modelId: 'm',
      messages: [{ role: 'user', content: [{ text: '{{a}} \\{{b}}' }, { toolUse: { toolUseId: 't', name: 'n', input: { q: '{{a}}' } } }] }],
    };
    const prompt = parseOnly(JSON.stringify(request), 'converse-json', noFiles);
    assert.deepEqual(
      buildRequest(prompt, () => 'x'),
      request,
    );
    assert.deepEqual(missingValues(prompt, none), []);
  });

  it('sends a whole Converse request as it is written', () => {
    const whole = fixtures.find(({ format, name }) => format === 'converse-json' && name === 'whole');
    assert.ok(whole);
    assert.deepEqual(JSON.parse(requestText(buildRequest(parseFixture(whole), none))), JSON.parse(whole.text));
  });

  it('passes on the members of the request, and its own keys never', () => {
    const fixture = fixtures.find(({ name }) => name === 'front-matter-keys');
    assert.ok(fixture);
    const request = buildRequest(parseFixture(fixture), none);
    assert.deepEqual(Object.keys(request).sort(), [
      'additionalModelRequestFields',
      'additionalModelResponseFieldPaths',
      'guardrailConfig',
      'inferenceConfig',
      'messages',
      'modelId',
      'outputConfig',
      'performanceConfig',
      'promptVariables',
      'requestMetadata',
      'serviceTier',
      'toolConfig',
    ]);
    assert.deepEqual(request.toolConfig?.toolChoice, { any: {} });
  });

  it('leaves members out that have nothing in them', () => {
    assert.deepEqual(buildRequest(parse(''), none), { modelId: '' });
  });

  it('sends the name of a document as it is written, and makes one that the service takes of a file without', () => {
    const nameOf = (name: string): unknown => {
      const [block] = buildRequest(parse(`# user:\n[${name}](./terms.pdf)\n`), none).messages?.[0]?.content ?? [];
      return block !== undefined && 'document' in block ? block.document.name : undefined;
    };
    assert.equal(nameOf('Terms (2026) - v1'), 'Terms (2026) - v1');
    assert.equal(nameOf('a.b_c/d'), 'a.b_c/d');
    assert.equal(nameOf('two   spaces'), 'two   spaces');
    assert.equal(nameOf(''), 'terms');
    assert.equal(nameOf('Übersicht'), 'Übersicht');
  });
});

describe('requestText', () => {
  it('writes bytes as base64 that reads back to them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const prompt = parseOnly('# user:\n![](a.png)\n', 'bedrock-prompt', filesFrom({ 'a.png': bytes }));
        const text = requestText(buildRequest(prompt, none));
        const source = (JSON.parse(text) as { messages: { content: { image: { source: { bytes: string } } }[] }[] }).messages[0]?.content[0]
          ?.image.source;
        assert.equal(source?.bytes, Buffer.from(bytes).toString('base64'));
      }),
    );
  });

  it('writes the place of what lies in S3', () => {
    const { messages } = buildRequest(parse('# user:\n![](s3://bucket/key.png)\n'), none);
    assert.deepEqual(messages?.[0]?.content, [{ image: { format: 'png', source: { s3Location: { uri: 's3://bucket/key.png' } } } }]);
  });
});

describe('values', () => {
  const { header } = parse(
    '---\nvariables:\n  fixed: { value: f, default: d, example: e }\n  fallback: { default: d, example: e }\n  example: { example: e }\n  none: {}\n---\n',
  );
  it('come from what a declaration fixes, its default, and for a draft its example', () => {
    const names = ['fixed', 'fallback', 'example', 'none', 'undeclared', 'toString'];
    assert.deepEqual(names.map(declaredValues(header.variables, false)), ['f', 'd', undefined, undefined, undefined, undefined]);
    assert.deepEqual(names.map(declaredValues(header.variables, true)), ['f', 'd', 'e', undefined, undefined, undefined]);
  });

  it('of a run come from a person first', () => {
    const values = runValues(header.variables, { fallback: 'given', example: '' });
    assert.deepEqual(['fixed', 'fallback', 'example', 'none', 'toString'].map(values), ['f', 'given', '', undefined, undefined]);
  });

  it('that are missing are named once, in the order of the wire', () => {
    const prompt = parse('# user:\n{{b}} {{a}}\n```converse\n{ "text": "{{c}} {{b}}" }\n```\n# system:\n{{s}} {{a}}\n');
    assert.deepEqual(missingValues(prompt, none), ['s', 'a', 'b', 'c']);
    assert.deepEqual(
      missingValues(prompt, (name) => (name === 'a' ? '' : undefined)),
      ['s', 'b', 'c'],
    );
  });
});
