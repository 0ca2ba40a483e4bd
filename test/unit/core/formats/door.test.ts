import assert from 'node:assert/strict';
import { doorFor } from '../../../../src/core/formats/door';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { entryOf, resolveModel } from '../../../../src/core/models/resolve';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Door, DoorChoice } from '../../../../src/core/request/types';
import { parseOnly } from '../../../support/onlyPrompt';

const none = (): undefined => undefined;
const claude = resolveModel('anthropic.claude-sonnet-4-6');
const byInvitation = resolveModel('anthropic.claude-mythos-preview');
const llama = resolveModel('meta.llama3-3-70b-instruct-v1:0');
const tool = '"toolConfig": { "tools": [{ "toolSpec": { "name": "a", "inputSchema": { "json": { "type": "object" } } } }] }';
const converse = parseOnly('{ "messages": [{ "role": "user", "content": [{ "text": "a" }] }] }', 'converse-json', noFiles);
const withTools = parseOnly(`{ "messages": [], ${tool} }`, 'converse-json', noFiles);
const messagesText =
  '{ "anthropic_version": "bedrock-2023-05-31", "max_tokens": 1.0,\n "messages": [{ "role": "user", "content": "\\u00e9" }] }';
const messages = parseOnly(messagesText, 'converse-json', noFiles);
const nova = parseOnly('{ "schemaVersion": "messages-v1", "messages": [] }', 'converse-json', noFiles);

describe('the door of a call', () => {
  it('is the one that was chosen, where prompt and model have it', () => {
    const doors = (choice: DoorChoice): readonly Door[] => [converse, messages, nova].map((prompt) => doorFor(prompt, claude, choice));
    assert.deepEqual(doors('stream'), ['ConverseStream', 'InvokeModelWithResponseStream', 'InvokeModelWithResponseStream']);
    assert.deepEqual(doors('whole'), ['Converse', 'InvokeModel', 'InvokeModel']);
    assert.deepEqual(doors('mantle'), ['ConverseStream', 'Messages', 'InvokeModelWithResponseStream']);
  });

  it('is bedrock-mantle for Messages of a model that is served there alone', () => {
    assert.deepEqual(entryOf(byInvitation)?.surfaces, ['mantle']);
    assert.equal(doorFor(messages, byInvitation, 'stream'), 'Messages');
  });

  it('is Converse where a model takes no tools in a stream', () => {
    assert.ok(entryOf(llama));
    assert.equal(doorFor(withTools, llama, 'stream'), 'Converse');
    assert.equal(doorFor(converse, llama, 'stream'), 'ConverseStream');
    assert.equal(doorFor(withTools, claude, 'stream'), 'ConverseStream');
  });

  it('is Converse where the catalog does not have the model, and it is known by its maker to take no tools in a stream', () => {
    for (const id of ['mistral.mistral-large-2402-v1:0', 'mistral.mixtral-8x7b-instruct-v0:1', 'us.meta.llama3-2-90b-instruct-v1:0']) {
      assert.equal(resolveModel(id).kind, 'unknown', id);
      assert.equal(doorFor(withTools, resolveModel(id), 'stream'), 'Converse', id);
      assert.equal(doorFor(converse, resolveModel(id), 'stream'), 'ConverseStream', id);
    }
    for (const id of ['cohere.command-r-plus-v1:0', 'example.unheard-of-v1:0', ''])
      assert.equal(doorFor(withTools, resolveModel(id), 'stream'), 'ConverseStream', id);
  });
});

describe('a body for bedrock-mantle', () => {
  it('is what is written, character for character, with the model and the wish for a stream', () => {
    const call = wireCall(messages, none, 'anthropic.claude-sonnet-4-6', 'Messages');
    assert.equal(
      call.body,
      '{"model":"anthropic.claude-sonnet-4-6","stream":true,"max_tokens": 1.0,"messages": [{ "role": "user", "content": "\\u00e9" }]}',
    );
  });

  it('has beta values in a header, and what is of the file alone nowhere', () => {
    const text =
      '{ "model": "claude-sonnet-4-6", "stream": false, // why\n "anthropic_beta": ["context-1m-2025-08-07"], "max_tokens": 5, "messages": [{ "role": "user", "content": "a" }] }';
    const call = wireCall(parseOnly(text, 'converse-json', noFiles), none, 'anthropic.claude-sonnet-4-6', 'Messages');
    assert.equal(
      call.body,
      '{"model":"anthropic.claude-sonnet-4-6","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"a"}]}',
    );
    assert.deepEqual(call.door === 'Messages' ? call.betas : undefined, ['context-1m-2025-08-07']);
  });

  it('is found in a body that is a text inside other JSON', () => {
    const inner = JSON.stringify('{"anthropic_version":"bedrock-2023-05-31","max_tokens":5,"messages":[{"role":"user","content":"a"}]}');
    const prompt = parseOnly(`{ "modelId": "anthropic.claude-sonnet-4-6", "body": ${inner} }`, 'converse-json', noFiles);
    assert.equal(
      wireCall(prompt, none, 'm', 'Messages').body,
      '{"model":"m","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"a"}]}',
    );
  });
});
