/**
 * Whether a promised false-discovery rate is kept: `npx tsx test/bench/calibration.ts [--data DIR] [--replicates N]
 * [--ensemble N]`. Replicates are synthetic and, where there is a folder of labelled parquet tables (`f0…fN`, `label`
 * 0/1), resampled from these, as many of each. Scores come from the standard isolation forest fitted on
 * the contaminated pool, and for `--ensemble` replicates from the default ensemble. Prints Markdown, writes
 * `test/bench/results/calibration.json`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { detectActors } from '../../core/detect/index.ts';
import { realisedFalseDiscovery } from '../../core/evaluate/calibration.ts';
import { seededRandom } from '../../core/random/index.ts';
import { calibrateAll, forestScores, type Calibrated } from './calibration/methods.ts';
import { CONTAMINATIONS, resampledReplicate, syntheticReplicate, type Replicate } from './calibration/replicates.ts';
import { benchOptions } from './harness/options.ts';
import { printTable, writeResult, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';

const TARGETS = [0.05, 0.1, 0.2] as const;
/** One-sided 95 %: of settings that just keep their target, one in twenty is called broken. */
const Z = 1.645;

type Outcome = {
  readonly source: string;
  readonly scores: string;
  readonly method: string;
  readonly setting: string;
  readonly contamination: number;
  readonly target: number;
  readonly rate: number;
  readonly power: number;
  readonly passed: number;
  readonly identifiable: boolean;
  /** Whether the share of benign rows among the passed lies in the curve's interval; undefined without one. */
  readonly covered: boolean | undefined;
};

const { data, numbers } = benchOptions({ replicates: 200, ensemble: 200, seed: 1 });
const outcomes: Outcome[] = [];

const judge = (
  source: string,
  scores: string,
  { setting, contamination, labels }: Replicate,
  done: Calibrated,
): void => {
  for (const target of TARGETS) {
    const { rate, power, passed, benign } = realisedFalseDiscovery(done.qValue, labels, target);
    const { curve } = done;
    const covered =
      curve === undefined || passed === 0
        ? undefined
        : benign >= passed * (curve.low[passed - 1] ?? 0) - 1e-9 &&
          benign <= passed * (curve.high[passed - 1] ?? 1) + 1e-9;
    const { method, identifiable } = done;
    outcomes.push({
      source,
      scores,
      method,
      setting,
      contamination,
      target,
      rate,
      power,
      passed,
      identifiable,
      covered,
    });
  }
};

