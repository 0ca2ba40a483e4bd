import assert from 'node:assert/strict';
import { createAnswerContent } from '../../../src/aws/answerContent';
import { createStreamReader } from '../../../src/aws/streamReader';

describe('aws: an answer as it has to be sent back', () => {
  it('keeps reasoning with its signature, texts and tool calls in the order of their blocks', () => {
    const content = createAnswerContent();
    content.add(0, { reasoningContent: { text: 'Let me ' } });
    content.add(0, { reasoningContent: { text: 'see' } });
    content.add(0, { reasoningContent: { signature: 'c2lnbmF0dXJl' } });
    content.add(1, { text: 'I ' });
    content.open(2, { toolUse: { toolUseId: 't1', name: 'find' } });
    content.add(2, { toolUse: { input: '{"word"' } });
    content.add(1, { text: 'look.' });
    content.add(2, { toolUse: { input: ':"a"}' } });
    content.add(3, { reasoningContent: { redactedContent: new Uint8Array([1, 2, 3]) } });
    assert.deepEqual(content.blocks, [
      { reasoningContent: { reasoningText: { text: 'Let me see', signature: 'c2lnbmF0dXJl' } } },
      { text: 'I look.' },
      { toolUse: { toolUseId: 't1', name: 'find', input: { word: 'a' } } },
      { reasoningContent: { redactedContent: 'AQID' } },
    ]);
  });

  it('leaves out a text of white space, which would be refused', () => {
    const content = createAnswerContent();
    content.add(0, { text: '\n\n' });
    content.add(1, { text: 'a' });
    assert.deepEqual(content.blocks, [{ text: 'a' }]);
  });

  it('is none where something of it cannot be sent back from here, or nothing came', () => {
    assert.equal(createAnswerContent().blocks, undefined);
    const cut = createAnswerContent();
    cut.open(0, { toolUse: { toolUseId: 't', name: 'find' } });
    cut.add(0, { toolUse: { input: '{"word"' } });
    assert.equal(cut.blocks, undefined);
    const server = createAnswerContent();
    server.open(0, { toolUse: { toolUseId: 't', name: 'web_search', type: 'server_tool_use' } });
    assert.equal(server.blocks, undefined);
    const cited = createAnswerContent();
    cited.add(0, { text: 'a' });
    cited.add(0, { citation: { title: 't', source: undefined, sourceContent: [], location: undefined } });
    assert.equal(cited.blocks, undefined);
  });

  it('comes with the end of the answer', () => {
    const reader = createStreamReader(() => 0);
    reader.read({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hello' } } });
    assert.deepEqual(reader.read({ messageStop: { stopReason: 'end_turn' } }), [
      { type: 'stopped', at: 0, reason: 'end_turn', content: [{ text: 'Hello' }] },
    ]);
  });
});
