/**
 * Deletion test of the reasons: how far the queue's score of the top actors falls when the first k of their reasons are
 * taken away, for our order, TreeSHAP's (of our forest, and of the shap package on scikit-learn's) and a random one; and
 * what an explanation costs. Taken away is: made typical (the peers' median), made missing, or given the values of
 * ordinary actors that are alike in the rest; our reasons are chosen by the first only.
 * `--events` measures the cost on generated logs of so many events, down to a hundredth and up to as many; 0: not at all.
 * `npx tsx test/bench/explain.ts [--data DIR] [--top N] [--rows N] [--seed N] [--events N]`
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { applyScaler, detectActors, fitScaler, type Detection } from '../../core/detect/index.ts';
import { fitForest } from '../../core/detect/isolation-forest/index.ts';
import { treeShap } from '../../core/detect/isolation-forest/tree-shap.ts';
import { accountFor, contributions, explainInFull, nearestOrdinary, peersOf } from '../../core/explain/index.ts';
import type { RescoreRows } from '../../core/explain/index.ts';
import { quantile } from '../../core/math/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { FeatureTable } from '../../core/table/index.ts';
import { benchOptions, hasData } from './harness/options.ts';
import { ensurePython, PYTHON_PEERS, runPython } from './harness/python.ts';
import { readTable } from './explain/read-table.ts';
import { figureOf, printFigures, printTable, writeResult, type Figure } from './harness/result.ts';
import { generateLog } from './harness/sample-log.ts';
import { runChild } from './harness/run.ts';
import { mean } from './harness/statistics.ts';
import { writeColumns } from './harness/table-file.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const { data, numbers } = benchOptions({ top: 20, rows: 5000, seed: 1, events: 1_000_000 });
const MOST = 10;
const RANDOM_ORDERS = 5;
const NEIGHBOURS = 5;
const TIMED_ACTORS = 200;
/** Each of the timed actors is explained so often: the slowest hundredth of 200 explanations would be two. */
const TIMED_ROUNDS = 5;

type Orders = readonly (readonly number[])[];
/** Per way of taking away the mean fall, as a share of the score, after 1, 2, …, 10 features. */
type Curves = Readonly<Record<string, readonly number[]>>;
const TIMED = z.object({
  actors: z.number(),
  features: z.number(),
  explained: z.number(),
  detectors: z.array(z.string()),
  each: z.array(z.number()),
  processor: z.array(z.number()),
  togetherMs: z.number(),
});
const PEER = z.object({
  orders: z.array(z.array(z.number())),
  msPerRow: z.number(),
  ours: z.array(z.number()),
  theirs: z.array(z.number()),
});

const valuesOf = (table: FeatureTable, features: readonly string[], row: number): Float64Array =>
  Float64Array.from(features, (name) => table.columns[table.names.indexOf(name)]?.[row] ?? Number.NaN);

/** The features of each row from most to least credit. */
const ordersOf = (credit: Float64Array, width: number): Orders =>
  Array.from({ length: credit.length / width }, (_, k) => {
    const own = credit.subarray(k * width, (k + 1) * width);
    return [...own.keys()].sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b).slice(0, MOST);
  });

/** Ordinary actors alike in the rest: the nearest of each of five parts of the peers. */
const ordinaryNeighbours = (table: FeatureTable, detection: Detection, row: number): Float64Array[] =>
  Array.from({ length: NEIGHBOURS }, (_, part) => {
    const evidence = detection.evidence.map((each, i) => (i % NEIGHBOURS === part ? each : 'insufficient'));
    const nearest = nearestOrdinary({ ...detection, evidence }, table, row);
    return nearest === undefined ? [] : [valuesOf(table, detection.features, nearest)];
  }).flat();

const deletionCurve = async (
  rows: readonly Float64Array[],
  orders: Orders,
  instead: (k: number) => readonly Float64Array[],
  rescore: RescoreRows,
): Promise<readonly number[]> => {
  const before = await rescore(rows);
  const changed: Float64Array[] = [];
  const of: { readonly k: number; readonly step: number; readonly weight: number }[] = [];
  rows.forEach((row, k) => {
    const others = instead(k);
    for (const other of others) {
      const copy = row.slice();
      for (let step = 0; step < MOST; step++) {
        const j = orders[k]?.[step];
        if (j !== undefined) copy[j] = other[j] ?? Number.NaN;
        changed.push(copy.slice());
        of.push({ k, step, weight: 1 / others.length / rows.length });
      }
    }
  });
  const curve = Array.from({ length: MOST }, () => 0);
  (await rescore(changed)).forEach((score, i) => {
    const { k, step, weight } = of[i] ?? { k: 0, step: 0, weight: 0 };
    const height = before[k] ?? 0;
    curve[step] = (curve[step] ?? 0) + (height > 0 ? (weight * (height - score)) / height : 0);
  });
  return curve;
};

