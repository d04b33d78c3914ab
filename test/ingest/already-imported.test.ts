import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFiles } from '../../core/ingest/index.ts';
import { createTemporaryCase, numberColumn, readColumns, type Case } from '../../core/store/index.ts';

let folder: string;
let into: Case;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nightjar-test-'));
  into = await createTemporaryCase({ threads: 1 });
});
afterEach(async () => {
  await into.close();
  rmSync(folder, { recursive: true });
});

const events = async (): Promise<number> =>
  numberColumn(await readColumns(into.connection, 'SELECT count(*) AS n FROM events'), 'n')[0] ?? 0;
const log = (rows: readonly string[]): string => `timestamp,user,action\n${rows.map((row) => `${row}\n`).join('')}`;
const ROWS = ['2026-01-01 00:00:00,ann,view', '2026-01-01 00:00:05,bob,like', 'x,bob,like'];

test('a file is imported once, whatever it is called; another one beside it is', async () => {
  const [first, copy, other] = ['a.csv', 'b.csv', 'c.csv'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(first, log(ROWS));
  const once = await importFiles(into, [first], { threads: 1 }, {});
  expect(once).toMatchObject([{ rows: 3, stored: 2, quarantined: 1 }]);
  copyFileSync(first, copy);
  writeFileSync(other, log(ROWS.toReversed()));
  const again = await importFiles(into, [copy, other], { threads: 1 }, {});
  expect(again).toMatchObject([
    { name: 'b.csv', rows: 3, stored: 2, quarantined: 1, sha256: once[0]?.sha256 },
    { name: 'c.csv', rows: 3, stored: 2 },
  ]);
  expect(again[0]?.warnings.join()).toContain('already');
  expect(await events()).toBe(4);
});
