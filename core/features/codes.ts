import type { Relation } from './feature.ts';

/** Columns whose values are compared but never read: they become dense integers in the order of their text. */
const TEXT_COLUMNS = ['action', 'ip', 'device_id', 'session_id', 'user_agent', 'country', 'asn'];

/** The available columns that are replaced by integers, without actor and object. */
export const codedColumns = (available: ReadonlySet<string>): readonly string[] => [
  ...TEXT_COLUMNS.filter((column) => available.has(column)),
  ...[...available].filter((column) => column.startsWith('c_')).sort(),
];

const whereOf = (where: string | undefined): string => (where === undefined ? '' : ` AND (${where})`);

/**
 * Actors and objects in one numbering, actors first: a code up to the number of actors is an actor. In order of first
 * appearance where the input's order is known, so that it does not depend on the key that made the pseudonyms.
 */
export const people: Relation = {
  name: 'people',
  stored: true,
  uses: () => [],
  sql: ({ available, where, events = 'events' }) => {
    const seq = available.has('seq') ? 'seq' : 'CAST(NULL AS BIGINT)';
    const actors = `SELECT actor_id AS id, 1 AS is_actor, ${seq} AS seq FROM ${events}
      WHERE actor_id IS NOT NULL${whereOf(where)}`;
    const objects = `SELECT object_id AS id, 0 AS is_actor, CAST(NULL AS BIGINT) AS seq FROM ${events}
      WHERE actor_id IS NOT NULL AND object_id IS NOT NULL${whereOf(where)}`;
    const everyone = available.has('object_id') ? `${actors} UNION ALL ${objects}` : actors;
    return `SELECT id, is_actor, CAST(row_number() OVER (ORDER BY is_actor DESC, first_seq NULLS LAST, id) AS INTEGER) AS code
      FROM (SELECT id, max(is_actor) AS is_actor, min(seq) AS first_seq FROM (${everyone}) AS e GROUP BY id) AS g`;
  },
};

const codesByColumn = new Map<string, Relation>();

/** The numbering of one column. */
export const codes = (column: string): Relation => {
  const known = codesByColumn.get(column);
  if (known) return known;
  const relation: Relation = {
    name: `codes_${column}`,
    stored: true,
    uses: () => [],
    sql: ({ dialect, where, events = 'events' }) =>
      `SELECT id, CAST(row_number() OVER (ORDER BY id) AS INTEGER) AS code
      FROM (SELECT DISTINCT ${dialect.name(column)} AS id FROM ${events}
        WHERE actor_id IS NOT NULL AND ${dialect.name(column)} IS NOT NULL${whereOf(where)}) AS d`,
  };
  codesByColumn.set(column, relation);
  return relation;
};
