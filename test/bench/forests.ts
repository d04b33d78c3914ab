/**
 * Accuracy of each forest variant on labelled parquet tables (`label` 0/1), labels unseen, beside its isotree twin with the
 * same trees, rows per tree and depth, table by table.
 * `npx tsx test/bench/forests.ts [--data DIR --seeds N --rows N]`
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { applyScaler, fitScaler } from '../../core/detect/index.ts';
import { listed, type ListedDetector } from '../../core/detect/detector.ts';
import * as forests from '../../core/detect/forests/index.ts';
import { isolationForest } from '../../core/detect/isolation-forest/index.ts';
import { averagePrecision } from '../../core/evaluate/average-precision.ts';
import { rocAuc } from '../../core/evaluate/roc-auc.ts';
import { tieGroups } from '../../core/evaluate/tie-groups.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { FeatureTable } from '../../core/table/index.ts';
import { benchOptions, hasData } from './harness/options.ts';
import { installPeers, runPython, versionsOf, type PythonPeer } from './harness/python.ts';
import { figureOf, printTable, writeResult } from './harness/result.ts';
import { mean } from './harness/statistics.ts';
import { wilcoxon } from './harness/wilcoxon.ts';

const PYTHON: readonly PythonPeer[] = ['pandas', 'scikit-learn', 'pyarrow', 'isotree'];

const base = { sample_size: 256, max_depth: 8, ndim: 1 };
const TWINS: readonly (readonly [ListedDetector, Readonly<Record<string, unknown>> | undefined])[] = [
  [listed(isolationForest), { ...base, ntrees: 400 }],
  [listed(forests.extendedForest), { ...base, ntrees: 400, ndim: 2 }],
  [listed(forests.sciForest), { ...base, ntrees: 100, ndim: 2, ntry: 10, prob_pick_avg_gain: 1, max_depth: 16 }],
  [
    listed(forests.fairCutForest),
    { ...base, ntrees: 200, ndim: 2, sample_size: 1024, max_depth: null, ntry: 1, prob_pick_pooled_gain: 1 },
  ],
  [listed(forests.pooledGainForest), { ...base, ntrees: 400, prob_pick_pooled_gain: 0.75 }],
  [
    listed(forests.densityForest),
    { ...base, ntrees: 200, ndim: 2, prob_pick_pooled_gain: 0.75, scoring_metric: 'density' },
  ],
];

type Outcome = { readonly rocAuc: readonly number[]; readonly averagePrecision: readonly number[] };
const OUTCOMES = z.record(z.string(), z.object({ rocAuc: z.array(z.number()), averagePrecision: z.array(z.number()) }));
type Row = { readonly ours: Readonly<Record<string, Outcome>>; readonly peers: Readonly<Record<string, Outcome>> };

const { data, numbers } = benchOptions({ seeds: 3, rows: 60_000 });
const root = existsSync(join(data, 'adbench')) ? join(data, 'adbench') : data;
const seeds = Array.from({ length: numbers.seeds }, (_, i) => i + 1);

const measure = async (file: string, table: FeatureTable, label: Uint8Array, python: boolean): Promise<Row> => {
  const { matrix } = applyScaler(fitScaler(table, 'linear'), table);
  const ours: Record<string, Outcome> = {};
  for (const [detector] of TWINS) {
    const roc: number[] = [];
    const precision: number[] = [];
    for (const seed of seeds) {
      const fitted = await detector.fit(matrix, seededRandom(seed), {});
      const scores = await fitted.score(matrix, {});
      const groups = tieGroups(scores, label);
      roc.push(rocAuc(groups));
      precision.push(averagePrecision(groups));
    }
    ours[detector.name] = { rocAuc: roc, averagePrecision: precision };
  }
  const twins = Object.fromEntries(TWINS.flatMap(([{ name }, twin]) => (twin === undefined ? [] : [[name, twin]])));
  const peers = python ? OUTCOMES.parse(await runPython('forests', { file, seeds, twins })) : {};
  return { ours, peers };
};

if (hasData(root)) {
  const python = (await installPeers(PYTHON)).length === PYTHON.length;
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows: Row[] = [];
  for (const name of readdirSync(root).filter((each) => each.endsWith('.parquet'))) {
    const file = join(root, name);
    const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($1)', [file]);
    const names = reader.columnNames();
    const columns = reader.getColumns().map((column) => Float64Array.from(column, Number));
    const at = names.indexOf('label');
    const label = Uint8Array.from(columns[at] ?? []);
    if (label.length > numbers.rows) continue;
    const table: FeatureTable = {
      actors: Array.from(label, (_, i) => String(i)),
      events: new Float64Array(label.length).fill(1),
      names: names.filter((_, j) => j !== at),
      columns: columns.filter((_, j) => j !== at),
    };
    rows.push(await measure(file, table, label, python));
    console.error(name);
  }
  const METRICS = ['rocAuc', 'averagePrecision'] as const;
  const figures = TWINS.flatMap(([{ name }]) =>
    METRICS.map((metric) => {
      const bySeed = (side: 'ours' | 'peers'): number[] =>
        seeds.map((_, s) => mean(rows.map((row) => row[side][name]?.[metric][s] ?? Number.NaN)));
      const twin = rows[0]?.peers[name] === undefined ? {} : { isotree: bySeed('peers') };
      return figureOf(`${name}, ${rows.length} tables`, metric, bySeed('ours'), twin, mean);
    }),
  );
  const three = (value: number): string => value.toFixed(3);
  printTable(
    `Mean over ${rows.length} tables and ${seeds.length} seeds: ROC AUC / average precision`,
    ['forest', 'nightjar', 'isotree', 'difference in ROC AUC', 'its standard error', 'Wilcoxon p'],
    TWINS.map(([{ name }]) => {
      const of = (side: 'ours' | 'peers', metric: (typeof METRICS)[number]): number[] =>
        rows.map((row) => mean(row[side][name]?.[metric] ?? []));
      const pair = (side: 'ours' | 'peers'): string =>
        `${three(mean(of(side, 'rocAuc')))} / ${three(mean(of(side, 'averagePrecision')))}`;
      if (rows[0]?.peers[name] === undefined) return [name, pair('ours'), '', '', '', ''];
      const theirs = of('peers', 'rocAuc');
      const differences = of('ours', 'rocAuc').map((value, i) => value - (theirs[i] ?? Number.NaN));
      const middle = mean(differences);
      const spread = Math.sqrt(mean(differences.map((each) => (each - middle) ** 2)) / (differences.length - 1));
      return [name, pair('ours'), pair('peers'), three(middle), three(spread), three(wilcoxon(differences))];
    }),
  );
  writeResult('forests', python ? versionsOf(PYTHON) : {}, figures, { seeds, tables: rows.length });
}
