import assert from 'node:assert/strict';
import { moveTexts, withTexts, type Json } from '../../../tools/manifestTexts';

const manifest: Json = {
  name: 'cachepoint',
  contributes: {
    commands: [{ command: 'cachepoint.run', category: 'Bedrock Cachepoint', title: 'Run Prompt' }],
    menus: { commandPalette: [{ command: 'cachepoint.run', title: 'a name for programs' }] },
    configuration: [{ title: 'Runs', properties: { 'cachepoint.run.door': { enumDescriptions: ['One.', 'Two.'], default: '' } } }],
  },
};

describe('texts of the manifest', () => {
  const { manifest: moved, texts } = moveTexts(manifest, {});

  it('stand in a table, by the names of what they belong to', () => {
    assert.deepEqual(texts, {
      category: 'Bedrock Cachepoint',
      'commands.run.title': 'Run Prompt',
      'configuration.0.run.door.enumDescriptions.0': 'One.',
      'configuration.0.run.door.enumDescriptions.1': 'Two.',
      'configuration.0.title': 'Runs',
    });
  });

  it('are in their places again when they are read, and names for programs never leave', () => {
    assert.deepEqual(withTexts(moved, texts), manifest);
    assert.match(JSON.stringify(moved), /"title":"a name for programs"/);
  });

  it('stay as they are when they are moved again, and one that nothing names goes', () => {
    assert.deepEqual(moveTexts(moved, { ...texts, 'commands.gone.title': 'Gone' }), { manifest: moved, texts });
  });
});
