/**
 * The exported script of features on Spark, beside our engine on the same events: values that differ by more than 1e-9.
 * `npx tsx test/bench/feature-sql.ts`. Prints Markdown and writes results/feature-sql.json.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { buildFeatures, featureScript } from '../../core/features/index.ts';
import { connect, readFeatures, typeOf } from '../features/events.ts';
import { ROOT } from './harness/options.ts';
import { installPeers, runPython } from './harness/python.ts';
import { figureOf, printFigures, writeResult } from './harness/result.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const EVENTS = join(ROOT, 'test/golden/features-events.csv');
const CLOSE = 1e-9;
const ANSWER = z.object({
  version: z.string(),
  ms: z.number(),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
});
type Cell = string | number | null | undefined;

const isClose = (a: Cell, b: Cell): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(b))
    : (a ?? null) === (b ?? null);

const measure = async (folder: string): Promise<void> => {
  const connection = await connect();
  const columns = readFileSync(EVENTS, 'utf8').split('\n', 1)[0]?.split(',') ?? [];
  const cast = columns.map((column) => `CAST(${column} AS ${typeOf(column)}) AS ${column}`).join(', ');
  await connection.run(`CREATE TABLE events AS SELECT ${cast} FROM read_csv('${EVENTS}', all_varchar = true)`);
  const parquet = join(folder, 'events.parquet');
  await connection.run(`COPY (SELECT epoch_us(ts) AS us, * EXCLUDE (ts) FROM events) TO '${parquet}' (FORMAT parquet)`);
  const startedAt = performance.now();
  const { table } = await buildFeatures(connection, { available: new Set(columns) });
  const ms = performance.now() - startedAt;
  const actions = await connection.runAndReadAll(
    'SELECT action FROM events WHERE action IS NOT NULL GROUP BY 1 ORDER BY 1',
  );
  const { sql, left } = featureScript(table.names, {
    engine: 'spark',
    events: 'events',
    features: 'features',
    fieldOf: (column) => column,
    columns,
    actions: actions.getRows().map(([action]) => String(action)),
    minEvents: 1,
  });
  const script = join(folder, 'features.sql');
  writeFileSync(script, sql);
  const spark = ANSWER.parse(await runPython('feature_sql', { events: parquet, script }));

  const ours = await readFeatures(connection);
  const made = table.names.filter((name) => !left.some((each) => each.name === name));
  const wrong = spark.rows.flatMap((row) =>
    made.filter((name) => !isClose(row[name], ours[String(row['actor_id'])]?.[name])),
  );
  const figures = [
    figureOf('time of all features, both with what starts up', 'ms', [ms], { Spark: [spark.ms] }),
    figureOf('features compared', 'count', [made.length]),
    figureOf('features left out, with a reason', 'count', [left.length]),
    figureOf('actors of ours that Spark has', 'count', [Object.keys(ours).length], { Spark: [spark.rows.length] }),
    figureOf('values that differ by more than 1e-9', 'count', [wrong.length]),
  ];
  printFigures('Features on Spark', figures);
  writeResult('feature-sql', { pyspark: spark.version }, figures, { left, differing: [...new Set(wrong)] });
  connection.closeSync();
};

if ((await installPeers(['pyspark'])).length === 1) await inTemporaryFolder(measure);
