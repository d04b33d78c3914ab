/**
 * Training of one autoencoder network (32-16-8-16-32, tanh, Adam, batches of 256) on 20,000 rows: time to the same held-out
 * loss for our kernel, TensorFlow.js on each backend that loads, and scikit-learn's MLPRegressor with one thread and with
 * all: `npx tsx test/bench/autoencoder.ts [--rounds N --epochs N]`. The data is made here; none is needed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NightjarError } from '../../core/api/errors.ts';
import { chooseBackend } from '../../core/detect/autoencoder/index.ts';
import { initialWeights } from '../../core/detect/autoencoder/network.ts';
import type { BackendName } from '../../core/detect/schema.ts';
import { drawInOrder, seededRandom } from '../../core/random/index.ts';
import { benchOptions } from './harness/options.ts';
import { ensurePython, PYTHON_PEERS, runPython } from './harness/python.ts';
import { figureOf, printFigures, printTable, writeResult } from './harness/result.ts';
import { median } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const ROWS = 20_000;
const HELD_ROWS = 5000;
const COLUMNS = 32;
const FACTORS = 6;
const HIDDEN = [16, 8, 16];
const BATCH = 256;
const RATE = 0.005;

const { numbers } = benchOptions({ rounds: 3, epochs: 30 });

/** Milliseconds of training, of processor time in it, and held-out mean squared error per cell, epoch by epoch. */
type Curve = { readonly ms: readonly number[]; readonly cpuMs: readonly number[]; readonly losses: readonly number[] };
type Engine = { readonly name: string; readonly version: string; run(round: number): Promise<Curve> };

/** Rows of few factors, bent and mixed, with noise. */
const makeRows = (rows: number, seed: number): Float32Array => {
  const mixing = seededRandom(1);
  const mix = Array.from({ length: COLUMNS }, () => Array.from({ length: FACTORS }, () => mixing.normal()));
  const random = seededRandom(seed);
  const x = new Float32Array(rows * COLUMNS);
  for (let i = 0; i < rows; i++) {
    const factors = Array.from({ length: FACTORS }, () => random.normal());
    mix.forEach((weights, j) => {
      const mixed = weights.reduce((total, weight, k) => total + weight * (factors[k] ?? 0), 0);
      x[i * COLUMNS + j] = (j % 2 === 0 ? mixed : 2 * Math.sin(mixed)) / Math.sqrt(FACTORS) + 0.2 * random.normal();
    });
  }
  return x;
};

const train = makeRows(ROWS, 2);
const held = makeRows(HELD_ROWS, 3);

/** One of the engines a run of the product can use; undefined, and a line saying why, where it does not load. */
const ownEngine = async (backend: BackendName): Promise<Engine | undefined> => {
  const loaded = await chooseBackend(backend).catch((error: unknown) => {
    if (!(error instanceof NightjarError)) throw error;
    console.log(`TensorFlow.js ${error.where} and is left out.`);
    return undefined;
  });
  if (loaded === undefined) return undefined;
  const run = async (round: number): Promise<Curve> => {
    const { createNetwork } = await chooseBackend(backend);
    const sizes = [COLUMNS, ...HIDDEN, COLUMNS];
    const random = seededRandom(round);
    const network = createNetwork(sizes, initialWeights(sizes, random.fork('weights')));
    const mask = new Float32Array(BATCH * COLUMNS).fill(1);
    const ms: number[] = [];
    const cpuMs: number[] = [];
    const losses: number[] = [];
    for (let epoch = 0; epoch < numbers.epochs; epoch++) {
      const startedAt = performance.now();
      const usedBefore = process.cpuUsage();
      const order = drawInOrder(ROWS, random);
      for (let from = 0; from < ROWS; from += BATCH) {
        const rows = Math.min(BATCH, ROWS - from);
        const x = new Float32Array(rows * COLUMNS);
        for (let k = 0; k < rows; k++) {
          const at = (order[from + k] ?? 0) * COLUMNS;
          x.set(train.subarray(at, at + COLUMNS), k * COLUMNS);
        }
        network.step(x, mask.subarray(0, x.length), rows, RATE);
      }
      ms.push(performance.now() - startedAt);
      const used = process.cpuUsage(usedBefore);
      cpuMs.push((used.user + used.system) / 1000);
      const made = network.reconstruct(held);
      losses.push(made.reduce((total, value, i) => total + (value - (held[i] ?? 0)) ** 2, 0) / held.length);
    }
    network.dispose();
    return { ms, cpuMs, losses };
  };
  const name = backend === 'simd' ? 'nightjar' : `TensorFlow.js ${backend}`;
  return { name, version: loaded.version, run };
};

