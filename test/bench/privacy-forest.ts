/**
 * What a private forest loses, a part of `npm run bench:privacy`: ROC AUC and average precision at ε = 0.5, 1, 2, 4 beside
 * the ordinary isolation forest and the queue's ensemble, labels unseen.
 *
 * Tables: the rows of each are halved by the hash of their number. One half is ours: forests and ensemble are made of it. The
 * other is a partner's: it is scored. Bounds are the 1 % and 99 % quantiles of the partner's half, which shares no actor
 * with ours: to our actors they are public. What the partner says of its own rows by sending them is not accounted for.
 * The sample log: made and scored on the same actors, as the queue is. Bounds follow from a feature's unit alone
 * (`BOUNDS_OF_UNIT`), through request, approval and ledger. Features that depend on other actors may not be in a private
 * forest; the ordinary forest is shown without them, and, as the queue has it, with them.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { detectFiles } from '../../core/api/detect.ts';
import { evaluateCase } from '../../core/api/evaluate.ts';
import { approveForest, askForest, parseForestFile, scorePrivateForest } from '../../core/api/private-forest.ts';
import { makeKeyFile, openKeyFile, setLimit } from '../../core/api/release/index.ts';
import { applyScaler, detectActors, fitScaler } from '../../core/detect/index.ts';
import { listed } from '../../core/detect/detector.ts';
import { isolationForest } from '../../core/detect/isolation-forest/index.ts';
import { averagePrecision } from '../../core/evaluate/average-precision.ts';
import { readLabels } from '../../core/evaluate/index.ts';
import { rocAuc } from '../../core/evaluate/roc-auc.ts';
import { tieGroups } from '../../core/evaluate/tie-groups.ts';
import { pseudonymOf, readTable } from '../../core/ingest/index.ts';
import { quantileOfSorted } from '../../core/math/quantile.ts';
import { createNoiseSource } from '../../core/random/noise-source.ts';
import { seededRandom, systemRandom } from '../../core/random/index.ts';
import { lossOfBudget } from '../../core/release/release-file/index.ts';
import { countLeaves } from '../../core/release/private-forest/count-leaves.ts';
import { growSplits } from '../../core/release/private-forest/grow.ts';
import { parseForest, runPrivateForest, scoreForest } from '../../core/release/private-forest/index.ts';
import type { ForestRows } from '../../core/release/private-forest/index.ts';
import { createCase, loadLatestRun, readReleaseColumns } from '../../core/store/index.ts';
import { numberColumn, readColumns, textColumn } from '../../core/store/read-columns.ts';
import { takeRows, type FeatureTable, type Matrix } from '../../core/table/index.ts';
import { figureOf, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

export type ForestBench = {
  /** Folder of labelled parquet tables. */
  readonly tables: string;
  /** Rows of a table that are used, half of them ours. */
  readonly maxRows: number;
  /** Seeds of splits, each with noise of its own. */
  readonly repeats: number;
  /** The queue's ensemble takes its time. */
  readonly withEnsemble: boolean;
  /** The log and its labels. */
  readonly sample: { readonly log: string; readonly labels: string };
};

const EPSILONS = ['0.5', '1', '2', '4'] as const;
const DELTA = '0.000001';
const LEAST_POSITIVES = 3;
const FOREST = 'isolation forest';
const ENSEMBLE = 'ensemble';
/** Undone by no noise at all: what the splits cost by themselves. */
const NO_NOISE = 'private forest without noise';

type Score = { readonly rocAuc: number; readonly averagePrecision: number };
/** One table's outcome: rows of ours, and per method a score per repeat. */
export type ForestOutcome = {
  readonly name: string;
  readonly ours: number;
  readonly partner: number;
  readonly columns: number;
  readonly positives: number;
  readonly scores: Readonly<Record<string, readonly Score[]>>;
};

/** Means over the tables, and the sample log, as figures; and every table by itself. */
export const measurePrivateForest = async (
  bench: ForestBench,
): Promise<{ readonly figures: readonly Figure[]; readonly tables: readonly ForestOutcome[] }> => {
  const tables: ForestOutcome[] = [];
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const name of existsSync(bench.tables) ? readdirSync(bench.tables) : []) {
    if (!name.endsWith('.parquet')) continue;
    const read = await readColumns(
      connection,
      `SELECT * EXCLUDE (file_row_number) FROM read_parquet($1, file_row_number = true)
       ORDER BY md5(file_row_number::VARCHAR) LIMIT ${bench.maxRows}`,
      [join(bench.tables, name)],
    );
    const label = Uint8Array.from(numberColumn(read, 'label'));
    const names = read.names.filter((each) => each !== 'label');
    const table: FeatureTable = {
      actors: Array.from(label, (_, i) => String(i)),
      events: new Float64Array(label.length).fill(1),
      names,
      columns: names.map((each) => numberColumn(read, each)),
    };
    const outcome = await onHalves(basename(name, '.parquet'), table, label, bench);
    if (outcome !== undefined) tables.push(outcome);
    console.error(name);
  }
  connection.closeSync();
  const sample = await onSample(bench);
  const figures = [...figuresOf(`${tables.length} tables`, tables), ...figuresOf('sample log', [sample])];
  return { figures, tables: [...tables, sample] };
};

