import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { NightjarError } from '../../core/api/errors.ts';
import { parseMapOption, pseudonymOf } from '../../core/ingest/index.ts';
import { importFiles } from '../../core/ingest/import-files.ts';
import type { ImportedFile } from '../../core/ingest/imported-file.ts';
import type { PlanOptions } from '../../core/ingest/plan-file.ts';
import { createTemporaryCase, numberColumn, readColumns, textColumn, type Case } from '../../core/store/index.ts';

const root = mkdtempSync(join(tmpdir(), 'nightjar-import-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = root;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'));
});

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** So few records do not tell that a column with a word in it is the amount. */
const MAPPED: PlanOptions = { map: parseMapOption('amount=amount') };

const opened = async (): Promise<Case> => {
  const into = await createTemporaryCase({ threads: 2 });
  onTestFinished(() => into.close());
  return into;
};

const importInto = (
  into: Case,
  paths: readonly string[],
  options: PlanOptions = {},
): Promise<readonly ImportedFile[]> => importFiles(into, paths, { ...MAPPED, ...options, threads: 2 }, {});

const texts = async (into: Case, sql: string): Promise<(string | null)[]> => [
  ...textColumn(await readColumns(into.connection, `SELECT CAST(x AS VARCHAR) AS x FROM (${sql}) AS t(x)`), 'x'),
];
const count = async (into: Case, table: string): Promise<number> =>
  numberColumn(await readColumns(into.connection, `SELECT count(*) AS n FROM ${table}`), 'n')[0] ?? Number.NaN;
const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof NightjarError ? `${error.code}: ${error.message}` : String(error)),
  );

const HEAD = 'time,user,action,amount';
const LINES = [
  '2024-01-02T00:00:00Z,kim,view,1.5',
  '2024-01-02T00:01:00Z,lee,buy,2',
  'soon,lee,buy,2',
  '2024-01-02T00:02:00Z,,buy,2',
  '2024-01-02T00:03:00Z,kim,view,',
  '2024-01-02T00:04:00Z,kim,view,many',
  'half',
];
const LOG = `${[HEAD, ...LINES].join('\n')}\n`;

describe('one file', () => {
  test('what is stored, what is in quarantine, and what is told', async () => {
    const into = await opened();
    const [done] = await importInto(into, [file('log.csv', LOG)]);
    expect(done).toMatchObject({
      name: 'log.csv',
      format: 'csv',
      rows: 7,
      stored: 3,
      quarantined: 4,
      mapping: { ts: 'time', actor_id: 'user', action: 'action', amount: 'amount' },
      reasons: {
        'ts: time not understood': 1,
        'actor_id: no actor': 1,
        'amount: not a number': 1,
        '1 field instead of 4': 1,
      },
    });
    expect(done?.warnings.join()).toMatch(/4 of 7 records went to quarantine/u);
    const token = pseudonymOf(into.vault.pseudonymKey());
    const inOrder = (column: string): Promise<(string | null)[]> =>
      texts(into, `SELECT ${column} FROM events ORDER BY seq`);
    expect(await inOrder('actor_id')).toEqual([token('kim'), token('lee'), token('kim')]);
    expect(await inOrder('ts')).toEqual(['2024-01-02 00:00:00', '2024-01-02 00:01:00', '2024-01-02 00:03:00']);
    expect(await inOrder('action')).toEqual(['view', 'buy', 'view']);
    expect(await inOrder('amount')).toEqual(['1.5', '2.0', null]);
    expect(await inOrder('dataset')).toEqual(['log', 'log', 'log']);
    expect(await texts(into, "SELECT line || ' ' || coalesce(column_name, '') FROM quarantine ORDER BY line")).toEqual([
      '4 ts',
      '5 actor_id',
      '7 amount',
      '8 ',
    ]);
    expect(await texts(into, 'SELECT rows_read - stored - quarantined FROM imports')).toEqual(['0']);
  });

  test('larger than a block, with workers: every record once, in order', async () => {
    const into = await opened();
    const lines = Array.from(
      { length: 150_000 },
      (_, i) => `${1_700_000_000 + i},u${i % 1000},a${i % 3},${i},${'x'.repeat(40)}`,
    );
    const path = file('large.csv', `ts,user,action,amount,note\n${lines.join('\n')}\n`);
    const [done] = await importInto(into, [path], { policy: { note: { kind: 'drop' } } });
    expect(done).toMatchObject({ rows: 150_000, stored: 150_000, quarantined: 0 });
    const wrong = `SELECT count(*) FROM (SELECT amount, row_number() OVER (ORDER BY seq) - 1 AS place FROM events)
      WHERE amount <> place`;
    expect(await texts(into, wrong)).toEqual(['0']);
    expect(await texts(into, 'SELECT count(DISTINCT actor_id) FROM events')).toEqual(['1000']);
  });
});

