import { readFileSync, statSync, writeFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import {
  beginImport,
  createCase,
  failImport,
  finishImport,
  inTransaction,
  insertImports,
  numberColumn,
  openCase,
  readColumns,
  verifyJournal,
  type Case,
  type ImportRecord,
} from '../../core/store/index.ts';
import { casePlace, failure, startChild } from './support.ts';

const record = (name: string): ImportRecord => ({
  name,
  sha256: 'ab'.repeat(32),
  bytes: 2 ** 33,
  rowsRead: 3,
  stored: 2,
  quarantined: 1,
  format: 'csv',
  mapping: { actor_id: 'user' },
  policy: {},
  warnings: ['one'],
});
const entry = (token: string) => ({ pseudonym: token, column: 'actor_id', value: `raw of ${token}` });
const events = (site: Case): string[] => site.journal.entries().map((each) => each.event);
const count = async (site: Case, sql: string): Promise<number | undefined> =>
  numberColumn(await readColumns(site.connection, sql), 'n')[0];

const storeBatch = (site: Case, batchId: string, names: readonly string[]): Promise<void> =>
  inTransaction(site.connection, 'import', async () => {
    await site.connection.run('INSERT INTO events (actor_id) VALUES ($1)', [batchId]);
    site.vault.append(names.map(entry));
    await insertImports(site.connection, batchId, names.map(record), site.vault.flush());
  });

describe('an import', () => {
  test('leaves one row per file and its journal entries', async () => {
    const { directory, keyringPath } = casePlace();
    const site = await createCase(directory, { keyringPath });
    const batchId = beginImport(site, { files: 2 });
    await storeBatch(site, batchId, ['a', 'b']);
    finishImport(site, batchId, { rowsRead: 6 });
    await storeBatch(site, 'second', ['c']);
    const rows = await readColumns(
      site.connection,
      'SELECT ordinal, name, bytes, rows_read, mapping, warnings, batch_id FROM imports ORDER BY ordinal',
    );
    expect(rows.columns.map((column) => [...column])).toEqual([
      [1, 2, 3],
      ['a', 'b', 'c'],
      [2 ** 33, 2 ** 33, 2 ** 33],
      [3, 3, 3],
      Array(3).fill('{"actor_id":"user"}'),
      Array(3).fill('["one"]'),
      [batchId, batchId, 'second'],
    ]);
    expect(
      site.journal
        .entries()
        .slice(1)
        .map(({ event, detail }) => [event, detail]),
    ).toEqual([
      ['import.begin', { files: 2, batch_id: batchId }],
      ['import.done', { rowsRead: 6, batch_id: batchId }],
    ]);
    await site.close();
  });

  test('that fails leaves nothing, in the vault neither', async () => {
    const { directory, keyringPath } = casePlace();
    const site = await createCase(directory, { keyringPath });
    const first = beginImport(site, {});
    await storeBatch(site, first, ['a']);
    finishImport(site, first, {});
    const before = statSync(site.paths.vault).size;
    const batchId = beginImport(site, {});
    const error = await failure(() =>
      inTransaction(site.connection, 'import', async () => {
        await site.connection.run("INSERT INTO events (actor_id) VALUES ('half')");
        site.vault.append([entry('b')]);
        site.vault.flush();
        await site.connection.run("SELECT 'alice'::INTEGER");
      }),
    );
    expect(error.code).toBe('internal');
    expect(statSync(site.paths.vault).size).toBeGreaterThan(before);
    site.vault.append([entry('c')]);
    await failImport(site, batchId, { code: error.code });
    expect(site.vault.flush()).toBe(before);
    expect(await count(site, 'SELECT count(*) AS n FROM events')).toBe(1);
    expect(events(site)).toEqual(['case.created', 'import.begin', 'import.done', 'import.begin', 'import.failed']);
    expect(site.vault.reidentify('b', 'test')).toEqual([]);
    expect(site.vault.reidentify('a', 'test')).toEqual([entry('a')]);
    await site.close();
  });

  test('that was interrupted is resolved at the next opening, once', async () => {
    const { directory, keyringPath } = casePlace();
    const site = await createCase(directory, { keyringPath });
    const committed = beginImport(site, {});
    await storeBatch(site, committed, ['a']);
    const vaultBytes = statSync(site.paths.vault).size;
    const lost = beginImport(site, {});
    site.vault.append([entry('b')]);
    site.vault.flush();
    await site.close();

    const again = await openCase(directory, { keyringPath });
    const recovered = again.journal.entries().filter(({ event }) => event === 'import.recovered');
    expect(recovered.map(({ detail }) => detail)).toEqual([
      { batch_id: committed, result: 'present' },
      { batch_id: lost, result: 'absent' },
    ]);
    expect(statSync(again.paths.vault).size).toBe(vaultBytes);
    await again.close();
    const third = await openCase(directory, { keyringPath });
    expect(events(third).filter((event) => event === 'import.recovered')).toHaveLength(2);
    await third.close();
  });

  test('that a database of an earlier time lacks is missed, and nothing is changed', async () => {
    const { directory, keyringPath } = casePlace();
    const site = await createCase(directory, { keyringPath });
    const add = async (name: string): Promise<void> => {
      const batchId = beginImport(site, {});
      await storeBatch(site, batchId, [name]);
      finishImport(site, batchId, {});
    };
    await add('a');
    await site.connection.run('CHECKPOINT');
    const earlier = readFileSync(site.paths.database);
    await add('b');
    await site.close();
    const [now, vault] = [readFileSync(site.paths.database), readFileSync(site.paths.vault)];

    writeFileSync(site.paths.database, earlier);
    const error = await failure(() => openCase(directory, { keyringPath }));
    expect([error.code, error.message]).toEqual([
      'case-damaged',
      'The database lacks imports that the journal says are done.',
    ]);
    expect(readFileSync(site.paths.vault)).toEqual(vault);

    writeFileSync(site.paths.database, now);
    const again = await openCase(directory, { keyringPath });
    expect(await count(again, 'SELECT count(*) AS n FROM imports')).toBe(2);
    await again.close();
  });

  test('killed at any moment is wholly there or wholly absent', { timeout: 180_000 }, async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    for (let round = 0; round < 6; round++) {
      const child = startChild(['import', directory, keyringPath]);
      expect(await child.nextLine()).toBe('open');
      await new Promise((resolve) => setTimeout(resolve, 20 + 61 * round));
      child.process.kill('SIGKILL');
      await child.exit;

      const site = await openCase(directory, { keyringPath, threads: 1 });
      expect(verifyJournal(directory).ok).toBe(true);
      const per = await readColumns(
        site.connection,
        `SELECT coalesce(i.stored, 0) AS said, count(*) AS n, any_value(e.dataset) AS batch
         FROM events e LEFT JOIN imports i ON i.batch_id = e.dataset GROUP BY e.dataset, i.stored`,
      );
      expect([...numberColumn(per, 'n')]).toEqual([...numberColumn(per, 'said')]);
      expect(await count(site, 'SELECT count(DISTINCT batch_id) AS n FROM imports')).toBe(per.rows);
      const begun = site.journal.entries().filter(({ event }) => event === 'import.begin').length;
      const ended = events(site).filter((event) => /^import\.(done|recovered)$/.test(event)).length;
      expect(ended).toBe(begun);
      const [batch] = per.columns[2] ?? [];
      if (typeof batch === 'string') {
        expect(site.vault.reidentify(batch, 'test')).toEqual([
          { pseudonym: batch, column: 'actor_id', value: `raw-${batch}` },
        ]);
      }
      await site.close();
    }
  });
});
