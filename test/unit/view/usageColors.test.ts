import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const css = readFileSync(join(root, 'media', 'view.css'), 'utf8');
const variable = (name: string): string => new RegExp(`^  --${name}: (.*);$`, 'm').exec(css)?.[1] ?? assert.fail(`no --${name}`);

interface Color {
  readonly id: string;
  readonly defaults: { readonly dark: string };
}
// The manifest is JSON of our own.
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly colors: readonly Color[] };
};

/** Which of the three colors is strongest in a border of the cache map; where red and green are, amber. */
const hueOf = (name: string): string => {
  const hex = contributes.colors.find(({ id }) => id === `cachepoint.${name}Border`)?.defaults.dark ?? '';
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  if (most === blue) return red > green ? 'purple' : green > blue * 0.8 ? 'cyan' : 'blue';
  return most === green ? 'green' : green > red / 2 ? 'amber' : 'red';
};

describe('colors of tokens in the panel', () => {
  it('mean what the tints of the text mean', () => {
    const cached = ['checkpoint1', 'checkpoint2', 'checkpoint3', 'checkpoint4'].map(hueOf);
    assert.deepEqual([...cached, hueOf('unmarked'), hueOf('varying')], ['green', 'blue', 'purple', 'cyan', 'amber', 'red']);
    for (const name of ['read', 'write']) {
      const hue = /^var\(--vscode-charts-(\w+)\)$/.exec(variable(name))?.[1];
      assert.ok(hue !== undefined && cached.includes(hue), `what is ${name} is text that a cache point covers`);
    }
    assert.notEqual(variable('read'), variable('write'));
    for (const name of ['input', 'output']) assert.doesNotMatch(variable(name), /charts|[eE]rror|[wW]arning/, 'as text without a tint');
    assert.notEqual(variable('input'), variable('output'));
  });

  it('fill the segments of the bar', () => {
    const fields = { cacheReadInputTokens: 'read', cacheWriteInputTokens: 'write', inputTokens: 'input', outputTokens: 'output' };
    for (const [field, name] of Object.entries(fields))
      assert.match(css, new RegExp(`\\.segment\\[data-segment='${field}'\\] \\{\\n  fill: var\\(--${name}\\);`));
  });
});
