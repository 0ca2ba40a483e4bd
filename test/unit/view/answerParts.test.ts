import assert from 'node:assert/strict';
import type { AnswerPart } from '../../../src/core/runs/parts';
import type { RunRecord } from '../../../src/core/runs/record';
import { createPage } from '../../../src/view/page';
import { asFake, FakeElement as Element, installFakeDom } from '../../support/fakeDom';
import { aPair, aUsage, finishedRun } from '../../support/runRecords';
import { panelOf } from '../../support/panelStates';

const nasty = '<script>alert(1)</script>';
const parts: readonly AnswerPart[] = [
  { kind: 'served', tier: 'flex', latency: 'optimized' },
  {
    kind: 'citation',
    title: 'Terms',
    source: undefined,
    cited: 'Kettles may be returned.',
    place: { in: 'pages', document: 0, start: 3, end: 4 },
  },
  { kind: 'citation', title: undefined, source: nasty, cited: nasty, place: { in: 'web', url: 'https://a.example' } },
  { kind: 'searchResult', title: '', source: 'https://a.example/terms', text: 'Kettles' },
  { kind: 'toolResult', status: 'error', content: [{ text: 'no' }, 'plain'] },
  { kind: 'image', format: 'png', bytes: 7 },
  { kind: 'hiddenReasoning' },
  {
    kind: 'guardrail',
    reason: undefined,
    findings: [
      { guardrail: 'g1', side: 'output', policy: 'wordPolicy', name: 'PROFANITY', match: 'darn', action: 'BLOCKED', measure: undefined },
    ],
  },
  { kind: 'router', modelId: 'amazon.nova-lite-v1:0' },
  { kind: 'fields', value: { seed: 7 } },
];

const drawn = (records: readonly RunRecord[]): Element => {
  const page = createPage(() => undefined);
  const body = new Element('body');
  body.append(...page.elements.map(asFake));
  const service = { kind: 'aws', text: 'Amazon Bedrock' } as const;
  const shown = records.map(({ id }) => id);
  page.receive({ type: 'state', state: panelOf({ file: 'a.bedrock.md', records, shown, busy: false, locale: 'en', service }) });
  return body;
};
const wordsOf = (body: Element, kind: string): string => body.querySelector(`[data-part="${kind}"]`)?.textContent ?? '';

describe('further parts of an answer on the page', () => {
  let restore = (): void => undefined;
  before(() => (restore = installFakeDom()));
  after(() => restore());

  it('stand by kind, each with its title, once and in one order', () => {
    const body = drawn([{ ...finishedRun(aUsage()), parts }]);
    assert.deepEqual(
      body.querySelectorAll('[data-part]').map((element) => element.getAttribute('data-part')),
      ['citation', 'searchResult', 'toolResult', 'image', 'hiddenReasoning', 'guardrail', 'router', 'fields', 'served'],
    );
    assert.match(wordsOf(body, 'citation'), /^CitationsTermsdocument 1, pages 3–4Kettles may be returned\./);
    assert.match(wordsOf(body, 'toolResult'), /Failed.*"text": "no".*plain/s);
    assert.match(wordsOf(body, 'guardrail'), /Word filter: PROFANITY.*BLOCKED · in the answer · g1.*darn/s);
    assert.match(wordsOf(body, 'served'), /service tier flex, latency optimized/);
    assert.match(wordsOf(body, 'fields'), /"seed": 7/);
  });

  it('are text whatever they say, and reached by keyboard where they scroll', () => {
    const body = drawn([{ ...finishedRun(aUsage()), parts }]);
    assert.equal(body.querySelectorAll('script').length, 0);
    assert.ok(wordsOf(body, 'citation').includes(nasty));
    const boxes = body.querySelectorAll('[data-part]').flatMap((group) => group.querySelectorAll('pre'));
    assert.ok(boxes.length > 3);
    assert.deepEqual([...new Set(boxes.map((element) => element.getAttribute('tabindex')))], ['0']);
  });

  it('are not there where an answer has none', () => {
    assert.equal(drawn([finishedRun(aUsage())]).querySelectorAll('[data-part]').length, 0);
  });

  it('say of a tool that the service ran it', () => {
    const toolUses = [{ name: 'web_search', input: {}, byService: true as const }];
    assert.match(
      drawn([{ ...finishedRun(aUsage()), toolUses }]).querySelector('.tool-uses')?.textContent ?? '',
      /The service runs this tool itself/,
    );
  });

  it('tell why a warm call read nothing where the router chose another model', () => {
    const [cold, warm] = aPair(aUsage({ cacheWrite: 2000 }), aUsage());
    const to = (modelId: string): readonly AnswerPart[] => [{ kind: 'router', modelId }];
    const pair = (before: string, now: string): string =>
      drawn([
        { ...cold, parts: to(before) },
        { ...warm, parts: to(now) },
      ]).textContent;
    assert.match(
      pair('amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'),
      /chose amazon\.nova-pro-v1:0 for this call and amazon\.nova-lite-v1:0 for the one before/,
    );
    assert.doesNotMatch(pair('amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'), /for the one before/);
  });
});
