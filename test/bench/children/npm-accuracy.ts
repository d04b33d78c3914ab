/** Scores of npm `isolation-forest` on a labelled parquet table; it has no seed, so repeats stand for seeds. */
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { evaluateRanking } from '../../../core/evaluate/index.ts';
import { median } from '../harness/statistics.ts';

const { file, seeds } = z.object({ file: z.string(), seeds: z.int() }).parse(JSON.parse(process.argv[2] ?? ''));

type Row = Readonly<Record<string, number>>;
type Forest = { fit(rows: readonly Row[]): unknown; predict(rows: readonly Row[]): number[] };
// The package ships no types that a strict project can read.
const name = 'isolation-forest';
const { IsolationForest }: { IsolationForest: new (trees: number, sampleSize: number) => Forest } = await import(name);

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($1)', [file]);
const rows = reader
  .getRowObjects()
  .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)])));
const labels = Uint8Array.from(rows, ({ label }) => label ?? 0);
const features = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'label')));
const [roc, precision, times]: [number[], number[], number[]] = [[], [], []];
for (let repeat = 0; repeat < seeds; repeat++) {
  const startedAt = performance.now();
  const forest = new IsolationForest(100, 256);
  forest.fit(features);
  const scores = Float64Array.from(forest.predict(features));
  times.push(performance.now() - startedAt);
  const metrics = evaluateRanking(scores, labels);
  roc.push(metrics.rocAuc);
  precision.push(metrics.averagePrecision);
}
console.log(JSON.stringify({ rocAuc: roc, averagePrecision: precision, ms: median(times) }));
