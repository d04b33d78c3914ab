import type { DuckDBConnection } from '@duckdb/node-api';
import { readColumns, textColumn } from '../store/index.ts';
import { codes } from './codes.ts';
import { ratio } from './expressions.ts';
import { from, type Family, type Feature, type Relation } from './feature.ts';
import { reached } from './pairs.ts';

/** Actions that get a share of their own, the most common first. What is rarer shows in `action_surprise`. */
const MOST_ACTIONS = 12;

/** Actions by how common they are; equally common ones by first appearance, where the input's order is known. */
const ranking = (available: ReadonlySet<string>, where: string | undefined): string => {
  const first = available.has('seq') ? 'min(seq)' : 'CAST(NULL AS BIGINT)';
  const kept = where === undefined ? '' : ` AND (${where})`;
  return `SELECT id, CAST(row_number() OVER (ORDER BY n DESC, first_seq NULLS LAST, id) AS INTEGER) AS place
    FROM (SELECT action AS id, count(*) AS n, ${first} AS first_seq FROM events
      WHERE actor_id IS NOT NULL AND action IS NOT NULL${kept} GROUP BY action) AS g`;
};

/** The place in the ranking of every action's code. */
const places: Relation = {
  name: 'action_places',
  stored: true,
  uses: () => [codes('action')],
  sql: (context) => `SELECT c.code AS action, r.place FROM (${ranking(context.available, context.where)}) AS r
    JOIN ${from(codes('action'), context)} AS c ON c.id = r.id`,
};

/** One row per actor and action: `n` events, and the action's `place`. */
const mix: Relation = {
  name: 'action_mix',
  stored: false,
  uses: () => [reached('action'), places],
  sql: (context) => `SELECT actor, n, place FROM ${from(reached('action'), context)}
    JOIN ${from(places, context)} AS p ON p.action = value`,
};

const slug = (action: string): string =>
  action
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_+|_+$/gu, '')
    .slice(0, 40);

/** One row per actor and action: `n` events, and the text of the action. */
const named: Relation = {
  name: 'actions_named',
  stored: false,
  uses: () => [reached('action'), codes('action')],
  sql: (context) => `SELECT actor, n, id AS action FROM ${from(reached('action'), context)}
    JOIN ${from(codes('action'), context)} AS c ON c.code = value`,
};

/**
 * The share of one action by its text, whatever else a log holds: for SQL that runs elsewhere. Undefined for a text that is
 * not plain: letters, digits and a few signs that need no escape in any engine.
 */
export const actionShare = (action: string): Feature | undefined =>
  /^[A-Za-z0-9_.:/ -]{1,60}$/.test(action)
    ? {
        name: `action_share_${slug(action)}`,
        sentence: `Share of the actor's events that are "${action}".`,
        formula: 'events with this action / events with an action',
        unit: 'share',
        needs: ['action'],
        over: named,
        sql: () => ratio(`sum(CASE WHEN action = '${action}' THEN n ELSE 0 END)`, 'sum(n)'),
        worse: 'both',
      }
    : undefined;

/** The share of each common action. `actions` as `commonActions` gives them; no name of an action gets into the SQL. */
export const actionMix = (actions: readonly string[]): Family => {
  const names = actions.map((action, i) => slug(action) || `${i + 1}`);
  return {
    name: 'action mix',
    title: 'Action mix: the share of each common action',
    features: actions.map((action, i): Feature => {
      const name = names[i] ?? '';
      const unique = names.indexOf(name) === i ? name : `${name}_${i + 1}`;
      return {
        name: `action_share_${unique}`,
        sentence: `Share of the actor's events that are "${action}".`,
        formula: 'events with this action / events with an action',
        unit: 'share',
        needs: ['action'],
        over: mix,
        sql: () => ratio(`sum(CASE WHEN place = ${i + 1} THEN n ELSE 0 END)`, 'sum(n)'),
        worse: 'both',
      };
    }),
  };
};

/** The actions that get a share of their own, most common first; none where there is only one. */
export const commonActions = async (
  connection: DuckDBConnection,
  available: ReadonlySet<string>,
  where: string | undefined,
): Promise<readonly string[]> => {
  if (!available.has('action')) return [];
  const read = await readColumns(
    connection,
    `SELECT id FROM (${ranking(available, where)}) AS r WHERE place <= ${MOST_ACTIONS} ORDER BY place`,
  );
  const actions = textColumn(read, 'id').map((action) => action ?? '');
  return actions.length > 1 ? actions : [];
};
