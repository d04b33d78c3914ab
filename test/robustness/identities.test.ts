import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createCase, detectFiles, openCase, parseMapOption, type Case } from '../../core/index.ts';
import { readColumns, textColumn } from '../../core/store/index.ts';
import { address, largeCsv, MARK, writeIdentityLogs } from './identity-logs.ts';
import { bytesBelow, encodingsOf, findNeedles, type Find } from './needles.ts';
import { nightjar, workshop } from './support.ts';

const shop = workshop();
afterAll(shop.remove);
const place = (): string => mkdtempSync(join(shop.directory, 'place-'));

const logs = writeIdentityLogs(place());
const NEEDLES = [MARK, ...Array.from({ length: 12 }, (_, i) => address(i * 17)), '5550007', 'Smith, I live'];
/** Little enough that the features of the large log do not fit. */
const SPILLING_BYTES = 60e6;
const FAST = { detectors: ['isolationForest'], threads: 2, explained: 20 } as const;

/** Every text the database holds: compressed pages could hide one from a search of the file. */
const textsIn = async (opened: Case): Promise<string[]> => {
  const columns = await readColumns(
    opened.connection,
    "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'VARCHAR' AND NOT internal",
  );
  const names = textColumn(columns, 'column_name');
  const found: string[] = [];
  for (const [i, table] of textColumn(columns, 'table_name').entries()) {
    const sql = `SELECT DISTINCT CAST("${names[i]}" AS VARCHAR) AS value FROM "${table}"`;
    const values = textColumn(await readColumns(opened.connection, sql), 'value');
    found.push(...values.map((value) => `${table}.${names[i]}: ${value}`));
  }
  return found;
};

const exposed = (texts: readonly string[]): string[] =>
  texts.filter((text) => NEEDLES.some((needle) => text.toLowerCase().includes(needle.toLowerCase())));

/** Looks into a directory again and again while `work` runs; everything ever found, and how many files were seen. */
const watched = async <T>(
  directory: string,
  work: () => Promise<T>,
): Promise<{ result: T; found: Find[]; seen: Set<string> }> => {
  const found: Find[] = [];
  const seen = new Set<string>();
  const look = (): void => {
    for (const { file } of bytesBelow(directory)) seen.add(file.slice(directory.length));
    found.push(...findNeedles(directory, [MARK]));
  };
  const timer = setInterval(look, 20);
  try {
    return { result: await work(), found, seen };
  } finally {
    clearInterval(timer);
    look();
  }
};

describe('a case with a vault, from the library', () => {
  test.each(logs)(
    '$name: no identity outside the sealed vault, and none in clear inside it',
    async ({ file, records }) => {
      const root = place();
      const directory = join(root, 'case');
      const keyringPath = join(root, 'keyring');
      const opened = await createCase(directory, { keyringPath, threads: 2 });
      const key = Buffer.from(opened.vault.pseudonymKey());
      const { result, found } = await watched(directory, () => detectFiles(opened, { inputs: [file], ...FAST }));
      const [input] = result.run.inputs;
      expect(input?.rows).toBe(records);
      expect((input?.stored ?? 0) + (input?.quarantined ?? 0)).toBe(records);
      expect(input?.stored).toBeGreaterThan(records / 2);
      const texts = await textsIn(opened);
      const [top] = result.actors;
      const raw = opened.vault.reidentify(top?.actor ?? '', 'a test');
      await opened.close();

      expect(found).toEqual([]);
      expect(findNeedles(directory, NEEDLES)).toEqual([]);
      expect(exposed(texts)).toEqual([]);
      expect(texts.length).toBeGreaterThan(10);
      expect(raw.length).toBeGreaterThan(0);
      expect(JSON.stringify(raw)).toMatch(/qx7rawz|203\.0\./iu);
      const keyForms = [
        key,
        ...encodingsOf(key.toString('latin1')),
        Buffer.from(key.toString('hex')),
        Buffer.from(key.toString('base64').slice(0, 40)),
      ];
      for (const { bytes } of bytesBelow(directory))
        for (const form of keyForms) expect(bytes.includes(form)).toBe(false);
    },
  );
});

test('a policy that keeps a name is found out: the search can fail', async () => {
  const root = place();
  const directory = join(root, 'case');
  const opened = await createCase(directory, { sealing: 'none', threads: 2 });
  const [platform] = logs;
  await detectFiles(opened, {
    inputs: [platform?.file ?? ''],
    policy: { item: { kind: 'keep', guarded: false } },
    map: parseMapOption('object_id=item'),
    ...FAST,
  });
  expect(exposed(await textsIn(opened)).length).toBeGreaterThan(0);
  await opened.close();
  expect(findNeedles(directory, NEEDLES).length).toBeGreaterThan(0);
});

describe('while it runs, from the command line', () => {
  const events = 60_000;
  const big = join(place(), 'big.csv');
  writeFileSync(big, largeCsv(events));

  test('a temporary case: nothing is ever seen in it, and it is gone afterwards', async () => {
    const scratch = place();
    const env = { TMPDIR: scratch };
    const args = ['detect', big, '--detectors', 'isolationForest', '--top', '3', '--format', 'json'];
    const { result, found, seen } = await watched(scratch, () => nightjar(args, { env }));
    expect(result.code).toBe(0);
    expect(found).toEqual([]);
    expect([...seen].some((file) => file.endsWith('data.duckdb'))).toBe(true);
    expect(bytesBelow(scratch)).toEqual([]);
    expect(NEEDLES.filter((needle) => (result.out + result.err).includes(needle))).toEqual([]);
  });

  test('a case that must spill to disk: what is spilled holds no identity', async () => {
    const root = place();
    mkdirSync(join(root, 'tmp'));
    const directory = join(root, 'case');
    const opened = await createCase(directory, {
      keyringPath: join(root, 'keyring'),
      threads: 2,
      memoryLimitBytes: SPILLING_BYTES,
    });
    const { result, found, seen } = await watched(directory, () =>
      detectFiles(opened, { inputs: [big], ...FAST }).catch((error: unknown) => error),
    );
    // The features need more than so little memory; the import does not.
    expect(result).toMatchObject({ code: 'memory' });
    const texts = await textsIn(opened);
    await opened.close();
    expect(found).toEqual([]);
    expect([...seen].filter((file) => /^.tmp.duckdb_temp/u.test(file)).length).toBeGreaterThan(0);
    expect([...seen].filter((file) => file.endsWith('.wal')).length).toBeGreaterThan(0);
    expect(exposed(texts)).toEqual([]);
    expect(findNeedles(directory, NEEDLES)).toEqual([]);
    const again = await openCase(directory, { keyringPath: join(root, 'keyring') });
    await again.close();
  });
});
