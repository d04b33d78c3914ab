import fc from 'fast-check';
import type { Hit, Rule } from '../../../core/rules/schema.ts';
import { actorRule, COLUMNS, eventRule, events, features } from '../../rules/export/sql/arbitraries.ts';
import { oracle, type Event, type Features } from '../../rules/export/sql/oracle.ts';
import type { Log } from './generated-log.ts';

export type Case = { readonly log: Log; readonly rule: Rule; readonly expected: readonly Hit[] };

/**
 * Random rules over few events each, at the edges: bursts across an hour, equal timestamps, times before 1970, windows to the
 * microsecond, missing values, NaN, infinities, hostile texts; with the hits that docs/rules.md says.
 */
export const boundaryCases = (count: number, nowMicros: number): readonly Case[] => {
  const cases = fc.tuple(
    fc.oneof({ weight: 9, arbitrary: eventRule }, { weight: 1, arbitrary: actorRule }),
    events,
    features,
  );
  return fc.sample(cases, { seed: 7, numRuns: count }).map(([rule, rows, of], k) => ({
    log: logOf(`edge${k}`, rows, of),
    rule,
    expected: oracle(rule, rows, of, nowMicros),
  }));
};

const logOf = (name: string, rows: readonly Event[], features: Features): Log => {
  const actors = Object.keys(features);
  const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
  return {
    name,
    types: COLUMNS,
    events: {
      length: rows.length,
      ts: Float64Array.from(rows, ({ ts }) => ts ?? Number.NaN),
      columns: new Map(
        COLUMNS.map(([column, type]) => [
          column,
          type === 'VARCHAR'
            ? rows.map((row) => (typeof row[column] === 'string' ? row[column] : null))
            : Float64Array.from(rows, (row) => number(row[column])),
        ]),
      ),
    },
    features: {
      actors,
      columns: new Map(
        ['events_per_day', 'night_share'].map((feature) => [
          feature,
          Float64Array.from(actors, (actor) => number(features[actor]?.[feature])),
        ]),
      ),
    },
  };
};