const onHalves = async (
  name: string,
  table: FeatureTable,
  label: Uint8Array,
  { repeats, withEnsemble }: ForestBench,
): Promise<ForestOutcome | undefined> => {
  const half = Math.floor(label.length / 2);
  const all = Array.from(label.keys());
  const partnerLabel = label.slice(half);
  const positives = partnerLabel.reduce((sum, each) => sum + each, 0);
  if (positives < LEAST_POSITIVES) return undefined;
  const [ours, partner] = [takeRows(table, all.slice(0, half)), takeRows(table, all.slice(half))];
  const features = partner.names.flatMap((each, j) => {
    const sorted = (partner.columns[j] ?? new Float64Array(0)).filter((x) => !Number.isNaN(x)).sort();
    const bounds = [quantileOfSorted(sorted, 0.01), quantileOfSorted(sorted, 0.99)] as const;
    return bounds[0] < bounds[1] ? [{ name: each, bounds }] : [];
  });
  const rows: ForestRows = {
    actor: Uint32Array.from(ours.actors.keys()),
    actors: half,
    columns: features.map((feature) => columnOf(ours, feature.name)),
  };
  const scores: Record<string, Score[]> = {};
  const note = (method: string, given: Float64Array): void =>
    void (scores[method] ??= []).push(scoreOf(given, partnerLabel));
  for (let seed = 1; seed <= repeats; seed++) {
    const settings = parseForest({ forest: { features, seed } });
    const splits = growSplits(settings);
    const matrix = matrixOf(partner);
    note(NO_NOISE, scoreForest({ plan: { settings }, splits, counts: countLeaves(settings, splits, rows) }, matrix));
    for (const delta of [DELTA, '0']) {
      for (const epsilon of EPSILONS) {
        const cost = lossOfBudget(epsilon, delta);
        const source = createNoiseSource(systemRandom);
        const forest = await runPrivateForest({ settings, cost }, rows, source, () => Promise.resolve());
        source.close();
        note(methodOf(epsilon, delta), scoreForest(forest, matrix));
      }
    }
    const scaler = fitScaler(ours, 'linear');
    const fitted = await listed(isolationForest).fit(applyScaler(scaler, ours).matrix, seededRandom(seed), {});
    note(FOREST, await fitted.score(applyScaler(scaler, partner).matrix, {}));
    if (!withEnsemble || seed > 1) continue;
    const detection = await detectActors(ours, { seed, minEvents: 1, threads: 1 });
    const places = detection.features.map((each) => partner.names.indexOf(each));
    const asked = partner.actors.map((_, i) => Float64Array.from(places, (j) => partner.columns[j]?.[i] ?? Number.NaN));
    note(ENSEMBLE, await detection.rescore(asked, {}));
  }
  return { name, ours: half, partner: partnerLabel.length, columns: features.length, positives, scores };
};

/** Marks by a feature's unit, written down before any log was looked at; amounts have no public range and are left out. */
const COUNTS = [0, 1, 10, 100, 1000, 10_000];
const BOUNDS_OF_UNIT: Readonly<Record<string, readonly number[]>> = {
  share: [0, 1],
  bits: [0, 8],
  index: [-1, 1],
  seconds: [0, 1, 60, 3600, 86_400, 604_800],
  minutes: [0, 1, 10, 60, 600],
  'clock hours': [0, 24],
  events: COUNTS,
  days: [0, 1, 7, 30, 365],
  objects: COUNTS,
  sessions: COUNTS,
  actions: [0, 1, 2, 5, 10, 20],
};

