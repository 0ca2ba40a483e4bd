import assert from 'node:assert/strict';
import { jsonOffers, jsonTopic, wholeJson } from '../../../../src/core/editing/jsonOffers';
import { jsonShapeOf } from '../../../../src/core/editing/jsonShape';

const shapes = {
  converse: wholeJson(jsonShapeOf('converse', false)),
  messages: wholeJson(jsonShapeOf('messages', false)),
  nova: wholeJson(jsonShapeOf('nova', false)),
};

const offers = (marked: string, api: keyof typeof shapes = 'converse') =>
  jsonOffers(marked.replace('|', ''), marked.indexOf('|'), shapes[api]);
const labels = (marked: string, api: keyof typeof shapes = 'converse'): readonly string[] =>
  offers(marked, api)
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1))
    .map(({ label }) => label);
const inserted = (marked: string, label: string, api: keyof typeof shapes = 'converse'): string | undefined =>
  offers(marked, api).find((offer) => offer.label === label)?.insert;
const topic = (marked: string, api: keyof typeof shapes = 'converse') =>
  jsonTopic(marked.replace('|', ''), marked.indexOf('|'), shapes[api]);

describe('what can be typed in the JSON of a request', () => {
  it('is a member that is not there yet', () => {
    const found = labels('{ "modelId": "m", "messages": [], | }');
    assert.ok(found.includes('system') && found.includes('inferenceConfig') && found.includes('toolConfig'));
    assert.ok(!found.includes('messages') && !found.includes('modelId'));
    assert.deepEqual(labels('{ "inferenceConfig": { "maxTokens": 1, "to|" } }'), ['temperature', 'topP', 'stopSequences']);
  });

  it('has what is required first, and brings what it needs', () => {
    assert.deepEqual(labels('{ "messages": [{ | }] }').slice(0, 2), ['role', 'content']);
    assert.equal(inserted('{ "system": [{ | }] }', 'cachePoint'), '"cachePoint": { "type": "default" }');
    assert.equal(inserted('{ "system": [{ "cachePoint": { "type": "default", | } }] }', 'ttl'), '"ttl": "$1"');
    assert.equal(inserted('{ | }', 'inferenceConfig'), '"inferenceConfig": { $1 }');
  });

  it('is a name alone where a value is there already', () => assert.equal(inserted('{ "mess|": [] }', 'messages'), '"messages"'));

  it('is one member of a union', () => {
    assert.ok(labels('{ "messages": [{ "content": [{ | }] }] }').includes('image'));
    assert.deepEqual(labels('{ "messages": [{ "content": [{ "text": "a", | }] }] }'), []);
    assert.ok(labels('{ "system": [|] }').includes('{ "cachePoint" }'));
  });

  it('is a word that a value takes', () => {
    assert.deepEqual(labels('{ "system": [{ "cachePoint": { "ttl": | } }] }'), ['"5m"', '"1h"']);
    assert.deepEqual(labels('{ "messages": [{ "role": "|" }] }').slice(0, 2), ['"user"', '"assistant"']);
    assert.deepEqual(labels('{ "toolConfig": { "tools": [{ "toolSpec": { "strict": | } }] } }'), ['true', 'false']);
  });

  it('is what a Messages body has: blocks by their type', () => {
    assert.ok(labels('{ | }', 'messages').includes('anthropic_version'));
    assert.deepEqual(labels('{ "messages": [{ "content": [{ "type": "|" }] }] }', 'messages').slice(0, 3), [
      '"text"',
      '"image"',
      '"document"',
    ]);
    const block = '{ "system": [{ "type": "text", "text": "a", | }] }';
    assert.deepEqual(labels(block, 'messages'), ['citations', 'cache_control']);
    assert.equal(inserted(block, 'cache_control', 'messages'), '"cache_control": { "type": "ephemeral" }');
    assert.ok(labels('{ "tools": [{ | }] }', 'messages').includes('input_schema'));
  });

  it('is what a body of Nova has', () => assert.ok(labels('{ "inferenceConfig": { | } }', 'nova').length > 0));

  it('is nothing where anything may stand, or where it ends', () => {
    assert.deepEqual(labels('{ "additionalModelRequestFields": { | } }'), []);
    assert.deepEqual(labels('{ "modelId": "m" } |'), []);
    assert.deepEqual(labels('{ "unknown": { | } }'), []);
  });
});

describe('what is said of a member of a request', () => {
  it('is what it is for and what it takes', () => {
    assert.deepEqual(topic('{ "inferenceConfig": { "max|Tokens": 3 } }'), {
      span: { start: 23, end: 34 },
      title: 'maxTokens',
      help: ['The most tokens of the answer.', 'A whole number, at least 1.'],
    });
    assert.deepEqual(topic('{ "messages": [{ "ro|le": "user" }] }')?.help, ['Required.', 'One of user, assistant, system.']);
    assert.match(topic('{ "system": [{ "cache|Point": {} }] }')?.help.join(' ') ?? '', /An object with type, ttl\. Required: type\./);
  });

  it('is nothing of what no table has, nor of values', () => {
    assert.equal(topic('{ "oth|er": 1 }'), undefined);
    assert.equal(topic('{ "modelId": "m|" }'), undefined);
  });
});
