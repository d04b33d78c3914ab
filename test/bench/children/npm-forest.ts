/** Times npm `isolation-forest` on the first rows of a file of float32 rows: it builds every tree from all rows it gets. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const INPUT = z.object({ values: z.string(), rows: z.int(), columns: z.int(), trees: z.int() });
const { values, rows, columns, trees } = INPUT.parse(JSON.parse(process.argv[2] ?? ''));

type Row = Readonly<Record<string, number>>;
type Forest = { fit(rows: readonly Row[]): unknown; predict(rows: readonly Row[]): number[] };
// The package ships no types that a strict project can read.
const name = 'isolation-forest';
const { IsolationForest }: { IsolationForest: new (trees: number, sampleSize: number) => Forest } = await import(name);

const bytes = readFileSync(values);
const table = Array.from({ length: rows }, (_, i) =>
  Object.fromEntries(Array.from({ length: columns }, (_, j) => [`f${j}`, bytes.readFloatLE(4 * (i * columns + j))])),
);
const forest = new IsolationForest(trees, 256);
const startedAt = performance.now();
forest.fit(table);
const fittedAt = performance.now();
forest.predict(table);
console.log(JSON.stringify({ fitMs: fittedAt - startedAt, scoreMs: performance.now() - fittedAt }));
