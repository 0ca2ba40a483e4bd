import assert from 'node:assert/strict';
import { numberFormats } from '../../../src/core/figures/numbers';
import { describeProblem } from '../../../src/core/rules/index';
import { inlineFigure, planDetails, statusText, summaryLine } from '../../../src/core/messages/plan';
import { filesFrom, type FileSource } from '../../../src/core/prompt/files';
import { defaultSettings } from '../../../src/core/settings';
import { fixesOf } from '../../../src/core/analysis';
import { analyzeOnly } from '../../support/onlyPrompt';

const formats = numberFormats('en', 'UTC');
const untrusted: FileSource = () => ({ kind: 'refused', reason: 'untrusted' });
const head = '---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n';
const analyzed = (text: string, files = untrusted) => analyzeOnly(text, 'bedrock-prompt', files, defaultSettings);
const desk = `${head}---\n# system:\nYou answer for the desk.\n{{> ./policy.md}}\n<!-- cachePoint -->\n# user:\nHello\n`;

describe('a prompt in a workspace that is not trusted', () => {
  it('has no error for a file that is not read, and says why it is not', () => {
    const { problems } = analyzed(desk);
    assert.deepEqual(
      problems.map(({ code, severity }) => `${code} ${severity}`),
      ['request/include information'],
    );
    const [include] = problems;
    assert.match(
      include === undefined ? '' : describeProblem(include, formats),
      /^The file \.\/policy\.md is not read until this workspace/,
    );
  });

  it('has figures that say "at least", and no verdict on the cache point behind the file', () => {
    const { plan, savings, input } = analyzed(desk);
    const [point] = plan.checkpoints;
    assert.ok(point);
    assert.match(inlineFigure(point, plan, formats), /^at least \d+ tok · min 1,024 \? · 5m$/);
    assert.match(summaryLine(plan, savings, formats), /^at least \d+ tokens, the rest is not known$/);
    assert.match(statusText(plan, savings, formats), /^at least \d+ tok$/);
    assert.match(planDetails(plan, input.traffic, formats).join(' '), /At least \d+ tokens in all/);
  });

  it('has the same verdicts as before on what stands in front of the file', () => {
    const early = `${head}---\n# system:\nBe brief.\n<!-- cachePoint -->\n{{> ./policy.md}}\n# user:\nHello\n`;
    const below = analyzed(early).problems.find(({ code }) => code === 'cache/below-minimum');
    assert.ok(below);
    assert.ok(fixesOf(analyzed(early), below).length > 0, 'and their fixes');
  });

  it('takes a file of tools and the value of a variable for as unknown as an included text', () => {
    const tools = `${head}toolConfig: ./tools.json\n---\n# system:\nBe brief.\n<!-- cachePoint -->\n# user:\nHello\n`;
    const value = `${head}variables:\n  rules: { file: ./rules.md }\n---\n# system:\n{{rules}}\n<!-- cachePoint -->\n# user:\nHello\n`;
    for (const text of [tools, value]) {
      assert.deepEqual(
        analyzed(text).problems.map(({ code }) => code),
        ['request/include'],
        text,
      );
      assert.equal(analyzed(text).plan.checkpoints[0]?.isOpen, true, text);
    }
  });

  it('is whole once the files are read', () => {
    const { plan, problems } = analyzed(desk, filesFrom({ 'policy.md': 'Rules. '.repeat(2000) }));
    assert.deepEqual([problems, plan.checkpoints[0]?.isOpen], [[], false]);
  });
});
