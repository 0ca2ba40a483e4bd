import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mkdtemp, readdir, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { defaultSettings } from '../../../../src/core/settings';
import { createSpending, type Spending, type SpendingDeps } from '../../../../src/editor/runs/spending';
import { createLedger } from '../../../../src/machine/ledger';

describe('what runs cost in a day', () => {
  let folder: string;
  let date: Date;
  const warnings: string[] = [];
  /** A window of the editor with the same folder as the others. */
  const open = (window: string, changes: Partial<SpendingDeps> = {}): Spending =>
    createSpending({
      ledger: createLedger(join(folder, 'spending')),
      settings: { read: () => ({ ...defaultSettings, confirmAboveUsd: 1, dailyLimitUsd: 10 }) },
      log: { warn: (message) => void warnings.push(message) },
      window,
      now: () => date,
      ...changes,
    });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cachepoint-spending-'));
    date = new Date(2026, 10, 28, 23, 59);
    warnings.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is counted over all windows, and after a restart', async () => {
    const [left, right] = [open('left'), open('right')];
    await left.book({ calls: 2, usd: 2 });
    await (await right.book({ calls: 1, usd: 3 }))?.settle(0.5);
    assert.deepEqual(await left.today(), { usd: 2.5, unpriced: 0 });
    assert.deepEqual(await open('later').today(), { usd: 2.5, unpriced: 0 });
  });

  it('keeps the planned sum where what was paid is not known, and drops it where nothing was sent', async () => {
    const spending = open('one');
    const [unknown, none] = [await spending.book({ calls: 1, usd: 2 }), await spending.book({ calls: 1, usd: 4 })];
    await unknown?.settle(undefined);
    await none?.settle(0);
    assert.deepEqual(await spending.today(), { usd: 2, unpriced: 0 });
  });

  it('refuses what would pass the limit, and does not count it', async () => {
    const spending = open('one');
    assert.ok(await spending.book({ calls: 1, usd: 8 }));
    assert.equal((await spending.judge({ calls: 1, usd: 3 })).kind, 'overLimit');
    assert.equal(await spending.book({ calls: 1, usd: 3 }), undefined);
    assert.deepEqual(await spending.today(), { usd: 8, unpriced: 0 });
    assert.ok(await spending.book({ calls: 1, usd: 2 }));
  });

  it('never lets two windows pass the limit together', async () => {
    const windows = Array.from({ length: 8 }, (_, index) => open(`window ${index}`));
    const bookings = await Promise.all(windows.map((window) => window.book({ calls: 1, usd: 4 })));
    assert.ok(bookings.filter((booking) => booking !== undefined).length <= 2);
    assert.ok(((await windows[0]?.today())?.usd ?? Number.NaN) <= 10);
  });

  it('begins anew at midnight of the person’s calendar, and settles where it was booked', async () => {
    const spending = open('one');
    const booking = await spending.book({ calls: 1, usd: 9 });
    date = new Date(2026, 10, 29, 0, 1);
    assert.deepEqual(await spending.today(), { usd: 0, unpriced: 0 });
    await booking?.settle(1);
    assert.deepEqual(await spending.today(), { usd: 0, unpriced: 0 });
    date = new Date(2026, 10, 28, 12, 0);
    assert.deepEqual(await spending.today(), { usd: 1, unpriced: 0 });
  });

  it('asks about a cost above the setting and about an unknown price, which is in no sum', async () => {
    const spending = open('one');
    assert.deepEqual(await spending.judge({ calls: 1, usd: 1.5 }), { kind: 'ask', why: 'cost' });
    assert.deepEqual(await spending.judge({ calls: 1, usd: undefined }), { kind: 'ask', why: 'unknownPrice' });
    await spending.book({ calls: 1, usd: undefined });
    assert.deepEqual(await spending.today(), { usd: 0, unpriced: 1 });
  });

  it('lets runs go on when the disk refuses, and says so in the log', async () => {
    await writeFile(join(folder, 'spending'), 'a file where the folder should be');
    const spending = open('one');
    assert.ok(await spending.book({ calls: 1, usd: 1 }));
    assert.match(warnings[0] ?? '', /could not be kept/);
  });

  it('forgets days of long ago', async () => {
    const days = join(folder, 'spending');
    await mkdir(days);
    for (let day = 1; day <= 60; day += 1) await writeFile(join(days, `2020-01-${String(day).padStart(2, '0')}.jsonl`), '');
    await writeFile(join(days, 'note.txt'), '');
    await open('one').book({ calls: 1, usd: 1 });
    const left = await readdir(days);
    assert.equal(left.filter((name) => name.startsWith('2020')).length, 40);
    assert.ok(left.includes('note.txt'));
  });
});