const study = async (
  source: string,
  make: (contamination: number, k: number) => Replicate | undefined,
): Promise<void> => {
  const started = performance.now();
  for (let k = 0; k < numbers.replicates; k++) {
    const replicate = make(CONTAMINATIONS[k % CONTAMINATIONS.length] ?? 0, k);
    if (replicate === undefined) continue;
    const random = seededRandom(numbers.seed).fork(`${source} ${k}`);
    const forest = await forestScores(replicate.matrix, random.fork('forest'));
    const done = await calibrateAll(replicate, random, { odd: forest, forest }, true);
    for (const each of done) judge(source, 'isolation forest', replicate, each);
    if (k < numbers.ensemble) {
      const odd = await ensembleScores(replicate, k);
      for (const each of await calibrateAll(replicate, random, { odd, forest }, false)) {
        judge(source, 'ensemble', replicate, each);
      }
    }
  }
  console.error(
    `${source}: ${numbers.replicates} replicates in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
};

const ensembleScores = async ({ matrix }: Replicate, seed: number): Promise<Float64Array> => {
  const { rows, columns, names, values } = matrix;
  const table = {
    actors: Array.from({ length: rows }, (_, i) => String(i)),
    events: new Float64Array(rows).fill(1),
    names,
    columns: names.map((_, j) => Float64Array.from({ length: rows }, (_, i) => values[i * columns + j] ?? Number.NaN)),
  };
  return (await detectActors(table, { seed, minEvents: 1, threads: 1 })).score;
};

const readTables = async (folder: string): Promise<Parameters<typeof resampledReplicate>[0][]> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const tables: Parameters<typeof resampledReplicate>[0][] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.parquet')) continue;
    const sql = 'SELECT * FROM read_parquet($1) USING SAMPLE reservoir(20000 ROWS) REPEATABLE (1)';
    const reader = await connection.runAndReadAll(sql, [join(folder, file)]);
    const label = reader.columnNames().indexOf('label');
    const rows = reader.getRows().map((row) => row.map(Number));
    const of = (wanted: number): number[][] =>
      rows.filter((row) => row[label] === wanted).map((row) => row.filter((_, j) => j !== label));
    tables.push({ name: file.replace('.parquet', ''), ordinary: of(0), abuse: of(1) });
  }
  return tables;
};

await study('synthetic', (share, k) =>
  syntheticReplicate(share, seededRandom(numbers.seed).fork(`synthetic data ${k}`)),
);
const folder = join(data, 'adbench');
if (!existsSync(folder))
  console.log('The labelled tables are not here: give their folder by --data DIR. Synthetic replicates only.');
else {
  const tables = await readTables(folder);
  const random = (k: number): ReturnType<typeof seededRandom> => seededRandom(numbers.seed).fork(`resampled data ${k}`);
  await study('resampled', (share, k) => {
    // Each table with each share in turn: k counts shares first.
    const table = tables[Math.floor(k / CONTAMINATIONS.length) % tables.length];
    return table === undefined ? undefined : resampledReplicate(table, share, random(k));
  });
}

const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);

/** Largest error of a mean of n shares whose mean is the target: a share in [0, 1] varies no more than a coin. */
const binomialError = (target: number, n: number): number => Math.sqrt((target * (1 - target)) / n);

const summary = (group: readonly Outcome[]): { readonly figure: Figure; readonly cells: readonly string[] } => {
  const target = group[0]?.target ?? 0;
  const rates = group.map((outcome) => outcome.rate);
  const rate = mean(rates);
  const n = group.length;
  const spread = Math.sqrt(mean(rates.map((r) => (r - rate) ** 2)) / Math.max(1, n - 1));
  const withAbuse = group.filter((outcome) => outcome.contamination > 0);
  const power = withAbuse.length === 0 ? Number.NaN : mean(withAbuse.map((outcome) => outcome.power));
  const judged = group.filter((outcome) => outcome.covered !== undefined);
  const covered = judged.length === 0 ? Number.NaN : mean(judged.map((outcome) => Number(outcome.covered)));
  const keeps = rate <= target + Z * binomialError(target, n);
  const cells = [
    String(n),
    percent(target),
    `${percent(rate)} ± ${percent(spread)}`,
    percent(binomialError(target, n)),
    keeps ? 'yes' : '**no**',
    percent(power),
    percent(mean(group.map((outcome) => Number(outcome.passed > 0)))),
    percent(mean(group.map((outcome) => Number(outcome.identifiable)))),
    percent(covered),
  ];
  const round = (value: number): number => Number(value.toFixed(4));
  const ends = [Math.max(0, rate - Z * spread), rate + Z * spread] as const;
  const spreads = { ours: [round(ends[0]), round(ends[1])] as const };
  const peers = { target, ...(Number.isNaN(power) ? {} : { power: round(power) }) };
  return {
    figure: { what: '', unit: 'share', ours: round(rate), peers, ratio: round(rate / target), n, spread: spreads },
    cells,
  };
};

const figures: Figure[] = [];
const table = (title: string, names: readonly string[], key: (outcome: Outcome) => readonly string[]): void => {
  const rows = [...groupBy(outcomes, (outcome) => [...key(outcome), outcome.target].join(' · '))].map(
    ([name, group]) => {
      const { figure, cells } = summary(group);
      figures.push({ ...figure, what: `realised false-discovery rate · ${title} · ${name}` });
      const [first] = group;
      return [...(first === undefined ? [] : key(first)), ...cells];
    },
  );
  const measures = [
    'n',
    'target',
    'realised',
    'binomial error',
    'kept',
    'power',
    'any pass',
    'identifiable',
    'covered',
  ];
  printTable(title, [...names, ...measures], rows);
};
table('all', ['replicates', 'scores', 'method'], (o) => [o.source, o.scores, o.method]);
table('by contamination', ['replicates', 'scores', 'method', 'abuse'], (o) => [
  o.source,
  o.scores,
  o.method,
  percent(o.contamination),
]);

const settings = [
  ...groupBy(
    outcomes.filter((o) => o.target === 0.1 && o.scores === 'isolation forest' && o.method === 'tail bound'),
    (o) => `${o.source} · ${o.setting}`,
  ),
].map(([name, group]) => [name, ...summary(group).cells]);
printTable(
  'tail bound by setting, target 10 %',
  ['setting', 'n', 'target', 'realised', 'binomial error', 'kept', 'power', 'any pass', 'identifiable', 'covered'],
  settings,
);
writeResult('calibration', { target: 'the promised rate', power: 'share of the abuse that passes' }, figures);
