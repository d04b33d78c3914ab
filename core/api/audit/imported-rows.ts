import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { importFiles } from '../../ingest/index.ts';
import { madeUpRows, type Person } from '../../release/audit/index.ts';
import type { KeyColumn, ReleaseQuery, ReleaseRows } from '../../release/index.ts';
import { createTemporaryCase } from '../../store/index.ts';
import { readReleaseRows } from '../../store/release-rows.ts';
import { NightjarError } from '../errors.ts';

/** Readings of one imported log: what numbers the database gives to actors differs between them. */
const READINGS = 8;

/**
 * Made-up people as a log file, imported into a temporary case by the importer and read back as a release reads them, a few
 * times. For queries over columns of the event schema that a CSV file can name as they are.
 */
export const importedRows = async (query: ReleaseQuery, people: readonly Person[]): Promise<readonly ReleaseRows[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-audit-'));
  const into = await createTemporaryCase({ program: 'nightjar audit', threads: 1 });
  try {
    const log = join(directory, 'log.csv');
    const rows = madeUpRows(query, people);
    writeFileSync(log, csvOf(query, rows), { mode: 0o600 });
    await importFiles(into, [log], { threads: 1 }, {});
    const readings: ReleaseRows[] = [];
    for (let i = 0; i < READINGS; i++) readings.push(await readReleaseRows(into.connection, query));
    if (readings.some(({ actor }) => actor.length !== rows.actor.length)) {
      throw new NightjarError('internal', 'The made-up log of an audit was not imported whole.');
    }
    return readings;
  } finally {
    await into.close();
    rmSync(directory, { recursive: true, force: true });
  }
};

const csvOf = ({ by, measure }: ReleaseQuery, { actor, keys, value }: ReleaseRows): string => {
  const measured = 'column' in measure ? [measure.column] : [];
  const lines = [['time', 'user', 'action', ...by.map(({ column }) => column), ...measured].join(',')];
  actor.forEach((who, row) => {
    const at = new Date(Date.UTC(2024, 0, 1) + 60_000 * row).toISOString();
    const amount = value?.[row];
    const cells = [
      ...keys.map((column) => keyText(column, row)),
      ...(amount === undefined ? [] : [numberText(amount)]),
    ];
    lines.push([at, `person-${who}@example.org`, 'view', ...cells].join(','));
  });
  return `${lines.join('\n')}\n`;
};

const keyText = (column: KeyColumn, row: number): string => {
  if (column instanceof Float64Array) return numberText(column[row] ?? Number.NaN);
  return column.levels[column.codes[row] ?? -1] ?? '';
};

const numberText = (x: number): string => (Number.isNaN(x) ? '' : String(x));
