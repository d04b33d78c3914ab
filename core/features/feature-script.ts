import { actionShare } from './action-mix.ts';
import { families, type CatalogueEntry } from './catalogue.ts';
import { duckdb, spark } from './dialect.ts';
import { planFeatures, type Plan } from './plan.ts';

export type ScriptOptions = {
  readonly engine: 'duckdb' | 'spark';
  /** Table of events in the target, as its SQL names it. */
  readonly events: string;
  /** The table, or in Spark the temporary view, to make. */
  readonly features: string;
  /** Name in the target of an event column, without quotes. */
  readonly fieldOf: (column: string) => string;
  /** Event columns that there are: those of the log's own (`c_…`, `m_…`) have features too. */
  readonly columns: readonly string[];
  /** Actions whose share may be asked for by name. */
  readonly actions: readonly string[];
  /** Actors with fewer events are not in the table. */
  readonly minEvents: number;
};

/** SQL that makes a table of features elsewhere, the event columns it reads, and what it cannot make. */
export type FeatureScript = {
  readonly sql: string;
  readonly reads: readonly string[];
  readonly left: readonly { readonly name: string; readonly reason: string }[];
};

/**
 * A script in the words of another engine that makes a table of these features from a table of events, one row per actor:
 * `actor_id`, then the features. The values are ours on the same events; where events of one actor have the very same time
 * their order in the input is not known there, and content decides instead.
 */
export const featureScript = (names: readonly string[], options: ScriptOptions): FeatureScript => {
  const dialect = options.engine === 'duckdb' ? duckdb : spark;
  const found = names.map((name) => ({ name, entry: entryOf(name, options) }));
  const wanted = found.flatMap(({ entry }) => (typeof entry === 'string' ? [] : [entry]));
  const left = found.flatMap(({ name, entry }) => (typeof entry === 'string' ? [{ name, reason: entry }] : []));
  const counted = names.includes('event_count') ? [] : [entryOf('event_count', options)];
  const entries = [...wanted, ...counted.filter((entry) => typeof entry !== 'string')];
  const needed = new Set(['actor_id', 'ts', ...entries.flatMap(({ feature }) => feature.needs)]);
  const reads = options.columns.filter((column) => needed.has(column));
  const selected = reads.map((column) => `${dialect.name(options.fieldOf(column))} AS ${dialect.name(column)}`);
  const plan = planFeatures(entries, {
    dialect,
    available: new Set(reads),
    scope: 'actor',
    events: `(SELECT ${selected.join(', ')} FROM ${options.events})`,
  });
  const columns = ['actor_id', ...wanted.map(({ feature }) => feature.name)].map(dialect.name).join(', ');
  const result = `SELECT ${columns} FROM (${plan.result}) AS made WHERE event_count >= ${options.minEvents}`;
  return { sql: [...fills(plan, options.engine), make(options, result)].join('\n'), reads, left };
};

/** The feature's record, or why there is none that runs elsewhere. */
const entryOf = (name: string, { columns, actions }: ScriptOptions): CatalogueEntry | string => {
  const share = actions.map(actionShare).filter((feature) => feature?.name === name);
  if (share.length === 1 && share[0] !== undefined) return { family: 'action mix', feature: share[0] };
  if (name.startsWith('action_share_')) return 'the action cannot be named here';
  const available = new Set(columns);
  for (const family of families(available)) {
    const feature = family.features.find((each) => each.name === name);
    if (feature === undefined) continue;
    const missing = feature.needs.find((column) => !available.has(column));
    if (missing !== undefined) return `it reads ${missing}, which this log lacks`;
    const keyed = feature.needs.find((column) => column.startsWith('b_') || column === 'text_digest');
    return keyed === undefined ? { family: family.name, feature } : `it reads ${keyed}, whose values are keyed`;
  }
  return 'the catalogue does not have it';
};

/** Every table is read more than once: Spark would compute a view anew each time, so that it keeps what it has computed. */
const fills = (plan: Plan, engine: ScriptOptions['engine']): readonly string[] =>
  plan.passes.flatMap(({ statements }) =>
    statements.flatMap((s) => {
      if (!('fills' in s)) return [];
      if (engine === 'duckdb') return [`CREATE OR REPLACE TEMP TABLE ${s.fills} AS ${s.sql};`];
      return [`CREATE OR REPLACE TEMPORARY VIEW ${s.fills} AS ${s.sql};`, `CACHE TABLE ${s.fills};`];
    }),
  );

const make = ({ engine, features }: ScriptOptions, result: string): string =>
  `CREATE OR REPLACE ${engine === 'duckdb' ? 'TABLE' : 'TEMPORARY VIEW'} ${features} AS ${result};`;
