import type { DuckDBConnection } from '@duckdb/node-api';
import { NightjarError } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';
import { describeFeature, selectFeatures } from './catalogue.ts';
import { duckdb } from './dialect.ts';
import { planFeatures } from './plan.ts';
import { columnsPresent } from './prepare.ts';
import { runPlan } from './run-plan.ts';
import type { FeatureInfo } from './schema.ts';
import { parseWindow, windowStartSql } from './window.ts';

export type WindowOptions = {
  /** Columns of table `events` that carry data. */
  readonly available: ReadonlySet<string>;
  /** Such as `1 hour`, `15 minutes`, `1 day`, `1 week`. */
  readonly window: string;
  /** Names of features to compute; absent for all that make sense per window. */
  readonly features?: readonly string[];
};

/**
 * Computes the windowed features per actor × window into table `feature_windows(actor_id, window_start, …)`, ordered
 * by both; windows without events have no row. Returns the number of rows and the features in column order.
 * Throws `usage` for a window or feature that does not exist, `input` without time, and as `buildFeatures`.
 */
export const buildWindowFeatures = async (
  connection: DuckDBConnection,
  { available, window, features }: WindowOptions,
  watch: Watch = {},
): Promise<{ readonly rows: number; readonly dictionary: readonly FeatureInfo[] }> => {
  const width = parseWindow(window);
  const columns = await columnsPresent(connection, available);
  if (!columns.has('ts')) {
    throw new NightjarError('input', 'Windows need events with a time.', {
      where: 'ts',
      next: 'Map the column that says when it happened to ts.',
    });
  }
  const possible = selectFeatures(columns).kept.filter(({ feature }) => feature.windowed);
  const unknown = features?.find((name) => !possible.some(({ feature }) => feature.name === name));
  if (unknown !== undefined) {
    throw new NightjarError('usage', 'No such feature per window for these columns.', {
      where: unknown,
      next: `Choose among ${possible.map(({ feature }) => feature.name).join(', ')}.`,
    });
  }
  const entries = possible.filter(({ feature }) => features?.includes(feature.name) ?? true);
  const plan = planFeatures(entries, {
    dialect: duckdb,
    available: columns,
    scope: 'window',
    windowStart: windowStartSql(duckdb.epochMicros('e.ts'), width),
  });
  await runPlan(connection, plan, 'feature_windows', watch);
  const counted = await connection.runAndReadAll('SELECT CAST(count(*) AS DOUBLE) FROM feature_windows');
  return { rows: Number(counted.getRows()[0]?.[0]), dictionary: entries.map(describeFeature) };
};
