import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteName } from '../database.ts';
import { readColumns, textColumn } from '../read-columns.ts';
import { readReleaseColumns } from '../release-columns.ts';

/** Which of these words (letters and digits) are values of a column of identities in the case, capitals and small letters alike; in small letters. */
export const readPseudonymsAmong = async (
  connection: DuckDBConnection,
  words: Iterable<string>,
): Promise<ReadonlySet<string>> => {
  const asked = [...new Set([...words].map((word) => word.toLowerCase()))].filter((word) => /^[a-z0-9]+$/u.test(word));
  if (asked.length === 0) return new Set();
  const identities = (await readReleaseColumns(connection, 'events')).filter(
    ({ use, type }) => use === 'identity' && type === 'text',
  );
  const sources = [
    ...identities.map(({ sqlName }) => `SELECT lower(${quoteName(sqlName)}) AS word FROM events`),
    'SELECT lower(actor_id) AS word FROM queue',
  ];
  const read = await readColumns(
    connection,
    `WITH asked AS MATERIALIZED (SELECT unnest(string_split($1, ' ')) AS word)
     SELECT DISTINCT word FROM (${sources
       .map((source) => `SELECT word FROM (${source}) WHERE word IN (SELECT word FROM asked)`)
       .join(' UNION ALL ')})`,
    [asked.join(' ')],
  );
  return new Set(textColumn(read, 'word').map((word) => word ?? ''));
};
