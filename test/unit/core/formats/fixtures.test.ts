import { detectFormat } from '../../../../src/core/formats/index';
import assert from 'node:assert/strict';
import { fixtures, parseFixture, samples } from '../../../support/fixtures';
import { checkGolden } from '../../../support/golden';
import { describePrompt } from '../../../support/model';

describe('reading a prompt', () => {
  for (const fixture of fixtures) {
    it(`gives the expected model of ${fixture.format} ${fixture.name}`, () => {
      assert.ok(fixture.golden);
      checkGolden(fixture.golden, describePrompt(parseFixture(fixture), fixture.text));
    });
  }

  for (const sample of samples) {
    it(`finds nothing wrong with the syntax of the sample ${sample.name}`, () => {
      assert.deepEqual(parseFixture(sample).problems, []);
      assert.equal(detectFormat(sample.name, sample.text), sample.format);
    });
  }
});

describe('detectFormat', () => {
  it('knows files by their names, whatever they hold', () => {
    assert.equal(detectFormat('a/b.bedrock.md', ''), 'bedrock-prompt');
    assert.equal(detectFormat('C:\\a\\B.BEDROCK.MD', '{'), 'bedrock-prompt');
    assert.equal(detectFormat('a.converse.json', ''), 'converse-json');
    assert.equal(detectFormat('a.converse.jsonc', ''), 'converse-json');
    assert.equal(detectFormat('a.messages.json', ''), 'messages');
    assert.equal(detectFormat('a.nova.jsonc', ''), 'nova');
  });

  it('looks at other JSON that has words of a request', () => {
    assert.equal(detectFormat('request.json', '{ "messages": [], "inferenceConfig": {} }'), 'json');
    assert.equal(detectFormat('request.json', '{ "body": "{\\"anthropic_version\\": \\"a\\", \\"messages\\": []}" }'), 'json');
    assert.equal(detectFormat('records.jsonl', '{"modelInput":{"messages":[]}}'), 'json-lines');
    assert.equal(detectFormat('records.jsonl', '{"prompt":"a"}'), undefined);
    assert.equal(detectFormat('request.json', '{ "messages": [] }'), undefined);
    assert.equal(detectFormat('package.json', '{ "name": "a" }'), undefined);
    assert.equal(detectFormat('notes.md', '# user:\n"messages" "cachePoint"'), undefined);
  });
});
