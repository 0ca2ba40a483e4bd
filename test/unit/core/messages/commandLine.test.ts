import assert from 'node:assert/strict';
import { fileMistakes } from '../../../../src/core/messages/commandLine';

describe('the sentence about a file of several prompts', () => {
  const ids = Array.from({ length: 2_900 }, (_, index) => `REC${index}`);

  it('names them all where they are few, and the first where they are very many', () => {
    assert.equal(fileMistakes.whichPrompt('a.py', ['ask', 'answer']), 'a.py holds 2 prompts; name one of them as a.py#ID: ask, answer.');
    assert.match(fileMistakes.whichPrompt('a.jsonl', ids), /^a\.jsonl holds 2900 prompts; .*: REC0, REC1, .*, REC7 and 2892 more\.$/);
    assert.match(fileMistakes.noSuchPrompt('a.jsonl', 'x', ids), /^a\.jsonl has no prompt "x"; it has: REC0, .*, REC7 and 2892 more\.$/);
  });
});
