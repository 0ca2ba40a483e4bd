import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontMatterTopic } from '../../../../src/core/editing/frontMatterHover';
import { selectionsAt } from '../../../../src/core/editing/selection';
import { isVariableName, variableAt, variablePlaces } from '../../../../src/core/editing/variablePlaces';
import { partsOf } from '../../../../src/core/formats/parts';
import { filesFrom } from '../../../../src/core/prompt/files';
import { applyEdits, replaceSpan } from '../../../../src/core/text/edit';
import { theDocument } from '../../../../src/core/text/place';
import { encloses, touches } from '../../../../src/core/text/span';
import { parseOnly } from '../../../support/onlyPrompt';

const files = { 'policy.md': 'For {{ tenant }} and {{tenant}}.' };
const desk = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
serviceTier: { type: flex }
variables:
  "tenant": { example: Acme, varies: session }
  question: Why?
samples:
  - { tenant: "Acme: tenant", question: Where? }
  - question: How?
    tenant: Bolt
---
# system:
{{> ./policy.md}}
{{> ./policy.md}}
You serve {{tenant}} and {{ tenant }}, not {{other}}.
\`\`\`converse
{ "text": "{{tenant}}" }
\`\`\`
# user:
{{question}}
`;
const prompt = parseOnly(desk, 'bedrock-prompt', filesFrom(files));
const textOf = (source: number): string => prompt.sources[source]?.text ?? '';

describe('the places of a variable', () => {
  const of = (wanted: string) => variablePlaces(prompt).filter(({ name }) => name === wanted);

  it('are its declaration, its sample rows and its uses, in included files too, each once', () => {
    assert.deepEqual(
      of('tenant').map(
        ({ kind, source, span }) => `${kind} ${prompt.sources[source]?.path ?? ''}:${textOf(source).slice(span.start, span.end)}`,
      ),
      [
        'declaration :tenant',
        'row :tenant',
        'row :tenant',
        'use policy.md:tenant',
        'use policy.md:tenant',
        'use :tenant',
        'use :tenant',
        'use :tenant',
      ],
    );
    assert.deepEqual(
      of('other').map(({ kind }) => kind),
      ['use'],
    );
  });

  it('are found from each of them', () => {
    for (const place of variablePlaces(prompt))
      if (place.source === theDocument) assert.equal(variableAt(variablePlaces(prompt), place.span.start)?.name, place.name);
    assert.equal(variableAt(variablePlaces(prompt), desk.indexOf('Acme, varies')), undefined);
  });

  it('say the same prompt under another name when all are changed', () => {
    const change = (source: number): string =>
      applyEdits(
        textOf(source),
        of('tenant').flatMap((place) => (place.source === source ? [replaceSpan(place.span, 'club')] : [])),
      );
    const policy = prompt.sources.findIndex(({ path }) => path === 'policy.md');
    const renamed = parseOnly(change(theDocument), 'bedrock-prompt', filesFrom({ 'policy.md': change(policy) }));
    const names = variablePlaces(renamed).map(({ name }) => name);
    assert.deepEqual(
      names,
      variablePlaces(prompt).map(({ name }) => (name === 'tenant' ? 'club' : name)),
    );
    assert.deepEqual(renamed.problems, []);
  });

  it('take names as the prompt file has them', () => {
    for (const name of ['a', '_a', 'a.b-c', 'A1']) assert.ok(isVariableName(name), name);
    for (const name of ['', '1a', 'a b', 'é', '-a']) assert.ok(!isVariableName(name), name);
  });
});

describe('what stands at a place of front matter', () => {
  const front = prompt.header.span;
  assert.ok(front);
  const topicAt = (needle: string, shift = 1) => {
    const offset = desk.indexOf(needle) + shift;
    const topic = frontMatterTopic(desk.slice(front.start, front.end), front.start, offset);
    return topic && [topic.kind, desk.slice(topic.span.start, topic.span.end)];
  };

  it('is a key, a value, a variable or the model', () => {
    assert.deepEqual(topicAt('serviceTier'), ['key', 'serviceTier']);
    assert.deepEqual(topicAt('type: flex'), ['key', 'type']);
    assert.deepEqual(topicAt('flex'), ['value', 'flex']);
    assert.deepEqual(topicAt('varies'), ['key', 'varies']);
    assert.deepEqual(topicAt('session }'), ['value', 'session']);
    assert.deepEqual(topicAt('us.anthropic'), ['model', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0']);
    assert.deepEqual(topicAt('question: Why'), ['variable', 'question']);
    assert.deepEqual(topicAt('question: How'), ['variable', 'question']);
    assert.deepEqual(topicAt('modelId'), ['key', 'modelId']);
  });

  it('is nothing where anything may stand', () => {
    assert.equal(topicAt('Acme, varies'), undefined);
    assert.equal(topicAt('Where?'), undefined);
  });
});

describe('what can be selected', () => {
  it('goes from the line over paragraph, heading and section to all', () => {
    const text = '# system:\n## Rules\nBe brief.\nBe warm.\n\nMore.\n# user:\nHello\n';
    const shown = selectionsAt(text, partsOf(text, 0), text.indexOf('brief')).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(shown, [
      'Be brief.',
      '## Rules\nBe brief.\nBe warm.',
      '## Rules\nBe brief.\nBe warm.\n\nMore.',
      '# system:\n## Rules\nBe brief.\nBe warm.\n\nMore.',
      text,
    ]);
  });

  it('holds the cursor and what was selected before, at any place', () => {
    const line = fc.constantFrom('# system:', '# user:', '## A', '```', '', 'text', '  more');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.nat(), (lines, at) => {
        const text = lines.join('\n');
        const offset = at % (text.length + 1);
        const spans = selectionsAt(text, partsOf(text, 0), offset);
        assert.ok(spans.length > 0 && spans.every((span) => touches(span, offset)));
        spans.forEach((span, index) => assert.ok(index === 0 || encloses(span, spans[index - 1] ?? span)));
      }),
    );
  });
});
