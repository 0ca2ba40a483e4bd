import assert from 'node:assert/strict';
import { comparedText, inOrder, mergeVariant, variantNames } from '../../../../src/core/convert/mergeVariant';
import type { JsonObject } from '../../../../src/core/text/json';

const made = (chat: JsonObject): JsonObject => ({
  name: 'local',
  variants: [{ name: 'default', templateType: 'CHAT', modelId: 'new-model', templateConfiguration: { chat } }],
});
const conversation: JsonObject = {
  messages: [{ role: 'user', content: [{ text: 'Hello {{name}}' }] }],
  inputVariables: [{ name: 'name' }],
};
const stored: JsonObject = {
  name: 'desk',
  description: 'Ours.',
  defaultVariant: 'a',
  id: 'not taken',
  variants: [
    {
      name: 'a',
      templateType: 'TEXT',
      modelId: 'old-model',
      inferenceConfiguration: { text: { maxTokens: 5 } },
      metadata: [{ key: 'team', value: 'x' }],
      templateConfiguration: { text: { text: 'Old' } },
    },
    { name: 'b', templateType: 'CHAT', templateConfiguration: { chat: { messages: [] } } },
  ],
};

describe('a stored prompt that is changed', () => {
  it('keeps its name, its other variants and what is no part of a template', () => {
    const { prompt, becomesChat } = mergeVariant(stored, 'a', made(conversation));
    assert.deepEqual(prompt, {
      name: 'desk',
      description: 'Ours.',
      defaultVariant: 'a',
      variants: [
        {
          name: 'a',
          metadata: [{ key: 'team', value: 'x' }],
          templateType: 'TEXT',
          modelId: 'new-model',
          templateConfiguration: { text: { text: 'Hello {{name}}', inputVariables: [{ name: 'name' }] } },
        },
        { name: 'b', templateType: 'CHAT', templateConfiguration: { chat: { messages: [] } } },
      ],
    });
    assert.equal(becomesChat, false);
  });

  const text = (chat: JsonObject) => {
    const { prompt, becomesChat } = mergeVariant(stored, 'a', made(chat));
    const [variant] = prompt['variants'] as readonly JsonObject[];
    return [variant?.['templateType'], becomesChat];
  };
  it('stays a text with a cache point behind it, and becomes a conversation where it has more', () => {
    const point = { cachePoint: { type: 'default' } };
    const user = (...content: JsonObject[]) => ({ messages: [{ role: 'user', content }] });
    assert.deepEqual(text(user({ text: 'A' }, point)), ['TEXT', false]);
    for (const chat of [
      user({ text: 'A' }, { text: 'B' }),
      user({ text: 'A' }, point, { text: 'B' }),
      user(point, { text: 'A' }),
      { ...user({ text: 'A' }), system: [{ text: 'S' }] },
      { ...user({ text: 'A' }), toolConfiguration: { tools: [] } },
      { messages: [{ role: 'assistant', content: [{ text: 'A' }] }] },
      {
        messages: [
          { role: 'user', content: [{ text: 'A' }] },
          { role: 'assistant', content: [{ text: 'B' }] },
        ],
      },
    ])
      assert.deepEqual(text(chat), ['CHAT', true], JSON.stringify(chat));
  });

  it('gets a further variant where it has none of that name', () => {
    const { prompt } = mergeVariant(stored, 'c', made(conversation));
    assert.deepEqual(variantNames(prompt), ['a', 'b', 'c']);
    assert.deepEqual(variantNames({}), []);
  });

  it('is compared variant by variant, whatever the order of members is', () => {
    assert.equal(
      comparedText({ variants: [{ name: 'a', x: { b: 1, a: 2 } }] }, 'a'),
      comparedText({ variants: [{ x: { a: 2, b: 1 }, name: 'a' }] }, 'a'),
    );
    assert.equal(comparedText(stored, 'z'), '{}\n');
    assert.deepEqual(JSON.stringify(inOrder([{ b: [1, { d: 1, c: null }], a: 'x' }])), '[{"a":"x","b":[1,{"c":null,"d":1}]}]');
  });
});
