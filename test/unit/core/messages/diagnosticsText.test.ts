import assert from 'node:assert/strict';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { diagnosticsText, type Diagnostics } from '../../../../src/core/messages/diagnosticsText';
import { selectionText } from '../../../../src/core/messages/selectionText';
import { changedSettings, defaultSettings } from '../../../../src/core/settings';

const plain: Diagnostics = {
  versions: [['Cachepoint', '1.2.3']],
  settings: changedSettings(defaultSettings),
  prompts: [],
  lastFailure: undefined,
};

describe('diagnostics for a bug report', () => {
  it('say versions, and that nothing else is to be said', () => {
    assert.equal(
      diagnosticsText(plain),
      '# Cachepoint diagnostics\n- Cachepoint: 1.2.3\n\n## Settings that are not the default\nnone\n\n## Open prompts\nnone\n\n## Last failed run\nnone\n',
    );
  });

  it('say of a prompt its sizes, its model and its problems, and of a failure its code', () => {
    const text = diagnosticsText({
      ...plain,
      prompts: [
        {
          format: 'bedrock-prompt',
          model: 'Claude Sonnet 4.5',
          address: 'profile',
          characters: 900,
          tokens: 200,
          blocks: 3,
          cachePoints: 1,
          problems: ['request/roles', 'cache/below-minimum', 'cache/below-minimum'],
        },
      ],
      lastFailure: { code: 'throttled', service: 'aws' },
    });
    assert.match(
      text,
      /- bedrock-prompt, Claude Sonnet 4\.5 \(profile\): 900 characters, 200 tokens, 3 blocks, 1 cache points; problems: cache\/below-minimum, request\/roles\n/,
    );
    assert.match(text, /- throttled, aws\n/);
  });

  it('never say a name, an address or a text that a person typed', () => {
    const settings = {
      ...defaultSettings,
      endpoint: 'https://secret.example',
      profile: 'secret',
      defaultModelId: 'arn:aws:bedrock:us-east-1:123456789012:secret',
      profileModels: { 'arn:secret': 'm' },
      models: { secret: {} },
      staticTexts: ['secret'],
      region: 'us-east-1',
      severity: { 'cache/missing': 'off' },
    } as const;
    const text = diagnosticsText({ ...plain, settings: changedSettings(settings) });
    assert.doesNotMatch(text, /secret|123456789012/);
    assert.match(text, /- region: "us-east-1"\n/);
    assert.match(text, /- problems\.severity: \{"cache\/missing":"off"\}\n/);
    assert.match(text, /- endpoint: set\n/);
    assert.match(
      diagnosticsText({ ...plain, settings: changedSettings({ ...defaultSettings, endpoint: 'emulator' }) }),
      /- endpoint: "emulator"\n/,
    );
  });
});

describe('what is selected', () => {
  it('is counted in tokens of the model, or of the highest count', () => {
    const formats = numberFormats('en', 'UTC');
    assert.match(selectionText('Where is my parcel?', { tokens: 'claude-3' }, formats), /^selected \d tok$/);
    assert.match(selectionText('word '.repeat(3000), undefined, formats), /^selected \d,\d{3} tok$/);
  });
});
