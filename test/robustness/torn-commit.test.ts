import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCase, openCase, verifyJournal } from '../../core/index.ts';
import { importFiles } from '../../core/ingest/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { writeNarrowLog } from './interrupted.ts';
import { keptIn, workshop, type Kept } from './support.ts';

const shop = workshop();
afterAll(shop.remove);
const directory = join(shop.directory, 'case');
const keyringPath = join(shop.directory, 'keyring');
const log = join(shop.directory, 'log.csv');
const wal = (place: string): string => join(place, 'data.duckdb.wal');
/** The same case, whose process died after the journal said that the import is done. */
const told = join(shop.directory, 'told');
const dieImporting = (place: string, ...rest: readonly string[]): void => {
  const script = fileURLToPath(new URL('import-and-die.ts', import.meta.url));
  const died = spawnSync(process.execPath, ['--import', 'tsx', script, place, keyringPath, log, ...rest]);
  expect(died.signal).toBe('SIGKILL');
};
let before: Kept;
let after: Kept;
let walBytes = 0;

/** A case whose process died right after the commit of its second import, of which only the log of DuckDB knows. */
beforeAll(async () => {
  const first = join(shop.directory, 'first.csv');
  writeFileSync(first, 'time,user,amount\n2024-01-01,kim,1\n2024-01-02,lee,2\n2024-01-03,kim,x\n');
  // More than DuckDB keeps in memory for a commit: it writes whole row groups (122,880 rows) to the file before.
  writeNarrowLog(log, 300_000);
  const opened = await createCase(directory, { keyringPath, threads: 1 });
  await importFiles(opened, [first], { threads: 1 }, {});
  await opened.close();
  before = await keptIn(directory, keyringPath);
  cpSync(directory, told, { recursive: true });
  dieImporting(directory);
  walBytes = statSync(wal(directory)).size;
  const copy = join(shop.directory, 'whole');
  cpSync(directory, copy, { recursive: true });
  after = await keptIn(copy, keyringPath);
  expect(after.events).toBeGreaterThan(before.events + 200_000);
}, 120_000);

const cutTo = (bytes: number): string => {
  const place = join(shop.directory, `cut-${bytes}`);
  cpSync(directory, place, { recursive: true });
  truncateSync(wal(place), bytes);
  return place;
};

describe('a log of DuckDB that ends anywhere', () => {
  test('leaves the import wholly there or wholly absent', async () => {
    const random = seededRandom(2);
    const cuts = [1, 2, 9, 12, 16, 17, 24, 40].map((back) => walBytes - back);
    for (let i = 0; i < 16; i++) cuts.push(random.int(walBytes));
    const outcomes = new Set<string>();
    for (const bytes of cuts) {
      const place = cutTo(bytes);
      const kept = await keptIn(place, keyringPath);
      outcomes.add(kept.events === before.events ? 'before' : 'after');
      expect({ bytes, ...kept }).toEqual({ bytes, ...(kept.events === before.events ? before : after) });
      expect(existsSync(wal(place))).toBe(false);
      expect(verifyJournal(place).ok).toBe(true);
      rmSync(place, { recursive: true });
    }
    expect([...outcomes]).toEqual(['before']);
  }, 120_000);

  test('and the file can be imported again', async () => {
    const place = cutTo(walBytes - 1);
    const opened = await openCase(place, { keyringPath, threads: 2 });
    await importFiles(opened, [log], { threads: 2 }, {});
    await opened.close();
    expect(await keptIn(place, keyringPath)).toEqual(after);
    expect(readFileSync(join(place, 'data.duckdb')).length).toBeLessThan(40e6);
  }, 60_000);

  test('is missed where the journal says that the import is done: a disk that did not keep what it said it had', async () => {
    dieImporting(told, 'told');
    const whole = join(shop.directory, 'told-whole');
    cpSync(told, whole, { recursive: true });
    expect(await keptIn(whole, keyringPath)).toEqual(after);
    truncateSync(wal(told), statSync(wal(told)).size - 40);
    await expect(openCase(told, { keyringPath, threads: 1 })).rejects.toMatchObject({
      code: 'case-damaged',
      message: 'The database lacks imports that the journal says are done.',
    });
  }, 120_000);
});