const CURVE = z.object({ ms: z.array(z.number()), cpuMs: z.array(z.number()), losses: z.array(z.number()) });

const scikitLearn = (folder: string, threads: number | null): Engine => ({
  name: `scikit-learn MLPRegressor, ${threads === null ? 'all threads' : '1 thread'}`,
  version: PYTHON_PEERS['scikit-learn'] ?? '',
  run: async () =>
    CURVE.parse(
      await runPython('autoencoder', {
        train: join(folder, 'train.f32'),
        held: join(folder, 'held.f32'),
        columns: COLUMNS,
        hidden: HIDDEN,
        batch: BATCH,
        rate: RATE,
        epochs: numbers.epochs,
        threads,
      }),
    ),
});

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Epochs until the held-out loss is first as low. */
const epochsTo = (loss: number, { losses }: Curve): number => losses.findIndex((each) => each <= loss) + 1;

await inTemporaryFolder(async (folder) => {
  writeFileSync(join(folder, 'train.f32'), new Uint8Array(train.buffer));
  writeFileSync(join(folder, 'held.f32'), new Uint8Array(held.buffer));
  const python = await ensurePython();
  const own = await Promise.all((['simd', 'native', 'wasm', 'cpu'] as const).map(ownEngine));
  const [ours, ...others] = own.filter((engine) => engine !== undefined);
  if (ours === undefined) throw new Error('Our own kernel does not load.');
  const peers = [...(python ? [scikitLearn(folder, 1), scikitLearn(folder, null)] : []), ...others];
  const engines = [ours, ...peers];

  const curves = new Map<string, Curve[]>(engines.map(({ name }) => [name, []]));
  for (let round = 1; round <= numbers.rounds; round++) {
    for (const engine of engines) curves.get(engine.name)?.push(await engine.run(round));
  }
  // What the engine that converges worst reaches: all reach it.
  const target = Math.max(...[...curves.values()].flat().map(({ losses }) => Math.min(...losses)));
  const reached = target.toPrecision(4);
  const all = (measure: (curve: Curve) => number, name: string): number[] => (curves.get(name) ?? []).map(measure);
  const figure = (what: string, measure: (curve: Curve) => number): ReturnType<typeof figureOf> =>
    figureOf(
      what,
      'ms',
      all(measure, ours.name),
      Object.fromEntries(peers.map(({ name }) => [name, all(measure, name)])),
    );
  const figures = [
    figure(`time to held-out loss ${reached}`, (curve) => sum(curve.ms.slice(0, epochsTo(target, curve)))),
    figure(`processor time to held-out loss ${reached}`, (curve) => sum(curve.cpuMs.slice(0, epochsTo(target, curve)))),
    figure('time per epoch', ({ ms }) => median(ms)),
    figure('processor time per epoch', ({ cpuMs }) => median(cpuMs)),
  ];
  printFigures('Autoencoder training, 20,000 × 32, 32-16-8-16-32, Adam, batches of 256', figures);

  const epochs = [1, 2, 5, 10, 20, 30, 50, 100].filter((epoch) => epoch <= numbers.epochs);
  const rows = engines.map(({ name }) => {
    const first = curves.get(name)?.[0];
    const cells = epochs.map((epoch) => {
      const spent = sum(first?.ms.slice(0, epoch) ?? []);
      return `${first?.losses[epoch - 1]?.toFixed(4) ?? ''} (${spent.toFixed(0)} ms)`;
    });
    return [name, ...cells];
  });
  printTable('Held-out loss after an epoch (training time so far), first round', ['', ...epochs.map(String)], rows);
  const versions = Object.fromEntries(peers.map(({ name, version }) => [name, version]));
  writeResult('autoencoder', versions, figures, { curves: Object.fromEntries(curves) });
});
