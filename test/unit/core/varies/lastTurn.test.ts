import assert from 'node:assert/strict';
import { lastTurnOf } from '../../../../src/core/varies/lastTurn';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import { parseOnly } from '../../../support/onlyPrompt';

const point = { cachePoint: { type: 'default' } };
const question = { text: 'When will it come?' };
const user = (...content: readonly object[]) => ({ role: 'user', content });
const answer = { role: 'assistant', content: [{ text: 'On Monday.' }] };
const read = (...messages: readonly object[]): Prompt => parseOnly(JSON.stringify({ messages }), 'converse-json', noFiles);

/** How often the turn varies, and which blocks of the whole are in it. */
const turnOf = (prompt: Prompt, staticTexts: readonly string[] = []): string => {
  const turn = lastTurnOf(prompt, staticTexts);
  const all = prompt.messages.flatMap(({ content }) => content);
  return turn === undefined ? 'none' : `${turn.varies} ${all.flatMap((block, at) => (turn.blocks.has(block) ? [at] : [])).join(' ')}`;
};

describe('the last user turn', () => {
  it('varies with each request, also before a beginning of the answer', () => {
    assert.equal(turnOf(read(user(question))), 'request 0');
    assert.equal(turnOf(read(user(question), answer, user(question))), 'request 2');
    assert.equal(turnOf(read(user({ text: 'A document.' }, question), answer)), 'request 0 1');
  });

  it('stays up to a cache point that stands in its middle', () => {
    assert.equal(turnOf(read(user({ text: 'A document.' }, point, question))), 'request 2');
    assert.equal(turnOf(read(user({ text: 'A document.' }, point, question, point))), 'request 2');
  });

  it('belongs to the session where a cache point closes it and the conversation goes on', () => {
    assert.equal(turnOf(read(user(question, point))), 'request 0');
    assert.equal(turnOf(read(user(question), answer, user(question, point))), 'session 2');
  });

  it('is none where its text is listed as static, where nobody asks, and in a prompt file, which says what varies', () => {
    assert.equal(turnOf(read(user(question)), [' When will it come? ']), 'none');
    assert.equal(turnOf(read(answer)), 'none');
    assert.equal(turnOf(read(user(point))), 'none');
    assert.equal(turnOf(parseOnly('# user:\nWhen will it come?\n', 'bedrock-prompt', noFiles)), 'none');
  });
});
