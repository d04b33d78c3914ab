import type { DuckDBConnection } from '@duckdb/node-api';

import { CATEGORY_PREFIX, MEASURE_PREFIX } from '../ingest/schema.ts';
import type { ReleaseColumn, ReleaseSource } from '../release/schema.ts';
import { readColumns, textColumn } from './read-columns.ts';

/** A column with the SQL name it has in its table. */
export type StoredColumn = ReleaseColumn & { readonly sqlName: string };

/**
 * The columns of a source, with what a release may do with them. A release promises something about the actor, so a column
 * is open only if a row's value says nothing of other actors' rows, and names nobody:
 * - identity: pseudonyms, signatures, digests and buckets. They would carry persons, or links between cases, out.
 * - of-others: values made from what other actors did (how popular, how rare, shared with whom), or numbered by how common
 *   they are. One actor more or less would change the rows of others, and no bound on an actor's own rows covers that.
 * - internal: places in the input.
 */
export const readReleaseColumns = async (
  connection: DuckDBConnection,
  source: ReleaseSource,
): Promise<readonly StoredColumn[]> => {
  const table = source === 'events' ? 'events' : 'run_features';
  const listed = await readColumns(
    connection,
    'SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $1 AND NOT internal ORDER BY column_index',
    [table],
  );
  const types = textColumn(listed, 'data_type');
  const names = textColumn(listed, 'column_name').map((name) => name ?? '');
  if (source === 'actors') {
    const levels = await readLevelColumns(connection);
    return names.map((name) => actorColumn(name, levels));
  }
  const pseudonymised = await readPseudonymised(connection);
  return names.map((name, i): StoredColumn => {
    const type = types[i] === 'VARCHAR' ? 'text' : types[i] === 'TIMESTAMP' ? 'time' : 'number';
    return { name, sqlName: name, type, use: pseudonymised.has(name) ? 'identity' : useOfEventColumn(name) };
  });
};

/** Open whatever a policy says; `ip` and `user_agent` are so only where every import generalised or kept them. */
const OPEN: ReadonlySet<string> = new Set(
  [
    'ts action object_type ip user_agent country asn outcome amount dataset',
    'text_length text_links text_digits text_upper text_entropy',
  ].flatMap((names) => names.split(' ')),
);

const useOfEventColumn = (name: string): ReleaseColumn['use'] => {
  if (name === 'seq') return 'internal';
  return OPEN.has(name) || name.startsWith(MEASURE_PREFIX) || name.startsWith(CATEGORY_PREFIX) ? 'open' : 'identity';
};

/** Columns that hold tokens, by what each import wrote down of its encoding; those nobody wrote of count as such. */
const readPseudonymised = async (connection: DuckDBConnection): Promise<ReadonlySet<string>> => {
  const imports = await readColumns(connection, "SELECT policy FROM imports WHERE coalesce(format, '') <> 'entities'");
  const found = new Set<string>();
  const known = new Set<string>();
  for (const text of textColumn(imports, 'policy')) {
    const policy: unknown = JSON.parse(text ?? '{}');
    if (typeof policy !== 'object' || policy === null) continue;
    for (const [column, encode] of Object.entries(policy)) {
      known.add(column);
      if (typeof encode !== 'string' || TOKENS.test(encode)) found.add(column);
    }
  }
  for (const column of ['ip', 'user_agent']) if (!known.has(column)) found.add(column);
  return found;
};

/** An encoding that makes tokens, or keeps the prefixes of addresses. */
const TOKENS = /"to":"(?:token|prefix)"/;

/** Names of categories of a ready table: their numbers are ranks among all rows. */
const readLevelColumns = async (connection: DuckDBConnection): Promise<ReadonlySet<string>> => {
  const runs = await readColumns(
    connection,
    "SELECT manifest FROM runs WHERE kind = 'detect' ORDER BY ordinal DESC LIMIT 1",
  );
  const manifest: unknown = JSON.parse(textColumn(runs, 'manifest')[0] ?? '{}');
  if (typeof manifest !== 'object' || manifest === null || !('dictionary' in manifest)) return new Set();
  const words: readonly unknown[] = Array.isArray(manifest.dictionary) ? manifest.dictionary : [];
  return new Set(
    words.flatMap((entry) =>
      typeof entry === 'object' && entry !== null && 'unit' in entry && 'name' in entry && entry.unit === 'level'
        ? [String(entry.name)]
        : [],
    ),
  );
};

const actorColumn = (sqlName: string, levels: ReadonlySet<string>): StoredColumn => {
  const own = OWN.exec(sqlName)?.[1];
  const name = own === undefined ? sqlName : Buffer.from(own, 'hex').toString();
  if (name === 'actor_id' && own === undefined) return { name, sqlName, type: 'text', use: 'identity' };
  const isOpen = own === undefined ? isOfTheActor(name) : !levels.has(name);
  return {
    name,
    sqlName,
    type: 'number',
    use: name === 'position' && own === undefined ? 'internal' : isOpen ? 'open' : 'of-others',
  };
};

/** A column of somebody's own table, by its name's bytes. */
const OWN = /^own:([0-9a-f]*)$/;

/** Features of an actor's own events alone; a test holds each against the same log without some other actor. */
const OF_THE_ACTOR: ReadonlySet<string> = new Set(
  [
    'events event_count active_days events_per_active_day peak_hour_events',
    'gap_median_s gap_burstiness gap_dispersion gap_short_share gap_modal_share',
    'hour_entropy night_share weekend_share session_count session_minutes_mean busiest_day_hours',
    'object_count object_ratio object_entropy object_return_share',
    'failure_share failure_streak recovery_share',
    'amount_sum amount_median amount_max amount_dispersion amount_round_share amount_repeat_share',
    'ip_switch_share country_hop_share text_repeat_share',
    'action_count action_entropy action_top_share bigram_entropy bigram_top_share',
  ].flatMap((names) => names.split(' ')),
);

const isOfTheActor = (name: string): boolean =>
  OF_THE_ACTOR.has(name) || /^m_.*_(?:median|max|spread)$/.test(name) || /^c_.*_count$/.test(name);