type Measured = {
  readonly curves: Readonly<Record<string, Curves>>;
  readonly own: z.infer<typeof PEER> | undefined;
  readonly changes: { readonly found: number; readonly features: number };
};

const measure = async (table: FeatureTable, python: boolean, detectors?: readonly string[]): Promise<Measured> => {
  const chosen = detectors === undefined ? {} : { detectors };
  const detection = await detectActors(table, { seed: numbers.seed, minEvents: 1, ...chosen });
  const { features, rescore } = detection;
  const width = features.length;
  // Actors found for being alike are explained by their group, not by deletion.
  const isOdd = (row: number): boolean => (detection.odd[row] ?? 0) >= (detection.alike?.[row] ?? 0);
  const top = detection.order.filter(isOdd).slice(0, numbers.top);
  const rows = top.map((row) => valuesOf(table, features, row));
  const peers = peersOf(table, detection.evidence);
  const typical = Float64Array.from(features, (feature) => peers.column(feature).median);
  const neighbours = top.map((row) => ordinaryNeighbours(table, detection, row));
  const { matrix } = applyScaler(fitScaler(table, 'linear'), table);
  // The very forest of the detection.
  const forest = await fitForest(matrix, seededRandom(numbers.seed).fork('isolationForest'));
  const topMatrix = applyScaler(fitScaler(table, 'linear'), table, top).matrix;

  const ours = ordersOf((await accountFor(table, detection, peers, top)).shares, width);
  const peer = python ? await askPython(table, features, top, ours) : undefined;
  const random = seededRandom(numbers.seed).fork('orders');
  const shuffled = (): Orders =>
    ordersOf(
      Float64Array.from({ length: top.length * width }, () => random.float()),
      width,
    );
  const orders: Readonly<Record<string, readonly Orders[]>> = {
    ours: [ours],
    'TreeSHAP, our forest': [ordersOf(await treeShap(forest, topMatrix), width)],
    ...(peer === undefined ? {} : { 'shap, scikit-learn': [peer.orders] }),
    'path attribution': [ordersOf(await contributions(detection, top), width)],
    random: Array.from({ length: RANDOM_ORDERS }, shuffled),
  };
  const instead: Readonly<Record<string, (k: number) => readonly Float64Array[]>> = {
    typical: () => [typical],
    missing: () => [new Float64Array(width).fill(Number.NaN)],
    'ordinary neighbours': (k) => neighbours[k] ?? [],
  };
  const curves: Record<string, Curves> = {};
  for (const [way, values] of Object.entries(instead)) {
    const each: Record<string, readonly number[]> = {};
    for (const [name, several] of Object.entries(orders)) {
      const all: (readonly number[])[] = [];
      for (const one of several) all.push(await deletionCurve(rows, one, values, rescore));
      each[name] = Array.from({ length: MOST }, (_, step) => mean(all.map((curve) => curve[step] ?? 0)));
    }
    curves[way] = each;
  }
  const told = await explainInFull(table, detection, [], { rows: top, peers });
  const found = told.flatMap(({ smallestChange }) => smallestChange ?? []);
  const touched = found.length === 0 ? Number.NaN : mean(found.map(({ changes }) => changes.length));
  return { curves, own: peer, changes: { found: found.length / top.length, features: touched } };
};

/** What shap says of scikit-learn's forest; undefined where the package is not installed. */
const askPython = async (
  table: FeatureTable,
  features: readonly string[],
  top: readonly number[],
  ours: Orders,
): Promise<z.infer<typeof PEER> | undefined> => {
  const columns = features.map((name) => table.columns[table.names.indexOf(name)] ?? new Float64Array(0));
  return inTemporaryFolder(async (folder) => {
    const [values, input] = [join(folder, 'values.f64'), join(folder, 'input.json')];
    writeColumns(values, columns);
    writeFileSync(
      input,
      JSON.stringify({ values, rows: table.actors.length, top, ours, most: MOST, seed: numbers.seed }),
    );
    const answer = PEER.nullable().parse(await runPython('explain', { input }));
    return answer ?? undefined;
  });
};

