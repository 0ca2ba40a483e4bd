import assert from 'node:assert/strict';
import { numberFormats } from '../../../src/core/figures/numbers';
import { parseFromChat, parseToChat, type ChatInput, type FromChat } from '../../../src/core/panel/chatProtocol';
import { chatView, type ChatSubject } from '../../../src/core/panel/chatView';
import { createChatPage } from '../../../src/view/chat/chatPage';
import { FakeElement as Element, asFake, installFakeDom } from '../../support/fakeDom';

const prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheWrite30m: null };
const subject: ChatSubject = {
  title: 'Conversation: desk',
  model: 'Sonnet',
  opening: 0,
  prices,
  formats: numberFormats('en'),
  caching: {
    kind: 'explicit',
    minimum: { low: 1024, likely: 1024, high: 1024 },
    maxCheckpoints: 4,
    fields: ['tools', 'system', 'messages'],
    ttls: ['5m', '1h'],
    defaultTtl: '5m',
    lookBack: 20,
    implicit: false,
  },
};
const input: ChatInput = {
  turns: 6,
  toolRounds: 1,
  system: 4_000,
  userTokens: 200,
  answerTokens: 400,
  callTokens: 80,
  resultTokens: 900,
  pauseSeconds: 60,
  stepSeconds: 5,
  ttl: '5m',
};

describe('the view of a simulated conversation', () => {
  it('names what costs least, and says each turn in words', () => {
    const view = chatView(input, subject);
    assert.match(
      view.sentence,
      /^Least: points after the system text and the newest turn, with \$0\.\d+ where no caching costs \$0\.\d+\.$/,
    );
    const rolling = view.strategies.find(({ id }) => id === 'rolling');
    assert.equal(rolling?.isBest, true);
    assert.equal(rolling.turns.length, 6);
    assert.match(rolling.turns[1]?.text ?? '', /^Turn 2: [\d,]+ read, [\d,]+ written, 0 in full, \$0\.\d+$/);
    assert.equal(view.strategies[0]?.saved, '0%');
  });

  it('needs the point before where the model does not look back', () => {
    const { caching } = subject;
    assert.ok(caching?.kind === 'explicit');
    const view = chatView({ ...input, toolRounds: 0 }, { ...subject, caching: { ...caching, lookBack: 1 } });
    assert.equal(view.strategies.find(({ isBest }) => isBest)?.id, 'rollingTwo');
  });

  it('says where caching does not pay, where it is not taken, and where no price is known', () => {
    assert.match(chatView({ ...input, turns: 1, toolRounds: 0 }, subject).sentence, /^Caching does not pay here/);
    assert.match(chatView({ ...input, pauseSeconds: 3_600, toolRounds: 0 }, subject).sentence, /^Caching does not pay here/);
    assert.match(chatView(input, { ...subject, caching: { kind: 'none' } }).sentence, /^This model takes no cache points/);
    assert.match(chatView(input, { ...subject, prices: undefined }).sentence, /is not known/);
  });

  it('is posted as what it is', () => {
    const message = { type: 'chatInput', input } as const;
    assert.deepEqual(parseFromChat(message), message);
    for (const wrong of [
      null,
      {},
      { type: 'chatInput', input: { ...input, turns: 0 } },
      { type: 'chatInput', input: { ...input, ttl: 5 } },
      { ...message, input: {} },
    ])
      assert.equal(parseFromChat(wrong), undefined);
    const view = { type: 'chat', view: chatView(input, subject) } as const;
    assert.equal(parseToChat(view), view);
    assert.equal(parseToChat({ type: 'chat', view: { version: 2 } }), undefined);
  });
});

describe('the page of the simulator', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('draws bars for each turn of each strategy, and a table', () => {
    const posted: FromChat[] = [];
    const page = createChatPage((message) => posted.push(message));
    const body = new Element('body');
    body.append(...page.elements.map(asFake));
    page.receive(chatView(input, subject));
    assert.equal(body.querySelectorAll('svg').length, 4);
    assert.equal(body.querySelectorAll('rect').length, 4 * 6 * 3);
    assert.equal(body.querySelectorAll('tr[data-best]').length, 1);
    assert.match(body.querySelector('.chat-sentence')?.textContent ?? '', /^Least/);
    page.receive(chatView({ ...input, turns: 3 }, subject));
    assert.equal(body.querySelectorAll('rect').length, 4 * 3 * 3);
    assert.deepEqual(posted, []);
  });
});