const onSample = ({ sample, repeats }: ForestBench): Promise<ForestOutcome> =>
  inTemporaryFolder(async (folder) => {
    const keyringPath = join(folder, 'keyring');
    const into = await createCase(join(folder, 'case'), { keyringPath, threads: 1 });
    const keyPath = join(folder, 'reviewer.key');
    await makeKeyFile(keyPath, 'Benchmark');
    const key = await openKeyFile(keyPath);
    const { run } = await detectFiles(into, { inputs: [sample.log], threads: 1, explained: 0 });
    const evaluated = await evaluateCase(into, sample.labels);
    setLimit(into, { epsilon: '1000', delta: '0.01' }, key);
    const stored = await loadLatestRun(into.connection, 'detect');
    const { dictionary } = MANIFEST.parse(stored?.manifest);
    const open = await readReleaseColumns(into.connection, 'actors');
    const features = dictionary.flatMap(({ name, unit }) => {
      const bounds = open.some((each) => each.name === name && each.use === 'open') ? BOUNDS_OF_UNIT[unit] : undefined;
      return bounds === undefined ? [] : [{ name, bounds }];
    });
    const ranked = new Set(stored?.queue.actors.filter((_, i) => stored.queue.evidence[i] === 'ok'));
    const labels = readLabels(await readTable(sample.labels, 'labels'), {});
    const pseudonym = pseudonymOf(into.vault.pseudonymKey());
    const labelOf = new Map([...labels.byActor].map(([actor, each]) => [pseudonym(actor), each.label]));
    const columns = features.map(({ name }) => `"${name}"::DOUBLE AS "${name}"`).join(', ');
    const read = await readColumns(into.connection, `SELECT actor_id, ${columns} FROM run_features ORDER BY position`);
    const actors = textColumn(read, 'actor_id').map((actor) => actor ?? '');
    const kept = actors.flatMap((actor, i) => (labelOf.has(actor) && ranked.has(actor) ? [i] : []));
    const label = Uint8Array.from(kept, (i) => labelOf.get(actors[i] ?? '') ?? 0);
    const columnsKept = {
      names: features.map(({ name }) => name),
      columns: features.map(({ name }) => Float64Array.from(kept, (i) => numberColumn(read, name)[i] ?? Number.NaN)),
    };
    const matrix = matrixOf(columnsKept);
    const scores: Record<string, Score[]> = {
      [`${FOREST}, all features`]: [evaluated.detectors['isolationForest'] ?? NONE],
      [ENSEMBLE]: [evaluated.detectors['ensemble'] ?? NONE],
    };
    const table: FeatureTable = {
      actors: kept.map(String),
      events: new Float64Array(kept.length).fill(1),
      ...columnsKept,
    };
    const { matrix: scaled } = applyScaler(fitScaler(table, 'linear'), table);
    for (let seed = 1; seed <= repeats; seed++) {
      const fitted = await listed(isolationForest).fit(scaled, seededRandom(seed), {});
      (scores[FOREST] ??= []).push(scoreOf(await fitted.score(scaled, {}), label));
      for (const epsilon of EPSILONS) {
        const asked = await askForest(into, { forest: { forest: { features, seed } }, epsilon, delta: DELTA });
        if (asked.kind !== 'pending') throw new Error('A forest was answered before it was asked.');
        const { file } = await approveForest(into, asked.request, key);
        const given = scorePrivateForest(parseForestFile(file.toString('utf8')), matrix);
        (scores[methodOf(epsilon, DELTA)] ??= []).push(scoreOf(given, label));
      }
    }
    await into.close();
    const positives = label.reduce((sum, each) => sum + each, 0);
    console.error(`sample log: ${run.inputs[0]?.stored ?? 0} events, ${features.length} features`);
    return {
      name: 'sample log',
      ours: actors.length,
      partner: label.length,
      columns: features.length,
      positives,
      scores,
    };
  });

const MANIFEST = z.object({ dictionary: z.array(z.object({ name: z.string(), unit: z.string() })) });
const NONE: Score = { rocAuc: Number.NaN, averagePrecision: Number.NaN };

const methodOf = (epsilon: string, delta: string): string =>
  `private forest, ε ${epsilon}${delta === '0' ? ', δ 0' : ''}`;

const scoreOf = (scores: Float64Array, label: Uint8Array): Score => {
  const groups = tieGroups(scores, label);
  return { rocAuc: rocAuc(groups), averagePrecision: averagePrecision(groups) };
};

const columnOf = (table: Pick<FeatureTable, 'names' | 'columns'>, name: string): Float64Array =>
  table.columns[table.names.indexOf(name)] ?? new Float64Array(0);

const matrixOf = ({ names, columns }: Pick<FeatureTable, 'names' | 'columns'>): Matrix => {
  const rows = columns[0]?.length ?? 0;
  const values = new Float32Array(rows * columns.length);
  columns.forEach((column, j) => column.forEach((value, i) => (values[i * columns.length + j] = value)));
  return { rows, columns: columns.length, names, values };
};

/** Per method and metric: ours is the private forest, its peers the ordinary forest and the ensemble. */
const figuresOf = (where: string, outcomes: readonly ForestOutcome[]): readonly Figure[] => {
  const methods = Object.keys(outcomes[0]?.scores ?? {}).filter((each) => each.startsWith('private'));
  const means = (method: string, metric: keyof Score): number[] => {
    const repeats = Math.min(...outcomes.map(({ scores }) => scores[method]?.length ?? 0));
    return Array.from({ length: repeats }, (_, r) =>
      mean(outcomes.map(({ scores }) => scores[method]?.[r]?.[metric] ?? Number.NaN)),
    );
  };
  return methods.flatMap((method) =>
    (['rocAuc', 'averagePrecision'] as const).map((metric) => {
      const peers = [FOREST, `${FOREST}, all features`, ENSEMBLE].flatMap((peer) => {
        const values = means(peer, metric);
        return values.length === 0 ? [] : [[peer, values] as const];
      });
      return figureOf(`${method}, ${where}`, metric, means(method, metric), Object.fromEntries(peers), mean);
    }),
  );
};
