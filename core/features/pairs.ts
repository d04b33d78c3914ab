import { from, keysOf, type Context, type Relation } from './feature.ts';
import { steps } from './steps.ts';

const pairsByColumn = new Map<string, Relation>();

/**
 * One row per actor and value of a column: `value`, `n` events, and per actor, where time is known, `first_day`,
 * `last_day` and `first_day_n`, the events on the first of them; for addresses also outcomes.
 */
const pairs = (column: string): Relation => {
  const known = pairsByColumn.get(column);
  if (known) return known;
  const relation: Relation = {
    name: `${column}_pairs`,
    stored: true,
    uses: () => [steps],
    sql: (context) => (byDay(column, context) ? pairsByDay(column, context) : plainPairs(column, context)),
  };
  pairsByColumn.set(column, relation);
  return relation;
};

const byDay = (column: string, { available, scope }: Context): boolean =>
  scope === 'actor' && available.has('ts') && (column === 'ip' || column === 'device_id');

const hasOutcomes = (column: string, { available, scope }: Context): boolean =>
  scope === 'actor' && column === 'ip' && available.has('outcome');

const plainPairs = (column: string, context: Context): string => {
  const value = context.dialect.name(column);
  const days =
    context.scope === 'actor' && column === 'object_id'
      ? ', min(day_index) AS first_day, max(day_index) AS last_day'
      : '';
  const outcomes = hasOutcomes(column, context) ? `, ${OUTCOMES}` : '';
  return `SELECT ${keysOf(context.scope)}, ${value} AS value, count(*) AS n${days}${outcomes}
    FROM ${from(steps, context)} WHERE ${value} IS NOT NULL GROUP BY ${keysOf(context.scope)}, ${value}`;
};

const OUTCOMES = 'count(CASE WHEN failed = 1 THEN 1 END) AS failures, count(failed) AS outcomes';

const pairsByDay = (column: string, context: Context): string => {
  const value = context.dialect.name(column);
  const outcomes = hasOutcomes(column, context);
  const sums = ['n', ...(outcomes ? ['failures', 'outcomes'] : [])];
  return `SELECT actor, value, ${sums.map((sum) => `CAST(sum(${sum}) AS BIGINT) AS ${sum}`).join(', ')},
      min(day_index) AS first_day, min_by(n, day_index) AS first_day_n
    FROM (SELECT actor, ${value} AS value, day_index, count(*) AS n${outcomes ? `, ${OUTCOMES}` : ''}
      FROM ${from(steps, context)} WHERE ${value} IS NOT NULL GROUP BY actor, ${value}, day_index) AS d
    GROUP BY actor, value`;
};

const reachedByColumn = new Map<string, Relation>();

/**
 * The pairs of a column with what the population does with each value: `actors` who share it, `everyone` who has
 * any; where days are known `joined_day`, the actor's first; for addresses the outcomes of all. Per window: the pairs.
 */
export const reached = (column: string): Relation => {
  const known = reachedByColumn.get(column);
  if (known) return known;
  const relation: Relation = {
    name: `${column}_reached`,
    stored: false,
    uses: () => [pairs(column)],
    sql: (context) => reachedSql(column, context),
  };
  reachedByColumn.set(column, relation);
  return relation;
};

const NEEDS_EVERYONE = /^(user_agent|asn|c_.*)$/;

const reachedSql = (column: string, context: Context): string => {
  const table = from(pairs(column), context);
  if (context.scope === 'window') return `SELECT * FROM ${table}`;
  const outcomes = hasOutcomes(column, context);
  const everyone = NEEDS_EVERYONE.test(column);
  return `SELECT p.*, r.actors${outcomes ? ', r.all_failures, r.all_outcomes' : ''}${
    byDay(column, context) ? ', min(p.first_day) OVER (PARTITION BY p.actor) AS joined_day' : ''
  }${everyone ? ', w.everyone' : ''}
    FROM ${table} AS p JOIN (SELECT value, count(*) AS actors${
      outcomes ? ', sum(failures) AS all_failures, sum(outcomes) AS all_outcomes' : ''
    } FROM ${table} GROUP BY value) AS r ON r.value = p.value${
      everyone ? ` CROSS JOIN (SELECT count(DISTINCT actor) AS everyone FROM ${table}) AS w` : ''
    }`;
};
