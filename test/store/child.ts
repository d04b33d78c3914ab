/** What tests run in a process of its own: `child.ts TASK DIRECTORY KEYRING`. Answers with one line per step. */
import { once } from 'node:events';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { NightjarError } from '../../core/api/errors.ts';
import {
  beginImport,
  createCase,
  createTemporaryCase,
  finishImport,
  insertImports,
  inTransaction,
  openCase,
  readManifest,
  type Case,
} from '../../core/store/index.ts';
import { openJournal } from '../../core/store/journal.ts';
import { acquireLock } from '../../core/store/lock.ts';

const [task = '', directory = '', keyringPath = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const options = { keyringPath, program: 'child', threads: 1 };

const untilTold = async (): Promise<void> => void (await once(process.stdin, 'data'));

const importOnce = async (site: Case, rows: number): Promise<void> => {
  const batchId = beginImport(site, {});
  await inTransaction(site.connection, 'import', async () => {
    await site.connection.run(
      `INSERT INTO events (actor_id, dataset) SELECT md5(range::VARCHAR), $1 FROM range(${rows})`,
      [batchId],
    );
    site.vault.append([{ pseudonym: batchId, column: 'actor_id', value: `raw-${batchId}` }]);
    const record = { name: 'a', sha256: '', bytes: 1, format: 'csv', mapping: {}, policy: {}, warnings: [] };
    const counts = { rowsRead: rows, stored: rows, quarantined: 0 };
    await insertImports(site.connection, batchId, [{ ...record, ...counts }], site.vault.flush());
  });
  finishImport(site, batchId, {});
};

const tasks: Record<string, () => Promise<void>> = {
  /** Opens the case and holds it until it is told to close. */
  hold: async () => {
    const held = await openCase(directory, { ...options, create: 'if-missing' });
    say('open');
    await untilTold();
    await held.close();
    say('closed');
  },
  /** Takes and releases the lock over and over; two holders at once would see each other's mark. */
  contend: async () => {
    say('ready');
    await untilTold();
    let wins = 0;
    const deadline = Date.now() + 1500;
    while (Date.now() < deadline) {
      try {
        const lock = acquireLock(join(directory, 'lock'), 'child');
        const mark = join(directory, 'mark');
        if (existsSync(mark)) say('both');
        const fd = openSync(mark, 'wx');
        wins++;
        closeSync(fd);
        rmSync(mark);
        lock.release();
      } catch (error) {
        if (!(error instanceof NightjarError) || error.code !== 'case-locked') throw error;
      }
    }
    say(`wins ${wins}`);
  },
  /** Tries to take a stale lock once and holds it. */
  takeover: async () => {
    say('ready');
    await untilTold();
    try {
      acquireLock(join(directory, 'lock'), 'child');
      say('won');
    } catch (error) {
      say(error instanceof NightjarError ? error.code : String(error));
    }
    await untilTold();
  },
  /** Imports until it is killed. */
  import: async () => {
    const site = await openCase(directory, options);
    say('open');
    for (;;) await importOnce(site, 20_000);
  },
  /** Creates a case and imports until the disk is full. */
  fill: async () => {
    try {
      const site = await openCase(directory, { ...options, create: 'if-missing' });
      say('open');
      for (;;) await importOnce(site, 200_000);
    } catch (error) {
      say(error instanceof NightjarError ? error.code : String(error));
      process.exit(0);
    }
  },
  /** Appends to the journal alone, whose file may not grow. */
  journal: async () => {
    const holder = { current: readManifest(directory) };
    const journal = openJournal(directory, holder);
    try {
      for (;;) journal.append('note', { text: 'y'.repeat(1000) });
    } catch (error) {
      say(error instanceof NightjarError ? error.code : String(error));
    }
    say(`entries ${journal.entries().length}`);
  },
  /** Leaves a temporary case open and exits. */
  temporary: async () => {
    const temporary = await createTemporaryCase(options);
    say(temporary.directory);
    await untilTold();
    process.exit(0);
  },
  create: async () => {
    say('ready');
    await untilTold();
    try {
      await createCase(directory, options);
      say('won');
    } catch (error) {
      say(error instanceof NightjarError ? error.code : String(error));
    }
    await untilTold();
  },
};

await tasks[task]?.();
process.exit(0);
