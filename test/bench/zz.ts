/**
 * Accuracy of each detector and the ensemble on labelled parquet tables (`f0…fN`, `label` 0/1), the
 * labels unseen: `npx tsx test/bench/adbench.ts --data DIR [--seeds N]`. Prints Markdown.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { detectActors } from '../../core/detect/index.ts';
import type { FeatureTable } from '../../core/table/index.ts';
import { rocAuc } from '../detect/tables.ts';

/** Average precision: the sum of precision times the gain in recall, over distinct scores. */
const averagePrecision = (scores: Float64Array, label: Uint8Array): number => {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const positives = label.reduce((a, b) => a + b, 0);
  let found = 0;
  let area = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    let hits = 0;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) {
      hits += label[order[to++] ?? 0] ?? 0;
    }
    found += hits;
    area += (hits / positives) * (found / to);
    from = to;
  }
  return area;
};

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/adbench' },
    seeds: { type: 'string', default: '1' },
  },
});
if (!existsSync(options.data)) {
  console.error(`No data at ${options.data}: give a folder of labelled parquet tables by --data.`);
  process.exit(2);
}

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const totals = new Map<string, { roc: number; precision: number }>();
const files = readdirSync(options.data)
  .filter((name) => name.endsWith('.parquet'))
  .sort();
const seeds = Number(options.seeds);
console.log('| set | rows × features | detector | ROC AUC | average precision | s |');
console.log('|---|---|---|---|---|---|');
for (const file of files) {
  const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($1)', [join(options.data, file)]);
  const names = reader.columnNames();
  const columns = reader.getColumns().map((column) => Float64Array.from(column, Number));
  const at = names.indexOf('label');
  const label = Uint8Array.from(columns[at] ?? []);
  const table: FeatureTable = {
    actors: Array.from(label, (_, i) => String(i)),
    events: new Float64Array(label.length).fill(1),
    names: names.filter((_, j) => j !== at),
    columns: columns.filter((_, j) => j !== at),
  };
  const sums = new Map<string, { roc: number; precision: number }>();
  const started = performance.now();
  for (let seed = 1; seed <= seeds; seed++) {
    const detection = await detectActors(table, { seed, minEvents: 1 });
    for (const { name, score } of [
      ...detection.parts,
      { name: 'ensemble', score: detection.score },
      ...[1, 0.8, 0.65, 0.35].map((w) => ({
        name: 'w' + w,
        score: detection.parts[0]!.tailRank.map((x, i) => x + w * detection.parts[1]!.tailRank[i]!),
      })),
    ]) {
      for (const group of [sums, totals]) {
        const sum = group.get(name) ?? { roc: 0, precision: 0 };
        group.set(name, {
          roc: sum.roc + rocAuc(score, label) / seeds,
          precision: sum.precision + averagePrecision(score, label) / seeds,
        });
      }
    }
  }
  const seconds = ((performance.now() - started) / 1000 / seeds).toFixed(1);
  for (const [name, { roc, precision }] of sums) {
    const size = `${label.length} × ${table.names.length}`;
    console.log(`| ${file} | ${size} | ${name} | ${roc.toFixed(3)} | ${precision.toFixed(3)} | ${seconds} |`);
  }
}
for (const [name, { roc, precision }] of totals) {
  const n = files.length;
  console.log(`| mean of ${n} | | ${name} | ${(roc / n).toFixed(4)} | ${(precision / n).toFixed(4)} | |`);
}
