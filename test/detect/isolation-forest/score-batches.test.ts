import { describe, expect, it } from 'vitest';
import { fitForest, scoreBatches, scoreForest, scoreRow } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import type { ColumnBatch } from '../../../core/table/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

const whole = normalMatrix(10_000, 3, 1);
whole.values[7] = Number.NaN;

/** Some of its rows, with room for more. */
const partOf = (from: number, to: number): ColumnBatch => {
  const rows = to - from;
  const capacity = rows + 5;
  const values = new Float32Array(3 * capacity).fill(1e9);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < 3; j++) values[j * capacity + i] = whole.values[(from + i) * 3 + j] ?? 0;
  }
  return { rows, columns: 3, capacity, values };
};

/** Batches of 3,000 rows; notes what was read and whether reading was ended. */
const readInBatches = () => {
  const seen = { read: 0, closed: false };
  async function* read(): AsyncGenerator<ColumnBatch> {
    try {
      for (let from = 0; from < whole.rows; from += 3000) {
        seen.read++;
        yield partOf(from, Math.min(whole.rows, from + 3000));
      }
    } finally {
      seen.closed = true;
    }
  }
  return { seen, batches: read() };
};

describe('scoreBatches', () => {
  it('gives the scores of the whole table, batch by batch, reading one ahead', async () => {
    const forest = await fitForest(whole, seededRandom(1), {}, { trees: 30 });
    const { seen, batches } = readInBatches();
    const progress: number[] = [];
    const scores: number[] = [];
    let taken = 0;
    for await (const part of scoreBatches(forest, batches, { onProgress: ({ done }) => progress.push(done) })) {
      scores.push(...part);
      expect(seen.read).toBe(Math.min(4, ++taken + 1));
    }
    expect(scores).toEqual([...(await scoreForest(forest, whole))]);
    expect(progress).toEqual([3000, 6000, 9000, 10_000]);
    expect(seen.closed).toBe(true);
  });

  it.each([1, 2])('gives the same bits from %d other threads', async (threads) => {
    const forest = await fitForest(whole, seededRandom(1), {}, { trees: 2100, sampleSize: 8 });
    async function* twice(): AsyncGenerator<ColumnBatch> {
      yield partOf(0, whole.rows);
      yield partOf(0, whole.rows);
    }
    const expected = await scoreForest(forest, whole, { threads: 1 });
    let batches = 0;
    for await (const scores of scoreBatches(forest, twice(), { threads })) {
      expect([...scores]).toEqual([...expected]);
      batches++;
    }
    expect(batches).toBe(2);
  });

  it('stops in the middle of a batch that other threads score', async () => {
    const forest = await fitForest(whole, seededRandom(1), {}, { trees: 2100, sampleSize: 8 });
    const stop = new AbortController();
    async function* aborted(): AsyncGenerator<ColumnBatch> {
      yield partOf(0, whole.rows);
      stop.abort();
      yield partOf(0, whole.rows);
    }
    const scoring = scoreBatches(forest, aborted(), { signal: stop.signal });
    await expect(scoring.next()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('stops reading when its reader stops, and when cancelled', async () => {
    const forest = await fitForest(whole, seededRandom(1), {}, { trees: 5 });
    const first = readInBatches();
    for await (const part of scoreBatches(forest, first.batches)) {
      expect(part.length).toBe(3000);
      break;
    }
    expect(first.seen).toEqual({ read: 2, closed: true });

    const stop = new AbortController();
    const second = readInBatches();
    const scoring = scoreBatches(forest, second.batches, { signal: stop.signal, onProgress: () => stop.abort() });
    await scoring.next();
    await expect(scoring.next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(second.seen.closed).toBe(true);
  });

  it('refuses a batch of another width', async () => {
    const forest = await fitForest(whole, seededRandom(1), {}, { trees: 5 });
    async function* narrow(): AsyncGenerator<ColumnBatch> {
      yield { rows: 1, columns: 2, capacity: 1, values: Float32Array.of(0, 0) };
    }
    await expect(scoreBatches(forest, narrow()).next()).rejects.toMatchObject({ code: 'usage' });
  });

  it('passes on what goes wrong in reading', async () => {
    const forest = await fitForest(whole, seededRandom(1), {}, { trees: 5 });
    async function* broken(): AsyncGenerator<ColumnBatch> {
      yield partOf(0, 10);
      throw new RangeError('unreadable');
    }
    await expect(scoreBatches(forest, broken()).next()).rejects.toThrow('unreadable');
  });
});

describe('scoreRow', () => {
  it('gives the score that the row has in its table', async () => {
    const forest = await fitForest(whole, seededRandom(2), {}, { trees: 33 });
    const scores = await scoreForest(forest, whole);
    for (let row = 0; row < 200; row++) {
      expect(scoreRow(forest, whole.values.slice(row * 3, row * 3 + 3))).toBe(scores[row]);
    }
  });

  it('says 0.5 where every tree saw one row, and refuses a row of another width', async () => {
    const forest = await fitForest(matrixOf(2, [1, 2]), seededRandom(3));
    expect(scoreRow(forest, Float32Array.of(9, 9))).toBe(0.5);
    expect(() => scoreRow(forest, Float32Array.of(1))).toThrow('does not have the features');
  });
});
