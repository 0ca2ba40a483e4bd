import assert from 'node:assert/strict';
import { readPromptLines } from '../../../../src/core/formats/promptLines';

const told = (line: string): boolean =>
  readPromptLines(`Be brief.\n${line}\nAnd kind.\n`, 0).problems.some(
    ({ code, data }) => code === 'syntax/marker' && data.reason === 'dialect',
  );

describe('a line of a prompt', () => {
  for (const line of [
    '<!-- cache -->',
    '<!-- Cache -->',
    '<!-- cache here -->',
    '<!-- cache: ephemeral -->',
    '<!-- prompt-cache -->',
    '<!-- cache-breakpoint -->',
    '<!-- CACHE_BREAKPOINT: ~700 tokens -->',
    '<!-- cache_control ttl=1h -->',
    '<!--- cachePoint --->',
    '  <!-- cache marker -->',
    '<<CACHEPOINT>>',
    '<<< cache point >>>',
    '{{cachePoint}}',
    '{{ cache_point }}',
    '{{cache_control}}',
    '{% cache_breakpoint %}',
    '{"cachePoint": {"type": "default"}}',
    '{ "cache_control": { "type": "ephemeral" } },',
    '<cachePoint/>',
    '<cache_control/>',
    '[[cache point]]',
    '[CACHE_POINT]',
    '=== CACHE BREAKPOINT ===',
    '--- cache point ---',
    '%%cachepoint%%',
  ])
    it(`reads like a cache point of another tool: ${line.trim()}`, () => assert.ok(told(line)));

  for (const line of [
    '<!-- cachePoint -->',
    '<!-- cache_key: desk-a -->',
    '<!-- Cached by the build of the manual -->',
    '<!-- cache: the list of stations -->',
    '<!-- the cache -->',
    'Write <<CACHEPOINT>> between the parts.',
    'Our API sends Cache-Control: max-age=60.',
    '- Cache: the list of stations is cached on the phone.',
    '- cache point',
    '# Cache point',
    '<cache>',
    '{{cached_answer}}',
    '{{cache}}',
    '[Cache control](https://example.com)',
    '{"cache": true}',
    '---',
    '--- Cache control ---',
  ])
    it(`is text: ${line}`, () => assert.ok(!told(line)));

  it('says nothing inside a code fence', () => {
    const { problems } = readPromptLines('```xml\n<!-- cache -->\n<cachePoint/>\n{{cachePoint}}\n```\n', 0);
    assert.deepEqual(problems, []);
  });
});
