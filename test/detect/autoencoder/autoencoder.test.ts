import * as tf from '@tensorflow/tfjs-core';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  attributeAutoencoder,
  chooseBackend,
  expectedAutoencoder,
  fitAutoencoder,
  layerSizes,
  loadAutoencoder,
  saveAutoencoder,
  scoreAutoencoder,
} from '../../../core/detect/autoencoder/index.ts';
import type { Progress } from '../../../core/api/progress.ts';
import { initialWeights } from '../../../core/detect/autoencoder/network.ts';
import { trainNetwork } from '../../../core/detect/autoencoder/train.ts';
import { makePace } from '../../../core/detect/pace.ts';
import { spearman } from '../../../core/math/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';
import { matrixOf, normalMatrix, rocAuc } from '../tables.ts';

/** Rows on a plane in 6 dimensions with little noise; the last `odd` of them off that plane. */
const planeMatrix = (rows: number, odd: number, seed: number): Matrix => {
  const random = seededRandom(seed);
  const values = Array.from({ length: rows }, (_, i) => {
    const [a, b] = [random.normal(), random.normal()];
    const point = [a, b, a + b, a - b, 0.5 * a, 0.5 * b].map((x) => x + 0.05 * random.normal());
    return i < rows - odd ? point : point.map(() => random.normal());
  });
  return matrixOf(6, values.flat());
};
const labelOf = (rows: number, odd: number): number[] =>
  Array.from({ length: rows }, (_, i) => (i < rows - odd ? 0 : 1));

const nativeIsThere = (): boolean => {
  try {
    return createRequire(import.meta.url).resolve('@tensorflow/tfjs-node') !== '';
  } catch {
    return false;
  }
};

describe('layerSizes', () => {
  it.each([
    [1, [1, 2, 1, 2, 1]],
    [8, [8, 4, 2, 4, 8]],
    [500, [500, 64, 16, 64, 500]],
  ])('of %d columns are %j', (columns, sizes) => {
    expect(layerSizes(columns)).toEqual(sizes);
  });
});

