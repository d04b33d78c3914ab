import { createNoiseSource, type NoiseSource } from '../../../core/random/noise-source.ts';
import { systemRandom } from '../../../core/random/index.ts';
import { parseForest, type ForestRows } from '../../../core/release/private-forest/index.ts';
import type { Matrix } from '../../../core/table/index.ts';

export const FEATURES = [
  { name: 'events', bounds: [0, 10, 1000] },
  { name: 'share', bounds: [0, 1] },
];
export const SMALL = parseForest({ forest: { features: FEATURES, trees: 6, depth: 3, seed: 5 } });

export const fresh = (): NoiseSource => createNoiseSource(systemRandom);
export const paid = (): Promise<void> => Promise.resolve();

/** One row per entry: actor, then a value per feature. */
export const rowsOf = (rows: readonly (readonly [actor: number, ...values: number[]])[]): ForestRows => ({
  actor: Uint32Array.from(rows, ([actor]) => actor),
  actors: rows.reduce((most, [actor]) => Math.max(most, actor + 1), 0),
  columns: FEATURES.map((_, j) => Float64Array.from(rows, (row) => row[j + 1] ?? Number.NaN)),
});

export const matrixOf = (names: readonly string[], rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: names.length,
  names,
  values: Float32Array.from(rows.flat()),
});
