import assert from 'node:assert/strict';
import type { RuleCode, Severity } from '../../../../src/core/prompt/problems';
import { gaugeOf, keepsAll, type Gauge } from '../../../../src/core/rules/gate';
import type { FixKind } from '../../../../src/core/rules/types';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { analyzeOnly } from '../../../support/onlyPrompt';

const policy = Array.from({ length: 60 }, (_, at) => `Rule ${at}: a parcel that is late is told of at once.\n`).join('');
const gauge = (body: string): Gauge =>
  gaugeOf(analyzeOnly(`---\nmodelId: us.anthropic.claude-opus-5\n---\n${body}`, 'bedrock-prompt', noFiles, defaultSettings));

describe('what a fix must keep', () => {
  const plain = gauge(`# system:\n${policy}<!-- cachePoint -->\n\n# user:\nHello\n`);

  it('is what is sent, whatever its order, its blocks and its cache points', () => {
    const parted = gauge(`# system:\n${policy.slice(0, 200)}`.replace(/[^\n]*$/, '') + `<!-- cachePoint -->\n${policy}\n# user:\nHello\n`);
    assert.notEqual(parted.sent, plain.sent, 'lines that are said twice are more lines');
    const lines = policy.split('\n').slice(0, -1);
    const turned = gauge(`# system:\n${lines.toReversed().join('\n')}\n\n# user:\nHello\n`);
    assert.equal(turned.sent, plain.sent);
    assert.notEqual(turned.asSent, plain.asSent);
    assert.notEqual(gauge(`# system:\n${policy}\n# user:\nHallo\n`).sent, plain.sent);
    assert.notEqual(gauge(`# system:\n${policy}\n# assistant:\nHello\n`).sent, plain.sent);
  });

  it('is the tokens that later calls read, none while the call fails', () => {
    assert.ok(plain.readable > 500);
    assert.equal(gauge(`# system:\n${policy}<!-- cachePoint ttl=2h -->\n\n# user:\nHello\n`).readable, 0);
  });

  it('is that the text can be read', () => {
    assert.equal(plain.isInDoubt, false);
    assert.equal(gauge('# system:\n```\nHello\n').isInDoubt, true);
  });
});

describe('the gate', () => {
  const gaugeWith = (problems: Partial<Record<RuleCode, Severity>>, more: Partial<Gauge> = {}): Gauge => ({
    isInDoubt: false,
    problems: new Map(Object.entries(problems) as [RuleCode, Severity][]), // the keys are codes
    sent: 'a',
    asSent: more.sent ?? 'a',
    readable: 1000,
    ...more,
  });
  const passes = (before: Gauge, after: Gauge, kind: FixKind, code: RuleCode = 'cache/volatile-prefix'): boolean =>
    keepsAll(before, after, { kind, code });

  for (const [what, before, after, kind, code, expected] of [
    ['nothing changed', gaugeWith({}), gaugeWith({}), 'safe', 'cache/redundant', true],
    ['a document in doubt', gaugeWith({}), gaugeWith({}, { isInDoubt: true }), 'changes', 'request/roles', false],
    ['lines were moved', gaugeWith({}), gaugeWith({}, { asSent: 'b' }), 'moves', 'cache/volatile-prefix', true],
    ['a line was lost by a move', gaugeWith({}), gaugeWith({}, { sent: 'b' }), 'moves', 'cache/volatile-prefix', false],
    ['a line was changed by a change', gaugeWith({}), gaugeWith({}, { sent: 'b' }), 'changes', 'request/roles', true],
    ['less is read', gaugeWith({}), gaugeWith({}, { readable: 999 }), 'moves', 'cache/volatile-prefix', false],
    ['less is read, which was the point', gaugeWith({}), gaugeWith({}, { readable: 0 }), 'moves', 'cache/never-pays', true],
    ['a marker was respelled, so its text goes', gaugeWith({}), gaugeWith({}, { sent: 'b' }), 'moves', 'syntax/marker', true],
    ['a prefix is shorter by the text of the marker', gaugeWith({}), gaugeWith({}, { readable: 992 }), 'moves', 'syntax/marker', true],
    ['a respelled marker leaves nothing to read', gaugeWith({}), gaugeWith({}, { readable: 0 }), 'moves', 'syntax/marker', false],
    ['a new problem', gaugeWith({}), gaugeWith({ 'cache/below-minimum': 'warning' }), 'moves', 'cache/missing', false],
    ['a new error by a change', gaugeWith({}), gaugeWith({ 'request/roles': 'error' }), 'changes', 'request/unknown-field', false],
    [
      'a hint of the prefix that is cached now',
      gaugeWith({}),
      gaugeWith({ 'cache/unstable-bytes': 'hint' }),
      'moves',
      'cache/missing',
      true,
    ],
    [
      'what varies by session, which what varies by request had hidden',
      gaugeWith({ 'cache/volatile-prefix': 'warning' }),
      gaugeWith({ 'cache/session-prefix': 'hint' }),
      'moves',
      'cache/volatile-prefix',
      true,
    ],
    ['what varies by session', gaugeWith({}), gaugeWith({ 'cache/session-prefix': 'hint' }), 'moves', 'cache/below-minimum', false],
    [
      'a warning that an error had hidden',
      gaugeWith({ 'cache/too-many': 'error' }),
      gaugeWith({ 'cache/below-minimum': 'warning' }),
      'moves',
      'cache/too-many',
      true,
    ],
  ] as const)
    it(`${expected ? 'lets pass' : 'holds back'}: ${what}`, () => assert.equal(passes(before, after, kind, code), expected));
});
