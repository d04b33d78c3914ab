import { describe, expect, it } from 'vitest';
import { fitForest, loadForest, saveForest, scoreForest } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

// 30,000 rows × 703 trees: enough walks for workers to be used.
const big = normalMatrix(30_000, 4, 1);
const fitBig = (): ReturnType<typeof fitForest> => fitForest(big, seededRandom(1), {}, { trees: 703, sampleSize: 16 });

describe('scoreForest', () => {
  it.each([false, true])('has the same bits for 0 to 3 workers (missing: %s)', async (missing) => {
    const values = Float32Array.from(big.values);
    if (missing) for (let at = 0; at < values.length; at += 7) values[at] = Number.NaN;
    const matrix = matrixOf(4, values);
    const forest = await fitBig();
    const alone = await scoreForest(forest, matrix, { threads: 1 });
    for (const threads of [0, 2, 3]) {
      const scores = await scoreForest(forest, matrix, { threads });
      expect(Buffer.from(scores.buffer).equals(Buffer.from(alone.buffer))).toBe(true);
    }
  });

  it('scores a part of the rows as it scores all', async () => {
    const forest = await fitForest(big, seededRandom(2));
    const all = await scoreForest(forest, big, { threads: 1 });
    const part = matrixOf(4, big.values.slice(4000, 8000));
    expect([...(await scoreForest(forest, part))]).toEqual([...all.subarray(1000, 2000)]);
  });

  it.each([1, 2])('stops when cancelled, on %d threads', async (threads) => {
    const stop = new AbortController();
    const forest = await fitBig();
    const scoring = scoreForest(forest, big, { threads, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(scoring).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('reports progress up to the last row', async () => {
    const seen: number[] = [];
    const forest = await fitBig();
    for (const threads of [1, 2]) {
      await scoreForest(forest, big, { threads, onProgress: ({ done }) => seen.push(done) });
      expect(seen.at(-1)).toBe(30_000);
    }
    expect(seen.length).toBeGreaterThan(8);
  });

  it('refuses a table of another width', async () => {
    const forest = await fitForest(big, seededRandom(3), {}, { trees: 4 });
    await expect(scoreForest(forest, normalMatrix(5, 3, 1))).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

describe('a saved forest', () => {
  it('scores to the same bits when loaded', async () => {
    const forest = await fitForest(big, seededRandom(4));
    const again = loadForest(saveForest(forest));
    expect([...(await scoreForest(again, big))]).toEqual([...(await scoreForest(forest, big))]);
    expect(again.names).toEqual(big.names);
  });

  it('is refused when a split names a feature it lacks', async () => {
    const forest = await fitForest(big, seededRandom(5), {}, { trees: 4 });
    forest.feature[9] = 4;
    expect(() => loadForest(saveForest(forest))).toThrow('splits on a feature it lacks');
  });
});
