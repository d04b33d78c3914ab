import { createRequire, isBuiltin } from 'node:module';
import { z } from 'zod';
import type { EventRule, Hit } from '../../../../core/rules/schema.ts';
import { COLUMNS } from './arbitraries.ts';
import { sortHits, type Event, type Features } from './oracle.ts';

type Database = {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: readonly unknown[]): unknown; all(): readonly unknown[] };
};
const ROW = z.looseObject({ rule: z.string(), at: z.number() });
const TYPES = { VARCHAR: 'TEXT', DOUBLE: 'REAL', BIGINT: 'INTEGER' } as const;

/** Node has it from version 22.13 on. */
export const hasSqlite = isBuiltin('node:sqlite');

/** The hits that a query gives in SQLite over these rows. */
export const hitsInSqlite = (
  rule: EventRule,
  query: string,
  events: readonly Event[],
  features: Features,
): readonly Hit[] => {
  const { DatabaseSync }: { DatabaseSync: new (path: string) => Database } = createRequire(import.meta.url)(
    'node:sqlite',
  );
  const database = new DatabaseSync(':memory:');
  const declared = COLUMNS.map(([name, type]) => `"${name}" ${TYPES[type]}`).join(', ');
  database.exec(`CREATE TABLE events (ts INTEGER, ${declared})`);
  const insert = database.prepare(`INSERT INTO events VALUES (${['ts', ...COLUMNS].map(() => '?').join(', ')})`);
  for (const row of events) insert.run(row.ts, ...COLUMNS.map(([name]) => row[name] ?? null));
  database.exec('CREATE TABLE features (actor_id TEXT, events_per_day REAL, night_share REAL)');
  const actor = database.prepare('INSERT INTO features VALUES (?, ?, ?)');
  for (const [id, of] of Object.entries(features))
    actor.run(id, of['events_per_day'] ?? null, of['night_share'] ?? null);
  const rows = database
    .prepare(query)
    .all()
    .map((row) => ROW.parse(row));
  return sortHits(
    rows.map((row) => ({ rule: row.rule, group: rule.groupBy.map((name) => String(row[name])), at: row.at })),
  );
};
