import assert from 'node:assert/strict';
import { optimizeAll, type Optimum } from '../../../../src/core/advice/optimum';
import { noFiles } from '../../../../src/core/prompt/files';
import { perHour } from '../../../../src/core/prompt/traffic';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';
import { analyzeOnly } from '../../../support/onlyPrompt';

const policy = Array.from({ length: 80 }, (_, at) => `Rule ${at}: a parcel that is late is told of at once.\n`).join('');
const front = '---\nmodelId: us.anthropic.claude-opus-5\nvariables:\n  now: { example: x }\n---\n';
const point = '<!-- cachePoint -->\n';

const optimum = (text: string): Optimum =>
  optimizeAll(analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings).input, { traffic: perHour(60) });

const found = (text: string): Extract<Optimum, { readonly kind: 'placement' }> & { readonly after: unknown; readonly text: string } => {
  const answer = optimum(text);
  assert.ok(answer.kind === 'placement', answer.kind);
  return { ...answer, text: applyEdits(text, answer.edits) };
};

const costs = (answer: ReturnType<typeof found>): readonly number[] => [answer.before.usdPerCall ?? NaN, answer.after.usdPerCall ?? NaN];

describe('optimizing all that can be changed', () => {
  it('moves what varies where that saves more than a place before it', () => {
    const answer = found(`${front}# system:\nNow: {{now}}\n\n${policy}\n# user:\nHello\n`);
    assert.equal(answer.move?.what, 'Now: {{now}}');
    assert.match(answer.text, /<!-- cachePoint/);
    assert.ok(answer.text.indexOf('{{now}}') > answer.text.indexOf('# user:'));
    const [before = 0, after = 0] = costs(answer);
    assert.ok(after < before / 2, `${before}, then ${after}`);
  });

  it('puts a cache point inside the block that varies where nothing has to move', () => {
    const answer = found(`${front}# user:\n${policy}\nNow: {{now}}\n`);
    assert.equal(answer.move, undefined);
    assert.match(answer.text, /<!-- cachePoint.*-->\nNow: \{\{now\}\}\n$/);
  });

  it('says what keeps the rest from being read', () => {
    const text = `${front}# system:\n${policy}\n# user:\nNow: {{now}}\n`;
    const { blocks } = found(text);
    assert.equal(blocks && text.slice(blocks.start, blocks.end), '{{now}}');
  });

  it('proposes nothing that changes no cost, and once more nothing at all', () => {
    for (const body of [
      `# system:\nNow: {{now}}\n\n${policy}\n# user:\nHello\n`,
      `# system:\n${policy}\n\`\`\`\n{{now}}\n\`\`\`\n${policy}\n# user:\nHello\n`,
      `# system:\n${policy}${point}\n# user:\n{{now}}\n`,
    ]) {
      const once = found(front + body).text;
      assert.equal(found(once).text, once);
    }
  });

  it('has nothing to say of a document in doubt', () => {
    assert.deepEqual(optimum(`${front}# system:\n\`\`\`\n${policy}\n# user:\nHello\n`), { kind: 'none', reason: 'inDoubt' });
  });
});
