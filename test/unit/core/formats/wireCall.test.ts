import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameFromFile } from '../../../../src/core/formats/nameFromFile';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { noFiles } from '../../../../src/core/prompt/files';
import { buildRequest } from '../../../../src/core/request/build';
import { callBody, callText, requestText } from '../../../../src/core/request/json';
import { declaredValues } from '../../../../src/core/request/values';
import type { Json } from '../../../../src/core/text/json';
import { fixtures, parseFixture, samples } from '../../../support/fixtures';
import { parseOnly } from '../../../support/onlyPrompt';

const none = (): undefined => undefined;
const sentFrom = (text: string) => {
  const prompt = parseOnly(text, 'converse-json', noFiles);
  return wireCall(prompt, none, prompt.header.modelId?.value ?? '');
};

describe('the request that is sent', () => {
  it('is a Converse file as it is written, members that no one knows and their order included', () => {
    // Names like numbers have no order of their own in JSON as JavaScript reads it.
    const name = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => !/^\d+$/.test(text) && text !== '__proto__' && text !== 'modelId');
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.constantFrom(true, false, null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
      ),
    }));
    const known = fc.constantFrom('messages', 'system', 'toolConfig', 'inferenceConfig', 'unknown');
    fc.assert(
      fc.property(fc.dictionary(known, tree), fc.boolean(), (body, spaced) => {
        const text = JSON.stringify({ ...body, modelId: 'm' }, undefined, spaced ? 2 : 0);
        const { messages, ...rest } = body;
        // What is wrapped is another form of file, and the first messages found are the request.
        fc.pre(messages !== undefined || !('body' in rest));
        const call = sentFrom(text);
        assert.equal(callBody(call), JSON.stringify(body));
        assert.equal(call.modelId, 'm');
      }),
    );
  });

  it('leaves out what is of the file alone: comments, trailing commas, a byte-order mark, the model and a wrap', () => {
    const text =
      '\uFEFF{ "modelId": "m", // why\n "body": { "system": [], "messages": [{ "role": "user", "content": [{ "text": "a" }], }], } }';
    assert.equal(callBody(sentFrom(text)), '{"system":[],"messages":[{"role":"user","content":[{"text":"a"}]}]}');
  });

  it('repairs nothing', () => {
    for (const body of [
      '{"messages":"no list","system":[1,null,{"text":"a","cachePoint":{"type":"default","scope":"x"}}]}',
      '{"inferenceConfig":{"topK":1},"system":[],"tools":[]}',
      '{"messages":[{"role":"bot","content":[{"image":{"source":{"bytes":"***"}}}],"note":null}]}',
    ])
      assert.equal(callBody(sentFrom(body)), body);
  });

  for (const fixture of [...fixtures, ...samples]) {
    if (fixture.format !== 'bedrock-prompt') continue;
    it(`is what the prompt makes of ${fixture.name}`, () => {
      const prompt = parseFixture(fixture);
      const values = declaredValues(prompt.header.variables, true);
      assert.equal(
        callText(wireCall(prompt, values, prompt.header.modelId?.value.trim() ?? '')),
        requestText(buildRequest(prompt, values)),
      );
    });
  }
});

describe('the name of a document without one', () => {
  it('is of characters that the service takes', () => {
    for (const [path, name] of [
      ['a/terms.pdf', 'terms'],
      ['my_terms v1.2.pdf', 'my-terms v1-2'],
      ['Übersicht.docx', '-bersicht'],
      ['.pdf', 'document'],
      [`${'x'.repeat(199)} y.pdf`, 'x'.repeat(199)],
    ] as const)
      assert.equal(nameFromFile(path), name);
  });
});
