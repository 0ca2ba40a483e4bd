import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { FileAnswer } from '../../../../src/core/prompt/files';
import type * as fileMemoryModule from '../../../../src/editor/documents/fileMemory';
import { realPath } from '../../../../src/machine/realPath';
import { loadEditor } from '../../../support/fakeVscode';
import { createFakeWorkspace } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, disk, open, type, close, touch, trust } = workspace;

const { FileMemory } = loadEditor(fake, () => require('../../../../src/editor/documents/fileMemory') as typeof fileMemoryModule);

const { fs, getWorkspaceFolder } = fake.vscode.workspace as unknown as typeof vscode.workspace;
const original = { fs, getWorkspaceFolder };

/** Links by path; a path without one is itself. */
const links = new Map<string, string | undefined>();
const machine = {
  probeEmulator: () => Promise.resolve(false),
  realPath: (path: string) => Promise.resolve(links.has(path) ? links.get(path) : disk.has(path) || path === '/ws' ? path : undefined),
};
const prompt = fake.vscode.Uri.file('/ws/prompts/desk.bedrock.md');

describe('files that prompts refer to', () => {
  let memory: fileMemoryModule.FileMemory;
  let told = 0;
  beforeEach(() => {
    disk.clear();
    links.clear();
    told = 0;
    memory = new FileMemory(machine);
    memory.onDidChange(() => (told += 1));
  });
  afterEach(() => memory.dispose());

  const ask = async (path: string, as: 'text' | 'bytes' = 'text'): Promise<FileAnswer> => {
    memory.sourceFor(prompt)(path, as);
    await memory.settled();
    return memory.sourceFor(prompt)(path, as);
  };
  const text = (value: string): FileAnswer => ({ kind: 'text', text: value });
  const refused = (reason: string) => ({ kind: 'refused', reason });

  it('are pending at first, then there, and told of once', async () => {
    disk.set('/ws/prompts/a.md', 'Rules');
    assert.deepEqual(memory.sourceFor(prompt)('./a.md', 'text'), { kind: 'pending' });
    assert.deepEqual(await ask('./a.md'), text('Rules'));
    assert.equal(told, 1);
  });

  it('are read again when they change on disk, are deleted, become a folder or come back', async () => {
    const path = '/ws/prompts/a.md';
    disk.set(path, 'One');
    assert.deepEqual(await ask('./a.md'), text('One'));
    disk.set(path, 'Two');
    touch(path);
    assert.deepEqual(await ask('./a.md'), text('Two'));
    disk.delete(path);
    touch(path);
    assert.deepEqual(await ask('./a.md'), refused('missing'));
    disk.set(path, '<folder>');
    touch(path);
    assert.deepEqual(await ask('./a.md'), refused('unreadable'));
    disk.set(path, 'Three');
    touch(path);
    assert.deepEqual(await ask('./a.md'), text('Three'));
    assert.equal(told, 5);
  });

  it('tell nothing when they are as they were', async () => {
    disk.set('/ws/prompts/a.md', 'One');
    await ask('./a.md');
    touch('/ws/prompts/a.md');
    await memory.settled();
    assert.equal(told, 1);
  });

  it('count as they are typed, and as they are on disk again when that is discarded', async () => {
    disk.set('/ws/prompts/a.md', 'Saved');
    const document = open('/ws/prompts/a.md', 'Saved', 'markdown');
    await ask('./a.md');
    type(document, 'Typed');
    assert.deepEqual(await ask('./a.md'), text('Typed'));
    close(document);
    assert.deepEqual(await ask('./a.md'), text('Saved'));
  });

  it('are refused outside the workspace folder, by path and by link', async () => {
    disk.set('/ws/prompts/a.md', 'Rules');
    links.set('/ws/prompts/a.md', '/etc/passwd');
    for (const path of ['../../etc/passwd', '/etc/passwd', 'C:\\a.md', './a.md']) assert.deepEqual(await ask(path), refused('outside'));
  });

  it('are read from where a link led when it was checked, wherever it leads afterwards', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cachepoint-links-')));
    try {
      const inside = join(folder, 'ws');
      mkdirSync(inside);
      writeFileSync(join(inside, 'rules.md'), 'Rules');
      writeFileSync(join(folder, 'secret.md'), 'Secret');
      const link = join(inside, 'link.md');
      const lead = (target: string): void => {
        rmSync(link, { force: true });
        symlinkSync(target, link);
      };
      const onDisk = (uri: vscode.Uri): string => uri.fsPath;
      Object.assign(fake.vscode.workspace, {
        getWorkspaceFolder: () => ({ uri: fake.vscode.Uri.file(inside) }),
        fs: {
          stat: async (uri: vscode.Uri) => ({ type: 1, size: statSync(onDisk(uri)).size }),
          readFile: async (uri: vscode.Uri) => readFileSync(onDisk(uri)),
        },
      });
      const ofPrompt = fake.vscode.Uri.file(join(inside, 'desk.bedrock.md'));
      const answers = new Set<string>();
      for (let round = 0; round < 20; round += 1) {
        lead(join(inside, 'rules.md'));
        // Flips after the check and before the reading, on every round.
        const flipping = new FileMemory({
          ...machine,
          realPath: async (path) => {
            const real = await realPath(path);
            if (path === link) lead(join(folder, 'secret.md'));
            return real;
          },
        });
        flipping.sourceFor(ofPrompt)('./link.md', 'text');
        await flipping.settled();
        answers.add(JSON.stringify(flipping.sourceFor(ofPrompt)('./link.md', 'text')));
        flipping.dispose();
      }
      assert.deepEqual([...answers], [JSON.stringify(text('Rules'))]);
    } finally {
      Object.assign(fake.vscode.workspace, original);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are plain bytes whatever the editor reads them into', async () => {
    disk.set('/ws/prompts/a.png', Buffer.from('pixels'));
    const answer = await ask('./a.png', 'bytes');
    assert.ok(answer.kind === 'bytes' && !Buffer.isBuffer(answer.bytes));
    assert.equal(Buffer.from(answer.bytes).toString(), 'pixels');
  });

  it('are missing where links lead in a circle', async () => {
    disk.set('/ws/prompts/a.md', 'Rules');
    links.set('/ws/prompts/a.md', undefined);
    assert.deepEqual(await ask('./a.md'), refused('missing'));
  });

  it('are refused when they are too large', async () => {
    disk.set('/ws/prompts/a.png', new Uint8Array(5_000_001));
    assert.deepEqual(await ask('./a.png', 'bytes'), refused('tooLarge'));
  });

  it('wait until the workspace is trusted', async () => {
    disk.set('/ws/prompts/a.md', 'Rules');
    trust(false);
    assert.deepEqual(await ask('./a.md'), refused('untrusted'));
    trust(true);
    assert.equal(told, 1);
    assert.deepEqual(await ask('./a.md'), text('Rules'));
  });

  it('do not tell anybody of an answer that was forgotten meanwhile', async () => {
    disk.set('/ws/prompts/a.md', 'Rules');
    memory.sourceFor(prompt)('./a.md', 'text');
    trust(true);
    await memory.settled();
    assert.equal(told, 1, 'only that all was forgotten');
    assert.deepEqual(await ask('./a.md'), text('Rules'));
  });
});