describe('autoencoder', () => {
  it('finds rows whose features do not go together, though 5 % of the rows are such', async () => {
    const matrix = planeMatrix(600, 30, 1);
    const scores = await scoreAutoencoder(await fitAutoencoder(matrix, seededRandom(1)), matrix);
    expect(rocAuc(scores, labelOf(600, 30))).toBeGreaterThan(0.9);
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const matrix = planeMatrix(300, 10, 2);
    const run = async (seed: number): Promise<number[]> => [
      ...(await scoreAutoencoder(await fitAutoencoder(matrix, seededRandom(seed)), matrix)),
    ];
    const first = await run(5);
    expect(await run(5)).toEqual(first);
    expect(await run(6)).not.toEqual(first);
  });

  it('gives the same bits on every machine', async () => {
    const random = seededRandom(11);
    const values = Float32Array.from({ length: 3600 }, () => 2 * random.float() - 1);
    const { members } = await fitAutoencoder(matrixOf(9, values), seededRandom(11));
    const digest = createHash('sha256');
    for (const { weights } of members) digest.update(new Uint8Array(weights.buffer));
    expect(digest.digest('hex').slice(0, 16)).toBe('504b8aae90807847');
  });

  it.each(['wasm', 'cpu', 'native'] as const)('ranks alike when taught on %s of TensorFlow.js', async (backend) => {
    if (backend === 'native' && !nativeIsThere()) {
      await expect(chooseBackend(backend)).rejects.toMatchObject({ code: 'usage' });
      return;
    }
    const matrix = planeMatrix(300, 10, 3);
    const rows = Uint32Array.from({ length: 300 }, (_, i) => i);
    const taught = async (name: 'simd' | typeof backend): Promise<Float64Array> => {
      const engine = await chooseBackend(name);
      const network = engine.createNetwork(sizes, initialWeights(sizes, seededRandom(3)));
      const weights = await trainNetwork(network, matrix, rows, 400, seededRandom(3), makePace({}), () => undefined);
      network.dispose();
      const members = [{ weights, residualScale: new Float64Array(6).fill(1) }];
      return scoreAutoencoder({ names: matrix.names, sizes, members, backend: engine }, matrix);
    };
    const sizes = layerSizes(6);
    expect(spearman(await taught('simd'), await taught(backend))).toBeGreaterThan(0.98);
  });

  it.each(['wasm', 'cpu'] as const)('scores to 1e-5 the same through %s of TensorFlow.js', async (name) => {
    const matrix = planeMatrix(300, 10, 3);
    const model = await fitAutoencoder(matrix, seededRandom(3));
    const own = await scoreAutoencoder(model, matrix);
    const other = await scoreAutoencoder({ ...model, backend: { ...model.backend, name } }, matrix);
    other.forEach((score, row) => expect(Math.abs(score / (own[row] ?? 0) - 1)).toBeLessThan(1e-5));
  });

  it('works on 50 rows, on one column and on one row', async () => {
    for (const matrix of [normalMatrix(50, 5, 4), normalMatrix(50, 1, 4, 1, 30)]) {
      const scores = await scoreAutoencoder(await fitAutoencoder(matrix, seededRandom(4)), matrix);
      expect(scores.every((score) => Number.isFinite(score) && score >= 0)).toBe(true);
    }
    const one = await fitAutoencoder(normalMatrix(1, 3, 5), seededRandom(5));
    expect(await scoreAutoencoder(one, normalMatrix(1, 3, 5))).toHaveLength(1);
  });

  it('leaves missing cells out of the score and out of the learning', async () => {
    const matrix = planeMatrix(400, 20, 6);
    for (let row = 0; row < 380; row += 3) matrix.values[row * 6 + (row % 6)] = Number.NaN;
    matrix.values.fill(Number.NaN, 0, 6);
    const model = await fitAutoencoder(matrix, seededRandom(6));
    const scores = await scoreAutoencoder(model, matrix);
    const cells = await attributeAutoencoder(model, matrix);
    matrix.values.forEach((value, at) => {
      if (Number.isNaN(value)) expect(cells[at]).toBe(0);
    });
    expect(scores[0]).toBe(0);
    expect(rocAuc(scores, labelOf(400, 20))).toBeGreaterThan(0.9);
  });

  it('attributes cells that add up to the score, most to the cell that is off', async () => {
    const matrix = planeMatrix(400, 0, 7);
    matrix.values[6 * 9 + 2] = -6;
    const model = await fitAutoencoder(matrix, seededRandom(7));
    const scores = await scoreAutoencoder(model, matrix);
    const cells = await attributeAutoencoder(model, matrix);
    scores.forEach((score, row) => {
      const own = cells.subarray(row * 6, row * 6 + 6);
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(score, 9);
    });
    const own = [...cells.subarray(54, 60)];
    expect(own.indexOf(Math.max(...own))).toBe(2);
  });

  it('scores to the same bits when loaded', async () => {
    const matrix = planeMatrix(200, 5, 8);
    const model = await fitAutoencoder(matrix, seededRandom(8));
    const again = loadAutoencoder(saveAutoencoder(model));
    const scores = await scoreAutoencoder(again, matrix);
    expect([...scores]).toEqual([...(await scoreAutoencoder(model, matrix))]);
    expect(again.backend).toEqual(model.backend);
  });

  it('says what it expects of a cell given the rest', async () => {
    const matrix = planeMatrix(400, 0, 12);
    const model = await fitAutoencoder(matrix, seededRandom(12));
    const before = await expectedAutoencoder(model, matrix);
    const off = { ...matrix, values: matrix.values.slice() };
    off.values[6 * 9 + 2] = (off.values[6 * 9 + 2] ?? 0) + 5;
    const after = await expectedAutoencoder(model, off);
    expect(after).toHaveLength(2400);
    expect([...after.subarray(0, 54)]).toEqual([...before.subarray(0, 54)]);
    const own = (expected: Float64Array, from: Float32Array): number => Math.abs((expected[56] ?? 0) - (from[56] ?? 0));
    expect(own(before, matrix.values)).toBeLessThan(0.5);
    expect(own(after, off.values)).toBeGreaterThan(2);
  });

  it('reports steps, never more than there are, and says no more once cancelled', async () => {
    const matrix = normalMatrix(5000, 60, 13);
    const stop = new AbortController();
    const reports: Progress[] = [];
    const onProgress = (progress: Progress): void => {
      reports.push(progress);
      if (reports.length === 20) stop.abort();
    };
    const fitting = fitAutoencoder(matrix, seededRandom(13), { signal: stop.signal, onProgress });
    await expect(fitting).rejects.toMatchObject({ code: 'cancelled' });
    expect(reports.length).toBeLessThan(24); // looked at every 20 ms: a few short epochs later at most
    reports.forEach(({ done, total = 0 }, k) => {
      expect(done).toBeGreaterThan(reports[k - 1]?.done ?? 0);
      expect(done).toBeLessThanOrEqual(total);
    });
  });

  it('leaves no tensor behind, not even when cancelled', async () => {
    const matrix = planeMatrix(300, 5, 9);
    await chooseBackend('wasm');
    const before = tf.memory().numTensors;
    await scoreAutoencoder(await fitAutoencoder(planeMatrix(40, 5, 9), seededRandom(9), { backend: 'wasm' }), matrix);
    expect(tf.memory().numTensors).toBe(before);

    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const fitting = fitAutoencoder(planeMatrix(4000, 5, 9), seededRandom(9), {
      signal: stop.signal,
      onProgress,
      backend: 'wasm',
    });
    await expect(fitting).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses an empty table and one of another width', async () => {
    await expect(fitAutoencoder(matrixOf(2, []), seededRandom(1))).rejects.toMatchObject({
      code: 'input',
    });
    const model = await fitAutoencoder(normalMatrix(30, 2, 1), seededRandom(1));
    await expect(scoreAutoencoder(model, normalMatrix(3, 3, 1))).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
