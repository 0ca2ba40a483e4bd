import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createRequire } from 'node:module';
import { createFakeVscode, withFakeVscode, type FakeVscode } from '../../support/fakeVscode';
import { commandNames } from '../../../src/editor/commandIds';

const load = createRequire(__filename);

interface Context {
  readonly subscriptions: { dispose(): unknown }[];
}

/** Activates the extension against the fake, freshly loaded. */
const activate = (fake: FakeVscode): { context: Context; requested: readonly string[] } =>
  withFakeVscode(fake, (requested) => {
    for (const path of Object.keys(load.cache)) if (/[/\\]src[/\\]/.test(path)) delete load.cache[path];
    const extension = load('../../../src/extension') as { activate(context: unknown): void };
    const context = {
      subscriptions: [],
      extensionUri: fake.vscode.Uri.file('/extension'),
      extension: { packageJSON: { version: '0.0.0', bugs: { url: 'https://example.com' } } },
      workspaceState: { get: (_key: string, otherwise: unknown) => otherwise, update: () => Promise.resolve() },
      globalStorageUri: fake.vscode.Uri.file('/storage'),
    };
    extension.activate(context);
    return { context, requested };
  });

describe('activation', () => {
  it('registers every command', () => {
    const fake = createFakeVscode();
    activate(fake);
    assert.deepEqual([...fake.commands.keys()].sort(), commandNames.map((name) => `cachepoint.${name}`).sort());
  });

  it('loads neither the SDK nor the analysis', () => {
    const { requested } = activate(createFakeVscode());
    assert.deepEqual(
      requested.filter((request) => /@aws-sdk|@smithy|bedrock$|core\/engine$|^yaml$|jsonc-parser|models\/catalog/.test(request)),
      [],
    );
    assert.ok(requested.includes('vscode'));
  });

  it('releases every registration exactly once', async () => {
    const fake = createFakeVscode();
    const { context } = activate(fake);
    assert.ok(fake.registrations.length > 40);
    for (const item of context.subscriptions.splice(0).reverse()) item.dispose();
    await delay(0);
    assert.deepEqual(
      fake.registrations.filter(({ disposed }) => disposed !== 1).map(({ name, disposed }) => `${name} ${disposed}`),
      [],
    );
  });
});
