import assert from 'node:assert/strict';
import { newPromptSnippet } from '../../../../src/core/formats/newPrompt';
import { nameFault, promptFileName, readsLikePromptFile } from '../../../../src/core/formats/promptFileName';
import { catalog } from '../../../../src/core/models/catalog';
import { modelForNewPrompt } from '../../../../src/core/models/newest';
import { noFiles } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';
import { samples } from '../../../support/fixtures';
import { analyzeOnly } from '../../../support/onlyPrompt';

describe('the name of a prompt file', () => {
  for (const [typed, name] of [
    ['triage', 'triage.bedrock.md'],
    ['triage.md', 'triage.bedrock.md'],
    ['triage.bedrock', 'triage.bedrock.md'],
    ['triage.bedrock.md', 'triage.bedrock.md'],
    ['triage.txt', 'triage.bedrock.md'],
    ['desk/triage v1.2', 'desk/triage v1.2.bedrock.md'],
    ['Untitled-1.bedrock', 'Untitled-1.bedrock.md'],
    ['triage.bedrock.md.bedrock.md', 'triage.bedrock.md'],
  ] as const)
    it(`is ${name} where ${typed} was typed`, () => assert.equal(promptFileName(typed), name));

  it('may be a path below the folder, and nothing that leads out of it', () => {
    for (const typed of ['a', 'a/b', 'a.b', 'été', 'a b']) assert.equal(nameFault(typed), undefined, typed);
    for (const typed of ['', ' ', '../a', '/a', 'a//b', 'C:\\a', 'a?']) assert.notEqual(nameFault(typed), undefined, typed);
  });
});

describe('a text that reads like a prompt file', () => {
  it('is each of our own', () => {
    for (const { format, text, name } of samples) if (format === 'bedrock-prompt') assert.ok(readsLikePromptFile(text), name);
    assert.ok(readsLikePromptFile('# system:\nBe brief.\n<!-- cachePoint -->\n# user:\nHello'));
    assert.ok(readsLikePromptFile('---\r\nmodelId: m\r\n---\r\n# user:\r\nHello'));
  });

  it('is no page about prompts, and no page with front matter', () => {
    for (const text of [
      '',
      '# Users\n\nThe user: somebody.',
      '---\ntitle: Post\n---\n# system:\nText',
      '---\nmodelId: m\n---\nText about a user:',
      'Write <!-- cachePoint --> on a line of its own.\n\n# user:\n',
      '<!-- cachePoint -->\n# User guide\n',
    ])
      assert.equal(readsLikePromptFile(text), false, text);
  });
});

describe('a new prompt', () => {
  const textOf = (modelId: string): string => newPromptSnippet(modelId).replaceAll(/\$\{\d:([^}]*)\}/g, '$1');

  it('names the newest Claude Sonnet as it is called from the Region', () => {
    assert.equal(modelForNewPrompt('eu-central-1'), 'eu.anthropic.claude-sonnet-5-5');
    assert.equal(modelForNewPrompt('ap-northeast-1'), 'global.anthropic.claude-sonnet-5-5');
    assert.equal(modelForNewPrompt(undefined), 'us.anthropic.claude-sonnet-5-5');
    const sonnet = catalog.find(({ id }) => id === 'anthropic.claude-sonnet-4-5-20250929-v1:0');
    assert.ok(sonnet);
    assert.match(
      modelForNewPrompt(undefined, [{ ...sonnet, id: 'anthropic.claude-sonnet-9', profiles: [] }]),
      /^anthropic\.claude-sonnet-9$/,
    );
  });

  it('has no problem, whatever Region it is for', () => {
    for (const region of [undefined, 'us-east-1', 'eu-west-1', 'ap-southeast-2', 'us-gov-west-1']) {
      const { problems } = analyzeOnly(textOf(modelForNewPrompt(region)), 'bedrock-prompt', noFiles, defaultSettings);
      assert.deepEqual(problems, [], region);
    }
  });

  it('has stops to fill in', () => {
    assert.equal(newPromptSnippet('m').match(/\$\{\d:/g)?.length, 2);
  });
});
