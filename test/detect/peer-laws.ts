import { expect, it } from 'vitest';
import type { Detector } from '../../core/detect/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { Matrix } from '../../core/table/index.ts';
import { worstDifference } from './peer-golden.ts';
import { matrixOf, normalMatrix, rocAuc } from './tables.ts';

/** What a law needs to know beside the detector. */
export type About = {
  /** How a row's attributed parts add up: to the score, or to at most the score. */
  readonly sum: 'score' | 'at most score';
};

/** The tests every cheap detector has to pass. */
export const itKeepsTheLaws = <Model>(detector: Detector<Model>, { sum }: About): void => {
  const fit = (matrix: Matrix, seed = 1): Promise<Model> => detector.fit(matrix, seededRandom(seed), {});

  it('puts rows that lie apart before all others', async () => {
    // Each odd row lies elsewhere: alike ones would be neighbours of each other.
    const matrix = normalMatrix(400, 4, 1);
    for (let k = 0; k < 6; k++) {
      for (let j = 0; j < 4; j++) matrix.values[k * 4 + j] = (((k >> (j % 3)) & 1) === 0 ? 9 : -9) + k;
    }
    const scores = await detector.score(await fit(matrix), matrix, {});
    expect(
      rocAuc(
        scores,
        Uint8Array.from(scores, (_, i) => (i < 6 ? 1 : 0)),
      ),
    ).toBe(1);
  });

  it('depends on the seed alone: the same bits again, and for 1 to 3 threads', async () => {
    const matrix = normalMatrix(9000, 40, 2, 20);
    const alone = await detector.score(await fit(matrix), matrix, { threads: 1 });
    for (const threads of [2, 3]) {
      const again = await detector.score(await fit(matrix), matrix, { threads });
      expect(Buffer.from(again.buffer).equals(Buffer.from(alone.buffer))).toBe(true);
    }
  });

  it('scores a row by itself as among the others', async () => {
    const matrix = normalMatrix(300, 3, 3);
    const model = await fit(matrix);
    const all = await detector.score(model, matrix, {});
    for (const row of [0, 1, 5, 299]) {
      const one = await detector.score(model, matrixOf(3, matrix.values.slice(row * 3, row * 3 + 3)), {});
      expect(one[0]).toBe(all[row]);
    }
  });

  it('lets columns that do not vary, or repeat another, break nothing, nor missing and huge values', async () => {
    const random = seededRandom(4);
    const rows = Array.from({ length: 120 }, (_, i) => {
      const value = random.normal();
      const rare = i % 40 === 0 ? 7 : 0;
      return [value, 3, value, rare, i % 7 === 0 ? Number.NaN : random.normal(), Number.NaN, i === 11 ? 1e30 : value];
    });
    const matrix = matrixOf(7, rows.flat());
    const model = await fit(matrix);
    const scores = await detector.score(model, matrix, {});
    const parts = await detector.attribute(model, matrix, {});
    expect([...scores].every(Number.isFinite)).toBe(true);
    expect([...parts].every(Number.isFinite)).toBe(true);
    for (let row = 0; row < 120; row++) expect(parts[row * 7 + 6]).toBeLessThanOrEqual(parts[11 * 7 + 6] ?? 0);
    expect([...scores].every((score) => score >= 0)).toBe(true);
    for (let row = 0; row < 120; row++) expect(parts[row * 7 + 5]).toBe(0);
  });

  it('takes rows that are all alike, and few of them', async () => {
    for (const rows of [1, 2, 20]) {
      const matrix = matrixOf(2, new Float32Array(2 * rows).fill(4));
      const scores = await detector.score(await fit(matrix), matrix, {});
      expect(new Set(scores).size).toBe(1);
      expect(Number.isFinite(scores[0])).toBe(true);
    }
  });

  it('does not count a missing value as odd', async () => {
    const matrix = normalMatrix(500, 3, 5);
    matrix.values[30] = 8;
    const model = await fit(matrix);
    const gap = matrixOf(3, matrix.values.slice(30, 33));
    const before = await detector.score(model, gap, {});
    gap.values[0] = Number.NaN;
    const after = await detector.score(model, gap, {});
    expect(after[0]).toBeLessThan(before[0] ?? 0);
    expect(Math.abs((await detector.attribute(model, gap, {}))[0] ?? 1)).toBe(0);
  });

  it('credits the column in which a row is odd, and its parts add up', async () => {
    const matrix = normalMatrix(600, 5, 6);
    for (let k = 0; k < 10; k++) matrix.values[k * 5 + (k % 5)] = 9;
    const model = await fit(matrix);
    const scores = await detector.score(model, matrix, {});
    const parts = await detector.attribute(model, matrix, {});
    const totals = Float64Array.from(scores, (_, row) =>
      parts.subarray(row * 5, row * 5 + 5).reduce((total, part) => total + part, 0),
    );
    if (sum === 'score') expect(worstDifference(totals, scores)).toBeLessThan(1e-6);
    else expect([...totals].every((total, row) => total > 0 && total <= (scores[row] ?? 0) * (1 + 1e-6))).toBe(true);
    for (let k = 0; k < 10; k++) {
      const own = parts.subarray(k * 5, k * 5 + 5);
      expect(own.indexOf(Math.max(...own))).toBe(k % 5);
    }
  });

  it('scores to the same bits when saved and loaded', async () => {
    const matrix = normalMatrix(700, 4, 7, 5);
    const model = await fit(matrix);
    const again = detector.load(detector.save(model));
    expect([...(await detector.score(again, matrix, {}))]).toEqual([...(await detector.score(model, matrix, {}))]);
    expect([...(await detector.attribute(again, matrix, {}))]).toEqual([
      ...(await detector.attribute(model, matrix, {})),
    ]);
    expect(() => detector.load(detector.save(model).subarray(0, 40))).toThrow('cannot be read');
  });

  it('saves no training row', async () => {
    // Values with many digits: two of a row side by side in the file, as float32 or float64, would be the row.
    const matrix = normalMatrix(500, 3, 8);
    const bytes = Buffer.from(detector.save(await fit(matrix)));
    for (let row = 0; row < 500; row++) {
      const pair = matrix.values.slice(row * 3, row * 3 + 2);
      expect(bytes.includes(Buffer.from(pair.buffer))).toBe(false);
      expect(bytes.includes(Buffer.from(Float64Array.from(pair).buffer))).toBe(false);
    }
  });

  it('refuses a table of another width, and stops when cancelled', async () => {
    const matrix = normalMatrix(50, 3, 9);
    const model = await fit(matrix);
    const other = normalMatrix(50, 2, 9);
    await expect(detector.score(model, other, {})).rejects.toMatchObject({ code: 'usage' });
    await expect(detector.attribute(model, other, {})).rejects.toMatchObject({ code: 'usage' });
    const stop = new AbortController();
    stop.abort();
    await expect(detector.score(model, matrix, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
};