/** Milliseconds per actor, each by itself and all together, by the compiled engine in a process of its own. */
const timing = async (of: Readonly<Record<string, string | number>>): Promise<Figure[]> => {
  const { seed } = numbers;
  const timed = TIMED.parse(await runChild('explanations', { seed, actors: TIMED_ACTORS, rounds: TIMED_ROUNDS, of }));
  const size = `${timed.actors} × ${timed.features}, ${timed.detectors.join(' + ')}`;
  return [
    figureOf(`one actor by itself, median (${size})`, 'ms', [quantile(timed.each, 0.5)]),
    figureOf(`one actor by itself, 99th percentile (${size})`, 'ms', [quantile(timed.each, 0.99)]),
    figureOf(`the same, processor time, median (${size})`, 'ms', [quantile(timed.processor, 0.5)]),
    figureOf(`the same, processor time, 99th percentile (${size})`, 'ms', [quantile(timed.processor, 0.99)]),
    figureOf(`per actor, ${timed.explained} together (${size})`, 'ms', [timed.togetherMs]),
  ];
};

/** The cost on a log of our generator. */
const timingOfLog = (events: number): Promise<Figure[]> =>
  inTemporaryFolder(async (folder) => timing({ log: (await generateLog(folder, events, numbers.seed)).log }));

const figuresOf = (measured: readonly Measured[], title: string): Figure[] => {
  const ways = Object.keys(measured[0]?.curves ?? {});
  return ways.flatMap((way) =>
    Array.from({ length: MOST }, (_, step) => {
      const of = (name: string): number[] => measured.map(({ curves }) => curves[way]?.[name]?.[step] ?? Number.NaN);
      const names = Object.keys(measured[0]?.curves[way] ?? {}).filter((name) => name !== 'ours');
      const peers = Object.fromEntries(names.map((name) => [name, of(name)]));
      return figureOf(`${title}: score lost, first ${step + 1} ${way}`, 'share', of('ours'), peers, mean);
    }),
  );
};

const onLogs: Figure[] = [];
if (numbers.events > 0) {
  onLogs.push(...(await timingOfLog(Math.round(numbers.events / 100))), ...(await timingOfLog(numbers.events)));
  printFigures('The cost of an explanation, generated logs', onLogs);
}

const folder = existsSync(join(data, 'adbench')) ? join(data, 'adbench') : data;
if (hasData(folder)) {
  const python = await ensurePython();
  const files = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
  const measured: Measured[] = [];
  const alone: Measured[] = [];
  const rows: string[][] = [];
  let widest = { path: '', features: 0 };
  for (const file of files.toSorted()) {
    const path = join(folder, file);
    const table = await readTable(path, numbers.rows, numbers.seed);
    const features = table.names.length;
    if (features > widest.features && features <= 64) widest = { path, features };
    const one = await measure(table, python);
    measured.push(one);
    alone.push(await measure(table, python, ['isolationForest']));
    const third = Object.values(one.curves).flatMap((curves) =>
      ['ours', 'TreeSHAP, our forest', 'random'].map((name) => (curves[name]?.[2] ?? 0).toFixed(3)),
    );
    console.error(`${file} measured`);
    rows.push([file, ...third, one.changes.found.toFixed(2), one.changes.features.toFixed(1)]);
  }
  const ways = Object.keys(measured[0]?.curves ?? {}).flatMap((way) => [`${way}: ours`, 'TreeSHAP', 'random']);
  printTable('Score lost with the first 3 reasons', ['set', ...ways, 'change found', 'features changed'], rows);
  const own = alone.flatMap((one) => one.own ?? []);
  const timed = widest.path === '' ? [] : await timing({ table: widest.path, rows: numbers.rows });
  const figures = [
    ...figuresOf(measured, 'queue'),
    ...figuresOf(alone, 'isolation forest alone'),
    ...[1, 3, 5].flatMap((k) => {
      const at = (name: 'ours' | 'theirs'): number[] => own.map((one) => one[name][k - 1] ?? Number.NaN);
      const what = `isolation forest alone, judged by scikit-learn's: score above its mean lost, first ${k} typical`;
      return own.length === 0
        ? []
        : [figureOf(what, 'share', at('ours'), { 'shap, scikit-learn': at('theirs') }, mean)];
    }),
    figureOf(
      'a small change found',
      'share of actors',
      measured.map(({ changes }) => changes.found),
      {},
      mean,
    ),
    figureOf(
      'features it touches',
      'features',
      measured.map(({ changes }) => changes.features).filter(Number.isFinite),
      {},
      mean,
    ),
    ...timed,
    ...onLogs,
    ...(own.length === 0
      ? []
      : [
          figureOf(
            'shap per actor',
            'ms',
            own.map(({ msPerRow }) => msPerRow),
          ),
        ]),
  ];
  printFigures(
    `Explanations: ${files.length} tables, ${numbers.top} top actors each, mean (range over tables)`,
    figures,
  );
  if (python && own.length === 0) console.log('The Python package shap is not installed and is left out.');
  writeResult('explain', own.length > 0 ? { ...PYTHON_PEERS, shap: '0.51.0' } : {}, figures, { ...numbers });
}