describe('several files', () => {
  test('a folder and a file, of several shapes: each with its own counts, in order', async () => {
    const into = await opened();
    mkdirSync(join(folder, 'logs'));
    file('logs/b.csv.gz', gzipSync(LOG));
    file(
      'logs/a.ndjson',
      '{"time":"2024-01-01T00:00:00Z","user":"kim","amount":1}\n{"time":"2024-01-01T00:00:01Z","user":"lee","amount":2}\n',
    );
    file('logs/.hidden', 'no log');
    const done = await importInto(into, [
      join(folder, 'logs'),
      file('c.csv', `${HEAD}\n${LINES.slice(0, 2).join('\n')}\n`),
    ]);
    expect(done.map(({ name, rows, stored, quarantined }) => [name, rows, stored, quarantined])).toEqual([
      ['a.ndjson', 2, 2, 0],
      ['b.csv.gz', 7, 3, 4],
      ['c.csv', 2, 2, 0],
    ]);
    expect(await count(into, 'events')).toBe(7);
    expect(await count(into, 'imports')).toBe(3);
    expect(await texts(into, 'SELECT dataset FROM events ORDER BY seq')).toEqual([
      'logs',
      'logs',
      'logs',
      'logs',
      'logs',
      'c',
      'c',
    ]);
  });

  test('one bad file: nothing of any is kept', async () => {
    const into = await opened();
    const bad = file('bad.csv.gz', gzipSync(LOG.repeat(50)).subarray(0, -20));
    expect(await failure(importInto(into, [file('good.csv', LOG), bad]))).toMatch(/^input: The gzip file ends/u);
    expect(await count(into, 'events')).toBe(0);
    expect(await count(into, 'quarantine')).toBe(0);
    expect(await count(into, 'imports')).toBe(0);
    await importInto(into, [file('good.csv', LOG)]);
    expect(await count(into, 'events')).toBe(3);
  });

  test('nothing that can be stored: an error that names the commonest reason', async () => {
    const into = await opened();
    const path = file(
      'none.csv',
      `${HEAD}\n${['a', 'b', 'c'].map((user) => `2024-01-02T00:00:00Z,${user},x,1,surplus`).join('\n')}\n`,
    );
    expect(await failure(importInto(into, [path]))).toMatch(/^input: /u);
    expect(await count(into, 'imports')).toBe(0);
  });

  test('cancelled: nothing is kept, and the case goes on', async () => {
    const into = await opened();
    const cancel = new AbortController();
    const watch = { signal: cancel.signal, onProgress: () => cancel.abort() };
    const path = file('log.csv', LOG);
    expect(await failure(importFiles(into, [path], { threads: 1 }, watch))).toBe('cancelled: Cancelled.');
    expect(await count(into, 'events')).toBe(0);
    await importInto(into, [path]);
    expect(await count(into, 'events')).toBe(3);
  });
});

test('any bytes: either an error and nothing kept, or records = stored + quarantined', async () => {
  const into = await opened();
  const line = fc.oneof(
    fc.constantFrom(
      ...LINES,
      '"',
      '"open',
      'a"b,c',
      '',
      '\0',
      '2024-01-02T00:00:00Z,"k\nim",x,1',
      'ü,ü,ü,ü',
      '{"a":1}',
    ),
    fc.string({ maxLength: 30 }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.boolean(), async (lines, header) => {
      const before = await count(into, 'events');
      const held = await count(into, 'quarantine');
      const path = file(`any-${run++}.csv`, `${[...(header ? [HEAD, LINES[0]] : []), ...lines].join('\n')}\n`);
      let stored = 0;
      let quarantined = 0;
      try {
        const [done] = await importInto(into, [path], header ? {} : { map: parseMapOption('actor_id=column_1') });
        expect(done?.rows).toBe((done?.stored ?? 0) + (done?.quarantined ?? 0));
        const known = done?.warnings.some((warning) => /already/iu.test(warning)) ?? false;
        stored = known ? 0 : (done?.stored ?? 0);
        quarantined = known ? 0 : (done?.quarantined ?? 0);
      } catch (error) {
        if (!(error instanceof NightjarError)) throw error;
        expect(['input', 'usage']).toContain(error.code);
      }
      expect(await count(into, 'events')).toBe(before + stored);
      expect(await count(into, 'quarantine')).toBe(held + quarantined);
    }),
    { numRuns: 60 },
  );
}, 60_000);
