import { codedColumns, codes, people } from './codes.ts';
import { from, type Context, type Relation } from './feature.ts';

/** Microseconds of a day and of an hour, as DOUBLE literals. */
const DAY = '864e8';
const HOUR = '36e8';

/**
 * One row per event with dense integers for its names, and what the step before was. All later passes read only
 * this. Events of one actor are ordered by time; equal times by their place in the input or, where that is not known,
 * by action, outcome, address, device and country.
 */
export const steps: Relation = {
  name: 'steps',
  stored: true,
  uses: ({ available }) => [people, ...codedColumns(available).map(codes)],
  sql: (context) =>
    context.scope === 'window' ? coded(context) : `SELECT c.*${before(context)} FROM (${coded(context)}) AS c`,
};

/** Columns of doubles that are kept, each with the largest size that is believed; NaN and beyond are missing. */
const numericColumns = (available: ReadonlySet<string>): readonly (readonly [string, string])[] => [
  ...['amount', 'text_length', 'text_links', 'text_digits', 'text_entropy']
    .filter((column) => available.has(column))
    .map((column) => [column, column === 'amount' ? '1e18' : '9e9'] as const),
  ...[...available]
    .filter((column) => column.startsWith('m_'))
    .sort()
    .map((column) => [column, '1e300'] as const),
];

const bucketColumns = (available: ReadonlySet<string>): readonly string[] =>
  [...available].filter((column) => column.startsWith('b_')).sort();

const coded = (context: Context): string => {
  const { dialect, available, where, windowStart, events: source = 'events' } = context;
  const columns = codedColumns(available);
  const us = dialect.epochMicros('e.ts');
  const selected = [
    'a.code AS actor',
    ...(windowStart === undefined ? [] : [`${windowStart} AS win`]),
    ...(available.has('ts')
      ? [
          `${us} AS us`,
          `CAST(floor(${us} / ${DAY}) AS INTEGER) AS day_index`,
          `CAST(floor(${us} / ${HOUR}) - 24 * floor(${us} / ${DAY}) AS INTEGER) AS hour_of_day`,
        ]
      : ['CAST(NULL AS BIGINT) AS us', 'CAST(NULL AS INTEGER) AS day_index']),
    ...(available.has('seq') ? ['e.seq AS seq'] : []),
    ...(available.has('object_id') ? ['o.code AS object_id'] : []),
    ...columns.map((column, i) => `d${i}.code AS ${dialect.name(column)}`),
    ...(available.has('outcome') ? ["CASE e.outcome WHEN 'failure' THEN 1 WHEN 'success' THEN 0 END AS failed"] : []),
    ...numericColumns(available).map(([column, limit]) => {
      const x = `e.${dialect.name(column)}`;
      return `CASE WHEN abs(${x}) <= ${limit} THEN ${x} END AS ${dialect.name(column)}`;
    }),
    ...bucketColumns(available).map((column) => `e.${dialect.name(column)} AS ${dialect.name(column)}`),
    ...(available.has('text_digest') ? ['e.text_digest AS text_digest'] : []),
  ];
  const joins = [
    `JOIN ${from(people, context)} AS a ON a.id = e.actor_id AND a.is_actor = 1`,
    ...(available.has('object_id') ? [`LEFT JOIN ${from(people, context)} AS o ON o.id = e.object_id`] : []),
    ...columns.map(
      (column, i) => `LEFT JOIN ${from(codes(column), context)} AS d${i} ON d${i}.id = e.${dialect.name(column)}`,
    ),
  ];
  const kept = [
    ...(where === undefined ? [] : [`(${where})`]),
    ...(windowStart === undefined ? [] : ['ts IS NOT NULL']),
  ];
  const events = kept.length === 0 ? source : `(SELECT * FROM ${source} WHERE ${kept.join(' AND ')})`;
  return `SELECT ${selected.join(', ')} FROM ${events} AS e ${joins.join(' ')}`;
};

const before = ({ available }: Context): string => {
  if (!available.has('ts')) return '';
  const ties = ['action', 'outcome', 'ip', 'device_id', 'country'].filter((column) => available.has(column));
  const byContent = ties.map((column) => (column === 'outcome' ? 'failed' : column));
  const order = ['us', ...(available.has('seq') ? ['seq'] : byContent)];
  const window = `PARTITION BY actor ORDER BY ${order.map((column) => `${column} NULLS LAST`).join(', ')}`;
  const previous = ties
    .filter((column) => column !== 'device_id')
    .map((column) => (column === 'outcome' ? 'failed' : column))
    .map((column) => `, lag(${column}) OVER (${window}) AS prev_${column}`);
  const successes = available.has('outcome')
    ? `, sum(CASE WHEN failed = 0 THEN 1 ELSE 0 END) OVER
        (${window} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS successes`
    : '';
  return `, us - lag(us) OVER (${window}) AS gap_us${previous.join('')}${successes}`;
};
