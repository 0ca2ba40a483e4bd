import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleCodes } from '../../../src/core/rules/index';
import { highlightStyles } from '../../../src/core/cache/highlights';
import { bedrockRegions, isRegion } from '../../../src/core/service/regions';
import { defaultSettings, settingKeys, type Settings } from '../../../src/core/settings';
import { readManifest } from '../../support/manifest';
import { commandNames } from '../../../src/editor/commandIds';

const root = join(__dirname, '..', '..', '..');

interface Property {
  readonly default: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string; readonly icon?: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly completionEvents: readonly string[];
        readonly media: { readonly svg: string };
      }[];
    }[];
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

// The file is ours, and the tests below look at what they use.
const manifest = readManifest() as unknown as Manifest;
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const properties = Object.assign({}, ...contributes.configuration.map((section) => section.properties)) as Record<string, Property>;

describe('the manifest', () => {
  it('names exactly the commands of the code', () => {
    assert.deepEqual([...commands].sort(), commandNames.map((name) => `cachepoint.${name}`).sort());
  });

  it('gives each command a category and a title that does not repeat it', () => {
    for (const { title, category } of contributes.commands) {
      assert.equal(category, 'Bedrock Cachepoint');
      assert.doesNotMatch(title, /cachepoint:/i);
    }
  });

  it('ticks a step of the walkthrough only when the thing happened', () => {
    const steps = contributes.walkthroughs.flatMap(({ steps }) => steps);
    const code = readFileSync(join(root, 'src', 'editor', 'workspace', 'steps.ts'), 'utf8');
    const keys = Object.fromEntries([...code.matchAll(/\b(\w+): '(\w+)'/g)].map(([, step = '', key = '']) => [step, key]));
    assert.deepEqual(Object.fromEntries(steps.map(({ id }) => [id, keys[id]])), keys, 'each step has its key');
    for (const { id, completionEvents } of steps) assert.deepEqual(completionEvents, [`onContext:cachepoint.${keys[id]}`]);
  });

  it('lets commands wait for trust by saying so, not by hiding', () => {
    const conditions = [...contributes.commands, ...contributes.keybindings, ...Object.values(contributes.menus).flat()];
    assert.deepEqual(
      conditions.filter((one) => JSON.stringify(one).includes('isWorkspaceTrusted')),
      [],
    );
  });

  it('refers only to commands that exist', () => {
    const used = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(({ command }) => command);
    const linked = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ description }) => [...description.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1] ?? '')),
    );
    assert.deepEqual(
      [...used, ...linked].filter((command) => !commands.includes(command)),
      [],
    );
  });

  it('binds no key outside its own editors and panel', () => {
    for (const { when } of contributes.keybindings) assert.match(when ?? '', /cachepoint\./);
  });

  it('has exactly the settings of the code, with the same defaults', () => {
    const expected = Object.entries(settingKeys).map(([name, key]) => [`cachepoint.${key}`, defaultSettings[name as keyof Settings]]);
    const actual = Object.entries(properties).map(([key, property]) => [key, property.default]);
    assert.deepEqual(Object.fromEntries(actual), Object.fromEntries(expected));
  });

  it('has each setting and each command in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const [key, { default: value }] of Object.entries(properties)) {
      const written = value === '' ? '' : `\`${typeof value === 'object' ? JSON.stringify(value) : String(value)}\``;
      assert.ok(readme.includes(`| \`${key}\` |${written === '' ? '' : ` ${written}`} |`), key);
    }
    for (const { title } of contributes.commands) assert.ok(readme.includes(title), title);
  });

  it('offers exactly the rule codes for severities', () => {
    const severity = properties['cachepoint.problems.severity'] as Property & {
      readonly propertyNames: { readonly enum: readonly string[] };
    };
    assert.deepEqual([...severity.propertyNames.enum].sort(), [...ruleCodes].sort());
  });

  it('describes each setting and gives it a scope', () => {
    for (const [key, property] of Object.entries(properties)) {
      assert.ok((property.markdownDescription ?? '').length > 20, key);
      assert.ok(property.scope !== undefined, key);
    }
  });

  it('lets no workspace decide where a prompt goes', () => {
    for (const key of ['cachepoint.endpoint', 'cachepoint.region', 'cachepoint.profile'])
      assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(key), key);
    for (const key of ['endpoint', 'region', 'profile', 'run.timeoutSeconds', 'run.maxAttempts'])
      assert.equal(properties[`cachepoint.${key}`]?.scope, 'machine', key);
  });

  it('lets no workspace switch off the question of the cost, nor change what it goes by', () => {
    for (const key of ['run.confirmAboveUsd', 'run.dailyLimitUsd', 'priceFactors'])
      assert.equal(properties[`cachepoint.${key}`]?.scope, 'application', key);
  });

  it('takes the Regions that the code takes', () => {
    const { pattern } = properties['cachepoint.region'] as Property & { readonly pattern: string };
    const names = ['us-east-1', 'eusc-de-east-1', 'us-gov-west-1', 'us-iso-east-1', 'us-isof-south-1', 'eu-isoe-west-1', 'cn-north-1'];
    for (const name of [...bedrockRegions, ...names, 'us-east', 'xx-east-1', 'eusc-fr-east-1', 'us-east-1.evil.example'])
      assert.equal(new RegExp(pattern).test(name), isRegion(name), name);
    for (const name of bedrockRegions) assert.ok(isRegion(name), name);
  });

  it('contributes each color for all four kinds of theme', () => {
    const ids = contributes.colors.map(({ id }) => id);
    for (const style of highlightStyles)
      if (style !== 'tail' && style !== 'varyingBlock')
        for (const part of ['Background', 'Border']) assert.ok(ids.includes(`cachepoint.${style}${part}`), `${style}${part}`);
    for (const { id, defaults } of contributes.colors)
      assert.deepEqual(Object.keys(defaults).sort(), ['dark', 'highContrast', 'highContrastLight', 'light'], id);
  });

  it('refers only to files that exist', () => {
    const files = [
      manifest.icon,
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });

  it('asks for the oldest editor whose types it is compiled with', () => {
    assert.equal(manifest.engines.vscode, '^1.101.0');
    assert.equal(manifest.devDependencies['@types/vscode'], '1.101.0');
  });
});
